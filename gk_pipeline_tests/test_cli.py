"""The command line, as a person who types it meets it."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from snapshot import SNAPSHOT
from ways import QINGXI, RAW, REPOSITORY, YUNLING, Answer, gk

WRONG = ("\t31\t4\t", "\t13\t4\t")
COMMANDS = ("extract", "check", "explain", "run", "pages", "diff", "dictionary")


@pytest.fixture
def wrong(tmp_path) -> Path:
    """Our report with two digits exchanged."""
    path = tmp_path / "draft.txt"
    path.write_text(YUNLING.read_text(encoding="utf-8").replace(*WRONG), encoding="utf-8")
    return path


def in_a_process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from gk_pipeline.cli import main; main()", *map(str, arguments)]
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, encoding="utf-8", timeout=60)


# gk check


def test_check_speaks_chinese_unless_told_otherwise(wrong):
    assert "勾稽关系不成立，请核对后再发布" in gk("check", wrong).out
    assert "Broken laws of the form: 2." in gk("check", wrong, "--lang", "en").out


def test_check_shows_both_sides_of_a_broken_law_and_fails(wrong):
    answer = gk("check", wrong)
    assert answer.exit_code == 1
    assert "20 ≠ 38" in answer.out
    assert "16 ≠ 34" in answer.out


def test_check_names_the_row_the_cells_and_the_line(wrong):
    [row] = [line for line in gk("check", wrong).out.splitlines() if " 13 " in line and " 31 " in line]
    line = (
        YUNLING.read_text(encoding="utf-8")
        .splitlines()
        .index("一、本年新收政府信息公开申请数量\t31\t4\t0\t0\t2\t1\t38")
        + 1
    )
    assert f"第{line}行" in row


def test_check_of_a_sound_draft_succeeds():
    answer = gk("check", YUNLING, QINGXI)
    assert answer.exit_code == 0
    assert answer.out.count("没有发现问题") == 2
    assert answer.err == ""


def test_a_draft_with_blanks_that_are_forced_succeeds():
    assert gk("check", RAW / "2023" / "shuyang_ndrc.html").exit_code == 0


def test_a_warning_is_shown_and_does_not_fail(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(YUNLING.read_text(encoding="utf-8").replace("\t5\t2\t17\n", "\t5\t2\t1\n"), encoding="utf-8")
    answer = gk("check", path)
    assert answer.exit_code == 0
    assert "3 < 5" in answer.out
    assert "没有必须改正的错误" in answer.out


def test_one_bad_draft_does_not_keep_the_others_from_being_checked(tmp_path):
    (tmp_path / "empty.txt").touch()
    answer = gk("check", tmp_path / "nowhere.txt", tmp_path / "empty.txt", YUNLING)
    assert answer.exit_code == 1
    assert f"{tmp_path}/nowhere.txt does not exist." in answer.err
    assert "文件是空的" in answer.out
    assert "没有发现问题" in answer.out


def test_a_folder_without_drafts_is_no_success(tmp_path):
    answer = gk("check", tmp_path)
    assert answer.exit_code == 1
    assert "is a folder without files to read" in answer.err


# Folders


@pytest.fixture
def folder(tmp_path) -> Path:
    """A sound report among files of programs, one of them with the bytes of the report."""
    shutil.copy(YUNLING, tmp_path / "sound.txt")
    shutil.copy(YUNLING, tmp_path / "another.bak")
    for name in ("Thumbs.db", "truth.jsonl"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", ["extract", "check"])
def test_files_of_programs_in_a_folder_are_told_in_one_line_and_do_not_fail(folder, command):
    answer = gk(command, folder)
    assert answer.exit_code == 0
    [told] = [line for line in answer.err.splitlines() if "Skipped" in line]
    assert "Skipped 3 files" in told
    assert "Thumbs.db, another.bak, truth.jsonl" in told
    assert "truth" not in answer.out


def test_a_file_of_a_program_given_by_name_is_read_like_any_other(folder):
    answer = gk("extract", folder, folder / "truth.jsonl")
    assert answer.exit_code == 1
    assert [Path(one["path"]).name for one in answer.objects if one["error"]] == ["truth.jsonl"]
    assert "Skipped 2 files" in answer.err


def test_a_folder_of_nothing_else_is_no_success(folder):
    (folder / "sound.txt").unlink()
    answer = gk("check", folder)
    assert answer.exit_code == 1
    assert "is a folder without files to read" in answer.err


# gk explain


def test_explain_shows_the_line_and_the_equations():
    out = gk("explain", YUNLING, "received.total").out
    assert "38 件  已核实" in out
    assert "一、本年新收政府信息公开申请数量 │ 31 │ 4 │ 0 │ 0 │ 2 │ 1 │ 38" in out
    assert "31 + 4 + 0 + 0 + 2 + 1 = 38" in out
    assert "38 + 4 = 40 + 2" in out


def test_explain_takes_the_full_name_of_a_cell_too():
    full = gk("explain", YUNLING, "applications.received.total")
    assert full == gk("explain", YUNLING, "received.total")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("received.natural_persn", "Near it: received.natural_person, "),
        ("application.received.total", "Near it: applications.received.total, "),
        ("received.everything", "\napplications\n    item: received 本年新收政府信息公开申请数量"),
        ("received.everything", "\nreview_litigation\n    item: administrative_review 行政复议"),
        ("fees.total", "\n    item: fees 行政事业性收费\n    measure: amount 本年收费金额\n"),
    ],
)
def test_explain_of_a_cell_that_does_not_exist_names_the_nearest_and_those_there_are(asked, near):
    answer = gk("explain", YUNLING, asked)
    assert (answer.exit_code, answer.out) == (1, "")
    assert answer.err.startswith(
        f"{YUNLING}: no cell '{asked}'. Cells are named table.item.measure, or item.measure.\n"
    )
    assert near in answer.err
    assert answer.err.endswith("What each means: `gk dictionary`.\n")


@pytest.mark.parametrize(
    "name", ["予以公开.自然人", "applications.予以公开.自然人", "granted.自然人", "予以公开.natural_person"]
)
def test_explain_takes_the_labels_of_the_form_beside_codes(name):
    assert gk("explain", YUNLING, name) == gk("explain", YUNLING, "granted.natural_person")


def test_explain_of_a_label_that_several_cells_have_lists_them_with_their_codes():
    answer = gk("explain", YUNLING, "予以公开")
    assert (answer.exit_code, answer.out) == (1, "")
    assert "'予以公开' names 7 cells. Give one of them:" in answer.err
    assert "\n    applications.granted.natural_person " in answer.err
    assert "  予以公开 自然人\n" in answer.err


def test_explain_of_an_archive_asks_for_the_file_in_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(YUNLING, "report.txt")
    answer = gk("explain", tmp_path / "a.zip", "granted.natural_person")
    assert (answer.exit_code, answer.out) == (1, "")
    assert answer.err == f"{tmp_path}/a.zip is an archive. Name the file in it: {tmp_path}/a.zip/report.txt.\n"
    assert gk("explain", tmp_path / "a.zip" / "report.txt", "granted.natural_person").exit_code == 0


def test_extract_writes_nothing_on_standard_error_where_nobody_looks():
    assert gk("extract", YUNLING).err == ""
    assert in_a_process("extract", YUNLING).stderr == ""


def test_explain_of_a_file_or_id_that_is_not_there_says_what_to_give(monkeypatch, tmp_path):
    monkeypatch.setenv("GK_DATA", str(tmp_path))
    for name, told in {"nowhere.txt": "Check the path", "12345": "Run `gk run` first, or give a file"}.items():
        answer = gk("explain", name, "received.total")
        assert (answer.exit_code, answer.out) == (1, "")
        assert answer.err.startswith(f"{name}: ")
        assert told in answer.err


def test_explain_of_a_page_that_is_no_report_says_so(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text("关于植树活动的通知\n一、总体情况\n三月十二日植树。\n", encoding="utf-8")
    answer = gk("explain", path, "received.total")
    assert answer.exit_code == 1
    assert "this is no report" in answer.err


# Bad arguments


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["extract"], "Missing argument"),
        (["extract", "--workers", "0", "x"], "greater than or equal to 1"),
        (["extract", "--workers", "many", "x"], "--workers"),
        (["check", "--lang", "fr", "x"], "'zh', 'en'"),
        (["explain", "x"], "Missing argument"),
        (["unknown"], "unknown"),
        (["extract", "--unknown", "x"], "--unknown"),
    ],
)
def test_a_wrong_argument_is_named_without_a_traceback(arguments, told):
    answer: Answer = gk(*arguments)
    assert answer.exit_code == 2
    assert told in answer.err
    assert "Traceback" not in answer.err


def test_a_year_that_is_none_is_told(monkeypatch, tmp_path):
    (tmp_path / "raw" / "2020").mkdir(parents=True)
    monkeypatch.setenv("GK_DATA", str(tmp_path))
    answer = gk("run", "--years", "last")
    assert answer.exit_code == 1
    assert "Write 2020, 2019-2024 or 2020,2023" in " ".join(answer.err.split())


def test_a_run_that_no_history_keeps_says_so(monkeypatch, tmp_path):
    (tmp_path / "raw" / "2020").mkdir(parents=True)
    monkeypatch.setenv("GK_DATA", str(tmp_path))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    answer = gk("run")
    assert answer.exit_code == 0
    assert "DAGSTER_HOME is not set, so the UI's history does not know of this run; `make run` sets it." in answer.err


def test_an_address_that_is_none_is_told_before_anything_is_read(monkeypatch, tmp_path):
    (tmp_path / "raw" / "2020").mkdir(parents=True)
    monkeypatch.setenv("GK_DATA", str(tmp_path))
    monkeypatch.setenv("GK_POSTGRES", "no address with a secret")
    answer = gk("run")
    assert answer.exit_code == 1
    assert "GK_POSTGRES is no address of a Postgres server" in answer.err
    assert "secret" not in answer.err
    assert not (tmp_path / "lake").exists()


def test_the_help_of_workers_says_how_many_files_keep_one_busy():
    assert "batches of 200" in " ".join(gk("extract", "--help").out.replace("│", "").split())
    assert "batches of 2,000" in " ".join(gk("run", "--help").out.replace("│", "").split())


def test_help_names_every_command_and_what_it_does():
    out = gk("--help").out
    assert all(command in out for command in COMMANDS)
    for command in COMMANDS:
        answer = gk(command, "--help")
        assert answer.exit_code == 0
        assert "Usage" in answer.out


def test_a_real_process_prints_objects_on_stdout_and_nothing_else_there(tmp_path):
    (tmp_path / "empty.txt").touch()
    run = in_a_process("extract", YUNLING, tmp_path)
    assert run.returncode == 1
    assert [line[0] + line[-1] for line in run.stdout.splitlines()] == ["{}", "{}"]
    assert "Traceback" not in run.stderr


def test_a_reader_that_has_seen_enough_gets_no_traceback():
    command = f"{sys.executable} -c 'from gk_pipeline.cli import main; main()' extract {RAW} | head -c 10"
    run = subprocess.run(
        command, shell=True, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, timeout=60
    )
    assert run.stdout == b'{"path": "'
    assert b"Traceback" not in run.stderr


# gk diff


def test_diff_of_a_snapshot_with_itself_is_nothing():
    answer = gk("diff", SNAPSHOT, SNAPSHOT)
    assert (answer.exit_code, answer.out.splitlines()[0]) == (0, "The facts are the same.")


def test_diff_says_that_a_snapshot_does_not_tell_what_counts():
    told = gk("diff", SNAPSHOT, SNAPSHOT).out.splitlines()[1:]
    assert (
        told == [f"{SNAPSHOT}: without a panel. Which reports count, and what neighbours settle, was not compared."] * 2
    )


def test_diff_shows_the_changed_cell_with_both_values_and_why(tmp_path):
    changed = tmp_path / "changed.csv"
    line = "applications,received,total,2019,件,number,12.000000,12.000000,verified"
    snapshot = SNAPSHOT.read_text(encoding="utf-8")
    assert snapshot.count(line) == 1
    changed.write_text(snapshot.replace(line, line.replace("12.000000,verified", "14.000000,corrected")), "utf-8")
    answer = gk("diff", SNAPSHOT, changed)
    assert answer.exit_code == 1
    assert "2020/xiayi.txt: reconciliation" in answer.out
    assert "applications.received.total  12 verified  →  14 corrected (printed 12)" in answer.out


def test_diff_says_what_it_cannot_compare(tmp_path):
    answer = gk("diff", SNAPSHOT, tmp_path / "nothing")
    assert answer.exit_code == 2
    assert "nothing holds no facts. Give the lake of a `gk run`, such as data/lake" in answer.err

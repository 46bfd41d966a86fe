"""Bad input: each kind gives a message that names the file and says what to do, and nothing else is lost.

Every kind goes both ways: through `gk extract` and through the stages over a year's folder, beside a sound report.
"""

import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import polars as pl
import pytest
from ways import QINGXI, RAW, YUNLING, Cell, blank_form, facts_of, found, gk, path_of_report, samples, through_stages

from gk_pipeline import guarded
from gk_pipeline.documents.read import MAX_BYTES
from gk_pipeline.documents.stage import fingerprint, form_labels, read_batch, year_sources
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judged_reports
from gk_pipeline.schemas.catalog import Batch, check_batch
from gk_pipeline.schemas.exact import MICRO

TEXT = YUNLING.read_text(encoding="utf-8")
PAGE = QINGXI.read_text(encoding="utf-8")


def hundred_megabytes(path: Path) -> None:
    path.touch()
    os.truncate(path, 100_000_000)


@dataclass(frozen=True)
class Bad:
    """A file that gives no report: how to make it, and the kind of the finding that says so."""

    name: str
    make: Callable[[Path], object]
    code: str


def writing(content: str | bytes) -> Callable[[Path], object]:
    raw = content.encode() if isinstance(content, str) else content
    return lambda path: path.write_bytes(raw)


REFUSED = [
    Bad("empty.txt", Path.touch, "empty"),
    Bad("blanks.html", writing(" \r\n\t\r\n"), "empty"),
    Bad("junk.txt", writing(random.Random(1).randbytes(5000)), "not_text"),
    Bad("junk.html", writing(random.Random(2).randbytes(5000)), "not_text"),
    Bad("zeros.txt", writing(bytes(5000)), "empty"),
    Bad("picture.txt", writing(b"\x89PNG\r\n\x1a\n" + bytes(100)), "damaged_picture"),
    Bad("script.html", writing("<html><body><script>show()</script></body></html>"), "no_text"),
    Bad("huge.txt", hundred_megabytes, "too_large"),
    Bad("pipe.txt", os.mkfifo, "not_a_file"),
    Bad("gone.txt", lambda path: path.symlink_to("nowhere"), "vanished"),
]
"""Files that cannot be read."""

NO_FACTS = [
    Bad(
        "notice.html",
        writing("<html><body><p>关于植树活动的通知</p><p>三月十二日植树。</p></body></html>"),
        "no_report",
    ),
    Bad("notice.txt", writing("关于植树活动的通知\n三月十二日植树。\n"), "no_report"),
    Bad("prose.txt", writing("云岭县2012年政府信息公开年度报告\n全年收到申请3件，都已答复。\n"), "no_report"),
    Bad(
        "headings.txt",
        writing("一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"),
        "no_report",
    ),
    Bad("half_year.txt", writing(TEXT.replace("2022年政府", "2022年上半年政府", 1)), "not_an_annual_report"),
    Bad(
        "asked_for.txt",
        writing(f"关于做好{TEXT[6:]}".replace("报告\n", "报告编制工作的通知\n", 1)),
        "not_an_annual_report",
    ),
    Bad("blank_form.txt", writing(blank_form(TEXT)), "blank_form"),
    Bad("rowspan.html", writing("<table><tr><td rowspan=1000000000>总计</td><td>1</td></tr></table>"), "no_report"),
    Bad("deep.html", writing("<div>" * 10_000 + "总计" + "</div>" * 10_000), "no_report"),
    Bad("deep_tables.html", writing("<table><tr><td>" * 10_000 + "总计"), "no_report"),
]
"""Files that can be read and are no report with figures."""

NO_REPORTS = [*REFUSED, *NO_FACTS]


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "raw" / "2022"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def sound() -> list[dict]:
    return gk("extract", YUNLING).objects[0]["facts"]


def assert_sound_report_stands(tables: Batch, name: str, n_facts: int = 200) -> None:
    [report] = [key for key, path in path_of_report(tables).items() if path == name]
    facts = tables["facts.facts"].filter(pl.col("report_id") == report)
    assert facts.height == n_facts
    assert set(facts["status"]) == {"verified", "unverified"}


@pytest.mark.parametrize("bad", NO_REPORTS, ids=[bad.name for bad in NO_REPORTS])
def test_extract_names_the_file_says_what_to_do_and_goes_on(folder, sound, bad):
    path = folder / bad.name
    bad.make(path)
    answer = gk("extract", path, YUNLING)
    assert answer.exit_code == 1
    refused, read = answer.objects
    [told] = [finding for finding in refused["findings"] if finding["severity"] == "error"]
    assert told["code"] == bad.code
    assert refused["error"].startswith(f"{path}: ")
    assert refused["error"].endswith(told["advice"])
    assert len(told["advice"]) > 10
    assert refused["facts"] == refused["laws"] == []
    assert read["facts"] == sound


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_check_says_it_of_every_such_file(folder, lang):
    for bad in NO_REPORTS:
        bad.make(folder / bad.name)
    answer = gk("check", folder, "--lang", lang)
    assert answer.exit_code == 1
    assert answer.out.count("✗") == len(NO_REPORTS)
    unfolded = "".join(answer.out.split())
    assert all(bad.name in unfolded for bad in NO_REPORTS)


def test_the_stages_keep_a_row_and_a_finding_for_every_such_file_and_lose_nothing(folder):
    for bad in NO_REPORTS:
        bad.make(folder / bad.name)
    shutil.copy(YUNLING, folder / "sound.txt")
    tables = through_stages(folder, 2022)
    files = {row["path"]: row for row in tables["documents.files"].to_dicts()}
    assert set(files) == {f"2022/{bad.name}" for bad in NO_REPORTS} | {"2022/sound.txt"}
    for bad in REFUSED:
        row = files[f"2022/{bad.name}"]
        assert row["read_status"] == "refused"
        [told] = [one for one in found(tables, bad.code) if one["path"] == row["path"]]
        assert row["error"] == f"{told['message']} {told['advice']}"
    for bad in NO_FACTS:
        assert files[f"2022/{bad.name}"]["read_status"] == "read"
        [told] = [one for one in found(tables, bad.code) if one["path"] == f"2022/{bad.name}"]
        assert told["severity"] == "error"
        assert told["advice"]
    assert tables["facts.facts"]["report_id"].n_unique() == 1
    assert_sound_report_stands(tables, "2022/sound.txt")
    [card] = tables["quality.scorecard"].to_dicts()
    assert (card["n_files"], card["n_refused"], card["n_perfect"]) == (len(NO_REPORTS) + 1, len(REFUSED), 1)


def test_the_limit_of_a_file_is_known_before_it_is_read(folder):
    just_too_large = folder / "large.txt"
    just_too_large.touch()
    os.truncate(just_too_large, MAX_BYTES + 1)
    [told] = gk("extract", just_too_large).objects
    assert "files up to 50 MB are read" in told["error"]


ODD_PAGES = {
    "rowspan": PAGE.replace("<td>规章</td>", "<td rowspan=1000000000 colspan=1>规章</td>", 1),
    "colspan": PAGE.replace('<td colspan="7">申请人情况', '<td colspan="1000000000">申请人情况'),
    "deep": PAGE.replace("<body>", "<body>" + "<div>" * 10_000),
    "deep_in_a_cell": PAGE.replace("<td>规章</td>", "<td>" + "<span>" * 10_000 + "规章" + "</span>" * 10_000 + "</td>"),
}


@pytest.mark.parametrize("odd", ODD_PAGES)
def test_an_absurd_page_gives_no_wrong_number(folder, odd):
    assert ODD_PAGES[odd] != PAGE
    path = folder / "odd.html"
    path.write_text(ODD_PAGES[odd], encoding="utf-8")
    truth = {key: fact["reported"] for key, fact in facts_of(gk("extract", QINGXI).objects[0]).items()}
    [printed] = gk("extract", path).objects
    assert printed["error"] is None
    for key, fact in facts_of(printed).items():
        assert fact["reported"] in (None, truth[key])
        assert fact["value"] in (None, truth[key])
    if not odd.startswith("deep"):
        assert "spans_clipped" in [finding["code"] for finding in printed["findings"]]
    through_stages(folder, 2020)


def test_absurd_depth_loses_nothing(folder):
    for odd in ("deep", "deep_in_a_cell"):
        path = folder / f"{odd}.html"
        path.write_text(ODD_PAGES[odd], encoding="utf-8")
        assert {key: fact["value"] for key, fact in facts_of(gk("extract", path).objects[0]).items()} == {
            key: fact["value"] for key, fact in facts_of(gk("extract", QINGXI).objects[0]).items()
        }


SENTENCES = [
    "全年制定规章0件、行政规范性文件5件，作出行政许可126件、行政处罚23件、行政强制6件，行政事业性收费48.35万元。",
    "全年制定规章 0 件、行政规范性文件 5 件，行政许可 126 件、行政处罚 23 件、行政强制 6 件，收费 48.35 万元。",
    "规章0，行政规范性文件5，行政许可126，行政处罚23，行政强制6，行政事业性收费48.35。",
    "规章 0 行政规范性文件 5 行政许可 126 行政处罚 23 行政强制 6 行政事业性收费 48.35",
    "收到申请38件，予以公开11件，部分公开5件，总计40件；行政复议4件，维持2件；未经复议直接起诉1件，复议后起诉1件。",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_report_whose_tables_are_pictures_takes_no_number_from_its_sentences(tmp_path, sentence):
    pictures = "二、主动公开政府信息情况\n（见图）\n三、收到和处理政府信息公开申请情况\n（见图）\n"
    path = tmp_path / "pictures.txt"
    path.write_text(
        f"云岭县人民政府2022年政府信息公开工作年度报告\n一、总体情况\n{sentence}\n{pictures}", encoding="utf-8"
    )
    [printed] = gk("extract", path).objects
    assert printed["findings"]
    assert [fact for fact in printed["facts"] if fact["value"] is not None] == []


# A file cut off anywhere

TRUTH = {
    RAW / truth["file"]: {tuple(cell): (reported, value) for *cell, reported, value in truth["facts"]}
    for truth in samples()
}
LAYOUTS = (*TRUTH, YUNLING, QINGXI)
CUTS = 50
Numbers = tuple[float | None, float | None]
"""What a cell prints, and what that means."""


def numbers(path: Path) -> Mapping[Cell, Numbers]:
    """The cells of a whole report."""
    if path in TRUTH:
        return TRUTH[path]
    [whole] = gk("extract", path).objects
    return {key: (fact["reported"], fact["value"]) for key, fact in facts_of(whole).items()}


def cuts(path: Path, folder: Path) -> list[Path]:
    """The file cut off at many places, most of them amid the tables."""
    raw = path.read_bytes()
    places = random.Random(path.name).sample(range(1, len(raw)), CUTS)
    files = []
    for place in sorted(places):
        files.append(folder / f"{place:06}{path.suffix}")
        files[-1].write_bytes(raw[:place])
    return files


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_report_cut_off_anywhere_gives_no_wrong_number(tmp_path, path):
    truth = numbers(path)
    reports = judged_reports(cuts(path, tmp_path), shipped_forms())
    assert [(report.read.path.stem, *wrong) for report in reports for wrong in wrong_cells(report, truth)] == []


def wrong_cells(report: JudgedReport, truth: Mapping[Cell, Numbers]) -> Iterator[tuple[object, ...]]:
    """Cells that report another number than is printed or have another value than is meant; a cell that the whole
    report does not have can only be one of another form, of which nothing but zeros can follow."""
    for cell, status, micro in report.cells:
        key = (cell.table_code, cell.item, cell.measure)
        reported, value = truth.get(key, (None, 0))
        if cell.micro is not None and (reported is None or cell.micro != round(reported * MICRO)):
            yield *key, status, cell.printed, reported
        elif micro is not None and status != "disputed" and (value is None or micro != round(value * MICRO)):
            yield *key, status, micro / MICRO, value


@pytest.mark.parametrize("path", [YUNLING, RAW / "2020" / "bozhou.txt"], ids=["rows", "a cell a line"])
def test_what_stood_after_the_cut_is_absent_or_lost_and_told(tmp_path, path):
    text = path.read_text(encoding="utf-8")
    place = text.index("其他法律行政法规禁止公开")
    cut = tmp_path / "cut.txt"
    cut.write_text(text[:place], encoding="utf-8")
    [whole], [printed] = gk("extract", path).objects, gk("extract", cut).objects
    line = text[:place].count("\n") + 1
    before = {key for key, fact in facts_of(whole).items() if fact["source"]["line"] < line}
    facts = facts_of(printed)
    assert {key for key, fact in facts.items() if fact["reported"] is not None} == before
    assert all(fact["reading"] == "absent" for key, fact in facts.items() if key not in before)
    codes = [finding["code"] for finding in printed["findings"]]
    assert {"rows_absent", "table_missing"} <= set(codes)


def test_a_file_cut_off_amid_a_character_says_so(folder):
    raw = YUNLING.read_bytes()
    place = raw.index("保护第三方".encode()) + 4
    path = folder / "cut.txt"
    path.write_bytes(raw[:place])
    [printed] = gk("extract", path).objects
    assert "text_cut_off" in [finding["code"] for finding in printed["findings"]]
    [told] = found(through_stages(folder, 2022), "text_cut_off")
    assert told["path"] == "2022/cut.txt"


def test_the_stages_hold_their_promises_for_cut_files(folder):
    for path in (YUNLING, QINGXI):
        raw = path.read_bytes()
        for place in range(len(raw) // 9, len(raw), len(raw) // 9):
            (folder / f"{place}{path.suffix}").write_bytes(raw[:place])
    tables = through_stages(folder, None)
    assert tables["documents.files"].filter(pl.col("read_status") == "refused").is_empty()
    assert tables["facts.facts"].height


# Files and folders that are not what they were


def test_a_file_that_vanishes_while_others_are_read_is_told_and_the_others_stand(folder, monkeypatch):
    for name in ("a.txt", "b.txt", "c.txt", "d.txt"):
        (folder / name).write_text(TEXT + name, encoding="utf-8")
    monkeypatch.setattr(guarded, "BATCH_FILES", 1)
    reports = judged_reports(sorted(folder.iterdir()), shipped_forms())
    first = next(reports)
    (folder / "d.txt").unlink()
    *others, gone = reports
    assert first.read.error is None
    assert [report.read.error for report in others] == [None, None]
    assert (
        gone.read.error == f"{folder / 'd.txt'}: {gone.findings[0].message.split(': ', 1)[1]} {gone.findings[0].advice}"
    )
    assert gone.findings[0].code == "vanished"


def read_after(folder: Path, happening: Callable[[], object]) -> Batch:
    """What the stage makes of a folder to which something happens after its files were identified."""
    prints = [fingerprint(source) for source in year_sources(folder, folder.parent)]
    groups = [list(same) for _, same in groupby(prints, key=lambda print_: print_.stored.sha256)]
    happening()
    return read_batch(groups, form_labels(shipped_forms()))


def test_the_stages_tell_of_files_that_vanish_or_change_while_the_year_is_read(folder):
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(TEXT + name, encoding="utf-8")

    def happening():
        (folder / "a.txt").unlink()
        (folder / "b.txt").write_text("half a rep", encoding="utf-8")

    batch = read_after(folder, happening)
    rows = {row["path"]: (row["read_status"], row["error"]) for row in batch["documents.files"].to_dicts()}
    assert rows["2022/c.txt"] == ("read", None)
    assert rows["2022/a.txt"][0] == rows["2022/b.txt"][0] == "refused"
    assert "not there (any more)" in rows["2022/a.txt"][1]
    assert "Let it be written completely" in rows["2022/b.txt"][1]
    assert dict(batch["documents.findings"].select("path", "code").iter_rows()) == {
        "2022/a.txt": "vanished",
        "2022/b.txt": "changed_while_reading",
    }
    check_batch(batch, shipped_forms())


def test_the_other_name_of_a_file_that_vanishes_still_gives_the_report(folder):
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    batch = read_after(folder, (folder / "a.txt").unlink)
    status = dict(batch["documents.files"].select("path", "read_status").iter_rows())
    assert status == {"2022/a.txt": "refused", "2022/b.txt": "read", "2022/c.txt": "duplicate"}
    assert batch["documents.documents"].height == 1


def test_a_file_of_a_program_is_a_row_without_a_finding_or_an_error(folder):
    shutil.copy(YUNLING, folder / "sound.txt")
    shutil.copy(YUNLING, folder / "a.bak")
    tables = through_stages(folder, 2022)
    columns = ("path", "read_status", "document_id", "error")
    rows = {row["path"]: tuple(row[name] for name in columns[1:]) for row in tables["documents.files"].to_dicts()}
    assert rows["2022/a.bak"] == ("skipped", None, None)
    assert tables["documents.findings"].is_empty()
    assert tables["quality.scorecard"].select("n_files", "n_refused", "n_documents").row(0) == (1, 0, 1)
    assert_sound_report_stands(tables, "2022/sound.txt")


def test_the_same_bytes_under_two_names_are_counted_once_and_told(folder):
    for name in ("a.txt", "b.txt"):
        shutil.copy(YUNLING, folder / name)
    tables = through_stages(folder, 2022)
    assert dict(tables["documents.files"].select("path", "read_status").iter_rows()) == {
        "2022/a.txt": "read",
        "2022/b.txt": "duplicate",
    }
    [told] = found(tables, "duplicate_file")
    assert told["path"] == "2022/b.txt"
    assert "2022/a.txt" in told["message"]
    assert "Delete one of the two" in told["advice"]
    assert_sound_report_stands(tables, "2022/a.txt")
    assert tables["facts.facts"].height == 200
    first, second = gk("extract", folder).objects
    assert (first.pop("path"), second.pop("path")) == (str(folder / "a.txt"), str(folder / "b.txt"))
    assert first == second


def test_a_report_of_another_year_than_its_folder_stays_out_and_is_told(folder):
    shutil.copy(YUNLING, folder / "own.txt")
    shutil.copy(QINGXI, folder / "other.html")
    tables = through_stages(folder, 2022)
    [told] = found(tables, "other_year")
    assert (told["severity"], told["path"]) == ("error", "2022/other.html")
    assert "about 2020, but lies in the folder of 2022" in told["message"]
    assert told["advice"].startswith("Move the file to the folder 2020")
    assert set(tables["facts.facts"]["report_id"]) == {
        key for key, path in path_of_report(tables).items() if path == "2022/own.txt"
    }
    assert tables["tables.cells"]["report_id"].n_unique() == 2
    [card] = tables["quality.scorecard"].to_dicts()
    assert (card["n_reports"], card["n_refiled"], card["n_perfect"]) == (2, 1, 1)
    assert [printed["report_year"] for printed in gk("extract", folder).objects] == [2020, 2022]


def test_two_reports_in_one_file_are_two_reports(folder):
    later = TEXT.replace("2022年", "2023年").replace("\t126\n", "\t127\n")
    (folder / "both.txt").write_text(TEXT + later, encoding="utf-8")
    first, second = gk("extract", folder).objects
    key = ("proactive_disclosure", "licensing", "decisions")
    assert [(one["report_year"], facts_of(one)[key]["value"]) for one in (first, second)] == [(2022, 126), (2023, 127)]
    tables = through_stages(folder, 2022)
    assert tables["sections.reports"]["stated_year"].sort().to_list() == [2022, 2023]
    [told] = found(tables, "other_year")
    assert "about 2023" in told["message"]
    assert tables["facts.facts"].height == 200


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    nowhere = tmp_path / "nowhere"
    [told] = gk("extract", nowhere).objects
    assert told["error"].startswith(f"{nowhere} does not exist. Check the spelling")
    checked = gk("check", nowhere)
    assert (checked.exit_code, checked.out) == (1, "")
    assert checked.err.startswith(f"{nowhere} does not exist.")
    with pytest.raises(FileNotFoundError, match=r"does not exist\. Check the spelling"):
        year_sources(nowhere, tmp_path)


def test_a_year_without_files_is_an_empty_year(folder):
    tables = through_stages(folder, 2022)
    [card] = tables["quality.scorecard"].to_dicts()
    assert (card["n_files"], card["n_reports"]) == (0, 0)


def test_a_name_that_is_no_utf8_is_kept_and_read(folder):
    unspeakable = os.fsencode(folder) + b"/\xd4\xc6.txt"
    shutil.copy(YUNLING, unspeakable)
    tables = through_stages(folder, 2022)
    assert tables["documents.files"]["path"].to_list() == [r"2022/\xd4\xc6.txt"]
    assert tables["facts.facts"].height == 200

"""The machine interface: its keys, types and lines are a contract with other programs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from ways import QINGXI, RAW, REPOSITORY, YUNLING, facts_of, gk

from gk_pipeline import guarded
from gk_pipeline.schemas.facts import SEVERITIES, STATUSES, VERDICTS
from gk_pipeline.schemas.tables import READINGS

TEXT = (str,)
MAYBE_TEXT = (str, type(None))
NUMBER = (int, float, type(None))
REPORT = {
    "path": TEXT,
    "document_id": MAYBE_TEXT,
    "organization": MAYBE_TEXT,
    "report_year": (int, type(None)),
    "form": MAYBE_TEXT,
    "table_forms": (dict,),
    "title": MAYBE_TEXT,
    "facts": (list,),
    "laws": (list,),
    "repairs": (list,),
    "claims": (list,),
    "findings": (list,),
    "error": MAYBE_TEXT,
}
FACT = {
    "table_code": TEXT,
    "item": TEXT,
    "measure": TEXT,
    "reported": NUMBER,
    "value": NUMBER,
    "unit": TEXT,
    "status": TEXT,
    "reading": TEXT,
    "source": (dict,),
}
LAW = {"law": TEXT, "scope": TEXT, "verdict": TEXT, "difference": NUMBER}
REPAIR = {
    "table_code": TEXT,
    "item": TEXT,
    "measure": TEXT,
    "explanation": (int,),
    "event": (int,),
    "kind": TEXT,
    "cause": TEXT,
    "value_from": NUMBER,
    "value_to": (int,),
    "rivals": (int,),
    "rival_changes": (list,),
    "applied": (bool,),
    "why": TEXT,
    "tried": TEXT,
}
FINDING = {
    "severity": TEXT,
    "code": TEXT,
    "message": TEXT,
    "advice": TEXT,
    "evidence": TEXT,
    "table_code": MAYBE_TEXT,
    "item": MAYBE_TEXT,
}
PLACE = {"block": int, "page": int, "line": int, "grid_row": int, "grid_column": int, "char_start": int,
         "char_end": int, "text": str, "candidates": list}  # fmt: skip


def keeps(contract, printed):
    """Every key of the contract is there, with a value of its type; further keys are allowed."""
    return all(key in printed and type(printed[key]) in types for key, types in contract.items())


@pytest.fixture(scope="module")
def bad(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("bad") / "空.txt"
    path.touch()
    return path


@pytest.fixture(scope="module")
def objects(bad):
    return gk("extract", RAW, YUNLING, QINGXI, bad, "nowhere.txt").objects


def test_every_object_has_every_key_of_the_contract(objects):
    assert len(objects) == 13
    for printed in objects:
        assert keeps(REPORT, printed), printed["path"]


def test_a_read_report_says_what_it_is(objects):
    [yunling] = [printed for printed in objects if printed["path"] == str(YUNLING)]
    assert (yunling["organization"], yunling["report_year"], yunling["form"]) == ("云岭县水利局", 2022, "2021")
    assert yunling["table_forms"] == {
        "proactive_disclosure": "2021",
        "applications": "2021",
        "review_litigation": "2021",
    }
    assert yunling["title"] == "云岭县水利局2022年政府信息公开工作年度报告"
    assert len(yunling["document_id"]) == 64
    assert (yunling["repairs"], yunling["findings"], yunling["error"]) == ([], [], None)


def test_every_fact_has_every_key_and_known_words(objects):
    facts = [fact for printed in objects for fact in printed["facts"]]
    assert all(keeps(FACT, fact) for fact in facts)
    assert {fact["status"] for fact in facts} <= set(STATUSES)
    assert {fact["reading"] for fact in facts} <= set(READINGS)
    assert {fact["unit"] for fact in facts} == {"件", "万元"}


def test_a_source_says_where_and_what_was_printed(objects):
    for printed in objects:
        for fact in printed["facts"]:
            source = fact["source"]
            assert all(type(value) is PLACE[key] for key, value in source.items())
            assert (fact["reading"] == "number") <= {"block", "char_start", "char_end", "text"}.issubset(source)
            assert (fact["reading"] == "lost") == ("candidates" in source)


def test_a_source_points_at_the_printed_line():
    [printed] = gk("extract", YUNLING).objects
    source = facts_of(printed)["applications", "received", "total"]["source"]
    line = YUNLING.read_text(encoding="utf-8").splitlines()[source["line"] - 1]
    assert line.startswith("一、本年新收")
    assert line.split("\t")[source["grid_column"]] == source["text"] == "38"


def test_every_law_has_every_key_and_known_words(objects):
    laws = [law for printed in objects for law in printed["laws"]]
    assert all(keeps(LAW, law) for law in laws)
    assert {law["verdict"] for law in laws} <= set(VERDICTS)
    assert all((law["difference"] is None) == (law["verdict"] == "not_assessable") for law in laws)
    assert all((law["verdict"], law["difference"]) != ("broken", 0) for law in laws)


def test_a_correction_is_a_repair_with_every_key(tmp_path):
    text = YUNLING.read_text(encoding="utf-8")
    draft = tmp_path / "draft.txt"
    draft.write_text(text.replace("\t31\t4\t", "\t13\t4\t"), encoding="utf-8")
    [printed] = gk("extract", draft).objects
    [repair] = printed["repairs"]
    assert keeps(REPAIR, repair)
    assert (repair["kind"], repair["value_from"], repair["value_to"]) == ("transposition", 13, 31)
    assert (repair["applied"], repair["rivals"]) == (True, 0)
    fact = facts_of(printed)[repair["table_code"], repair["item"], repair["measure"]]
    assert (fact["status"], fact["reported"], fact["value"]) == ("corrected", 13, 31)


def test_every_finding_has_every_key_and_says_what_to_do(objects):
    findings = [finding for printed in objects for finding in printed["findings"]]
    assert findings
    for finding in findings:
        assert keeps(FINDING, finding)
        assert finding["severity"] in SEVERITIES
        assert finding["message"]
        assert finding["advice"]


def test_whole_numbers_are_whole_and_money_is_exact():
    [printed] = gk("extract", YUNLING).out.splitlines()
    facts = facts_of(json.loads(printed, parse_float=str, parse_int=str))
    assert facts["applications", "received", "total"]["value"] == "38"
    assert facts["proactive_disclosure", "fees", "amount"]["value"] == "48.35"


def test_form_is_that_of_the_applications_table(tmp_path):
    hybrid = tmp_path / "hybrid.txt"
    text = YUNLING.read_text(encoding="utf-8")
    start, end = text.index("（六）其他处理"), text.index("（七）总计")
    other = "\t".join(("（六）其他处理", "1", "1", "0", "0", "0", "0", "2"))
    hybrid.write_text(text[:start] + other + "\n" + text[end:], encoding="utf-8")
    [printed] = gk("extract", hybrid).objects
    assert printed["form"] == "2019"
    assert printed["table_forms"]["proactive_disclosure"] == "2021"
    assert facts_of(printed)["applications", "other", "total"]["status"] == "verified"


def test_two_reports_in_one_file_print_two_objects(tmp_path):
    text = YUNLING.read_text(encoding="utf-8")
    both = tmp_path / "both.txt"
    later = text.replace("2022年", "2023年").replace(
        "\n一、本年新收政府信息公开申请数量\t31\t", "\n一、本年新收政府信息公开申请数量\t30\t"
    )
    both.write_text(text + "\n" + later, encoding="utf-8")
    first, second = gk("extract", both).objects
    assert (first["report_year"], second["report_year"]) == (2022, 2023)
    assert first["document_id"] == second["document_id"]
    key = ("applications", "received", "natural_person")
    assert (facts_of(first)[key]["reported"], facts_of(second)[key]["reported"]) == (31, 30)
    [alone] = gk("extract", YUNLING).objects
    assert first["facts"] == alone["facts"]


def test_a_file_that_cannot_be_read_prints_its_error_and_the_others_go_on(bad):
    answer = gk("extract", YUNLING, bad, QINGXI)
    assert answer.exit_code == 1
    first, refused, last = answer.objects
    assert (first["error"], last["error"]) == (None, None)
    assert refused["path"] == str(bad)
    assert refused["error"].startswith(f"{bad}: The file is empty")
    assert refused["error"].endswith("Fetch it again from its source.")
    assert refused["findings"][0]["code"] == "empty"
    assert (refused["facts"], refused["laws"]) == ([], [])
    assert first == gk("extract", YUNLING).objects[0]


def test_a_path_that_does_not_exist_prints_its_error_and_the_others_go_on():
    answer = gk("extract", "nowhere.txt", YUNLING)
    assert answer.exit_code == 1
    missing, read = answer.objects
    assert missing["path"] == "nowhere.txt"
    assert missing["error"].startswith("nowhere.txt does not exist.")
    assert missing["findings"][0]["severity"] == "error"
    assert read["error"] is None


def test_a_folder_without_files_is_no_success(tmp_path):
    answer = gk("extract", tmp_path)
    assert answer.exit_code == 1
    [printed] = answer.objects
    assert printed["error"].startswith(f"{tmp_path} is a folder without files to read.")


def test_folders_are_read_whole_and_a_file_named_twice_is_read_once(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "deep/a.txt", ".hidden.txt"):
        (tmp_path / name).write_bytes(YUNLING.read_bytes())
    paths = [printed["path"] for printed in gk("extract", tmp_path, tmp_path / "b.txt").objects]
    assert paths == [str(tmp_path / "b.txt"), str(tmp_path / "deep" / "a.txt")]


def test_two_workers_print_the_same_lines_as_one(monkeypatch, bad):
    monkeypatch.setattr(guarded, "BATCH_FILES", 2)
    paths = (RAW / "2020", YUNLING, bad, QINGXI)
    one, two = gk("extract", *paths), gk("extract", *paths, "--workers", 2)
    assert two.out == one.out
    assert (two.exit_code, one.exit_code) == (1, 1)


def test_standard_output_is_json_in_utf8_whatever_the_terminal_speaks(tmp_path):
    unspeakable = os.fsencode(tmp_path) + b"/\xd4\xc6\xc1\xeb.txt"
    with open(unspeakable, "wb") as file:  # noqa: PTH123 - a name in GBK, as an old archive unpacks
        file.write(YUNLING.read_bytes())
    command = [sys.executable, "-c", "from gk_pipeline.cli import main; main()", "extract", "nowhere", unspeakable]
    speaking_ascii = {**os.environ, "PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": "ascii"}
    run = subprocess.run(command, env=speaking_ascii, capture_output=True, timeout=60)
    missing, read = map(json.loads, run.stdout.decode("utf-8").splitlines())
    assert run.returncode == 1
    assert missing["path"] == "nowhere"
    assert os.fsencode(read["path"]) == unspeakable
    assert read["organization"] == "云岭县水利局"
    assert b"Traceback" not in run.stderr


def test_a_solver_prints_nothing_beside_the_objects(tmp_path):
    """Three numbers are wrong, so that the integer program is asked; what it says of itself goes nowhere."""
    text = YUNLING.read_text(encoding="utf-8")
    for printed, wrong in (
        ("\t31\t4\t", "\t37\t4\t"),
        ("\t9\t1\t0\t0\t1", "\t9\t6\t0\t0\t1"),
        ("\t8\t2\t0\t0\t1", "\t8\t2\t0\t5\t1"),
    ):
        assert printed in text
        text = text.replace(printed, wrong)
    draft = tmp_path / "draft.txt"
    draft.write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", "from gk_pipeline.cli import main; main()", "extract", str(draft)]
    out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    [only] = [json.loads(line) for line in out.splitlines()]
    assert only["repairs"]


@pytest.fixture(scope="module")
def drafts(tmp_path_factory) -> list[Path]:
    """Drafts of our report, each with more slips than the one before: some corrected, some open, some unexplained."""
    lines = YUNLING.read_text(encoding="utf-8").splitlines()
    rows = [number for number, line in enumerate(lines) if line.count("\t") == 7 and line.split("\t")[-1].isdigit()]
    folder, paths = tmp_path_factory.mktemp("drafts"), []
    for slips in (2, 4, 5, 7):
        row = rows[slips * 5 % len(rows)]
        cells = lines[row].split("\t")
        cells[1 + slips % 7] = str(10 + slips) if slips % 3 else ""
        lines[row] = "\t".join(cells)
        lost = "\n".join(lines).replace(lines[rows[-1]], lines[rows[-1]].replace("\t0", "", 1))
        for name, text in (("slips", "\n".join(lines)), ("lost", lost)):
            paths.append(folder / f"{name}{slips}.txt")
            paths[-1].write_text(text, encoding="utf-8")
    return paths


def test_a_report_is_judged_alike_alone_and_among_others_in_any_order(monkeypatch, drafts):
    alone = [line for path in drafts for line in gk("extract", path).out.splitlines()]
    assert any(repair["n_events"] > 2 for line in alone for repair in json.loads(line)["repairs"])
    for size in (3, 200):
        monkeypatch.setattr(guarded, "BATCH_FILES", size)
        assert gk("extract", *drafts).out.splitlines() == alone
        assert gk("extract", *reversed(drafts)).out.splitlines() == alone[::-1]


def test_a_report_is_judged_alike_whatever_the_order_of_sets(drafts):
    command = [sys.executable, "-c", "from gk_pipeline.cli import main; main()", "extract", *map(str, drafts)]
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    said = [
        subprocess.run(command, env={**surroundings, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2", "3")
    ]
    assert said[0] == said[1] == said[2] != b""


def test_a_claim_says_what_it_means_and_where_it_stands(objects):
    [yunling] = [printed for printed in objects if printed["path"] == str(YUNLING)]
    [received, closed, carried_out] = yunling["claims"]
    assert received == {
        "claim": 1,
        "table_code": "applications",
        "subject": "received",
        "claim_kind": "count",
        "phrase": "收到政府信息公开申请",
        "printed": "38",
        "counter": "件",
        "bound": "exact",
        "step": 1,
        "period": "year",
        "part_of": None,
        "limits": None,
        "sentence": "2022年，我局公开水利信息412条，收到政府信息公开申请38件，办结40件，结转下年2件。",
        "value": 38,
        "verdict": "holds",
        "severity": "warning",
        "matched": "received.total",
        "against": None,
        "source": {"block": 2, "line": 5, "char_start": 31, "char_end": 33},
    }
    assert (closed["matched"], closed["part_of"]) == ("outcomes_total.total", None)
    assert carried_out["matched"] == "carried_out.total"
    narrative = [law for law in yunling["laws"] if law["law"].startswith("narrative.")]
    assert [(law["law"], law["scope"], law["verdict"]) for law in narrative] == [
        ("narrative.received", "claim_1", "holds"),
        ("narrative.closed", "claim_2", "holds"),
        ("narrative.carried_out", "claim_3", "holds"),
    ]

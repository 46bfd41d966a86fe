"""The published sample reports that lie beside the checkout, judged by the tool that lies there too.

They are not part of the project. Where they are absent the tests skip and say so; with GK_REQUIRE_SHARED=1, as in CI,
they fail instead.
"""

import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from ways import REPOSITORY, Answer, gk

SHARED = REPOSITORY.parent / "shared"
PERFECT = (
    "xiayi_2020",
    "bozhou_2020",
    "jiayuguan_suburb_2020",
    "jiaozuo_office_2021",
    "shuyang_ndrc_2023",
    "huaian_city_2024",
)
LOSSY = "gongyi_2020"
READ = (*PERFECT, LOSSY)


def require(folder: Path, environment: Mapping[str, str]) -> Path:
    """The folder of the shared reports; where it is absent, a skip or a failure that says what to do."""
    if (folder / "reports").is_dir():
        return folder
    reason = f"{folder} is absent, so the published sample reports were not read. Put the folder beside the checkout."
    if environment.get("GK_REQUIRE_SHARED") == "1":
        pytest.fail(f"{reason} GK_REQUIRE_SHARED=1 requires it.")
    pytest.skip(reason)


def test_absent_reports_skip_with_a_reason(tmp_path):
    with pytest.raises(pytest.skip.Exception, match=f"{tmp_path} is absent"):
        require(tmp_path, {})


def test_absent_reports_fail_where_they_are_required(tmp_path):
    with pytest.raises(pytest.fail.Exception, match="Put the folder beside the checkout"):
        require(tmp_path, {"GK_REQUIRE_SHARED": "1"})


@pytest.fixture(scope="module")
def shared() -> Path:
    return require(SHARED, os.environ)


@pytest.fixture(scope="module")
def answer(shared: Path) -> Answer:
    reports = shared / "reports"
    return gk(
        "extract", *sorted(reports.glob("*.txt")), *sorted(reports.glob("*.html")), *sorted(reports.glob("*.pdf"))
    )


@pytest.fixture(scope="module")
def scores(shared: Path, answer: Answer, tmp_path_factory) -> dict[str, dict[str, int]]:
    """For each report the columns that the tool prints."""
    spec = importlib.util.spec_from_file_location("shared_score", shared / "tools" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    results = tmp_path_factory.mktemp("scored") / "results.jsonl"
    results.write_text(answer.out, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["score.py", str(shared / "reports" / "truth.jsonl"), str(results)])
        printed: list[str] = []
        patch.setattr(score, "print", lambda *texts: printed.append(" ".join(map(str, texts))), raising=False)
        score.main()
    rows = [line.split() for line in printed[1:-1]]
    return {layout: dict(zip(score.COLUMNS, map(int, counts), strict=True)) for layout, *counts in rows}


def test_every_report_is_read(answer: Answer):
    assert answer.exit_code == 0
    assert [printed["error"] for printed in answer.objects] == [None] * len(READ)


@pytest.mark.parametrize("layout", PERFECT)
def test_every_cell_is_right(scores, layout):
    score = scores[layout]
    assert (score["right"], score["perfect"]) == (score["cells"], 1)
    assert score["lost"] == 0


def test_every_cell_is_right_where_zeros_were_lost(scores):
    assert (scores[LOSSY]["right"], scores[LOSSY]["perfect"]) == (scores[LOSSY]["cells"], 1)


def test_the_lost_zeros_are_marked(answer: Answer):
    [gongyi] = [printed for printed in answer.objects if LOSSY in printed["path"]]
    lost = [fact for fact in gongyi["facts"] if fact["reading"] == "lost"]
    assert len({fact["item"] for fact in lost}) == 18
    assert {(fact["status"], fact["reported"], *fact["source"]["candidates"]) for fact in lost} == {
        ("deduced", None, "0")
    }


@pytest.mark.parametrize("layout", READ)
def test_nothing_is_silently_wrong_and_no_alarm_is_false(scores, layout):
    assert (scores[layout]["silent"], scores[layout]["false_flags"]) == (0, 0)


@pytest.mark.parametrize("layout", READ)
def test_year_form_and_body_are_right(scores, layout):
    assert (scores[layout]["year_ok"], scores[layout]["form_ok"], scores[layout]["org_ok"]) == (1, 1, 1)


def test_no_law_of_the_form_is_broken_in_any_of_them(answer: Answer):
    broken = [law for printed in answer.objects for law in printed["laws"] if law["verdict"] == "broken"]
    assert [law for law in broken if not law["law"].startswith("narrative.")] == []


def test_the_sentences_that_contradict_a_table_are_found_and_no_other(answer: Answer):
    found = {
        (Path(printed["path"]).stem, claim["printed"] + claim["counter"], claim["severity"])
        for printed in answer.objects
        for claim in printed["claims"]
        if claim["verdict"] == "broken"
    }
    assert found == {
        ("jiaozuo_office_2021", "40%", "note"),
        ("jiaozuo_office_2021", "44%", "warning"),
        ("xiayi_2020", "5863条", "warning"),
    }


def test_most_numbers_of_the_sentences_are_found_in_a_table(answer: Answer):
    matched = [
        claim
        for printed in answer.objects
        if printed["path"].endswith(".txt")
        for claim in printed["claims"]
        if claim["verdict"] == "holds" and "." in claim["matched"]
    ]
    assert len(matched) >= 25

"""Two paths, one truth: the stages over frames and the plain way of a file say the same of the same files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from ways import QINGXI, RAW, YUNLING, blank_form, through_stages

from gk_pipeline.documents import stage as documents_stage
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judged_reports
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.exact import decimal
from gk_pipeline.sections.report import report_id

SPOILT = {
    "wrong": ("\t31\t4\t", "\t13\t4\t"),
    "lost": ("\t9\t1\t0\t0\t1\t0\t11", "\t9\t1\t0\t0\t1\t11"),
    "blank": ("\t8\t2\t0\t0\t1\t0\t11", "\t8\t2\t\t\t1\t\t11"),
    "doubtful": ("\t1\t0\t0\t0\t0\t0\t1\n", "\t2\t0\t0\t0\t0\t0\t2\n"),
    "dashes": ("\t5\t2\t17", "\t-\t/\t无"),
    "no_count": ("\t23\n", "\t二十三\n"),
    "fraction": ("\t38\n", "\t3.8\n"),
    "row_gone": ("2.重复申请\t1\t0\t0\t0\t0\t0\t1\n", ""),
    "title_gone": ("云岭县水利局2022年政府信息公开工作年度报告", ""),
}
"""What became of a line of our report."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """All samples and our own reports in one folder, good and spoilt, and files that are no reports."""
    folder = tmp_path_factory.mktemp("raw") / "2022"
    folder.mkdir()
    for path in (*RAW.glob("*/*"), YUNLING, QINGXI):
        shutil.copy(path, folder / f"{path.parent.name}_{path.name}")
    text = YUNLING.read_text(encoding="utf-8")
    for name, (printed, instead) in SPOILT.items():
        assert printed in text
        (folder / f"{name}.txt").write_text(text.replace(printed, instead), encoding="utf-8")
    (folder / "cut.txt").write_text(text[: text.index("四、政府信息公开行政复议")], encoding="utf-8")
    (folder / "both.txt").write_text(text + text.replace("2022年", "2021年"), encoding="utf-8")
    (folder / "blank_form.txt").write_text(blank_form(text), encoding="utf-8")
    (folder / "notice.txt").write_text("关于植树活动的通知\n一、总体情况\n三月十二日植树。\n", encoding="utf-8")
    half = text.replace("2022年政府", "2022年上半年政府", 1)
    (folder / "half_year.txt").write_text(half, encoding="utf-8")
    (folder / "year_and_half.txt").write_text(half + text, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="module")
def tables(folder) -> Batch:
    return through_stages(folder, None)


@pytest.fixture(scope="module")
def judged(folder) -> dict[int, JudgedReport]:
    """The reports of the plain way by their id."""
    by_id = {}
    ordinals: dict[Path, int] = {}
    for report in judged_reports(sorted(folder.iterdir()), shipped_forms()):
        ordinal = ordinals[report.read.path] = ordinals.get(report.read.path, -1) + 1
        if report.read.identity is not None and report.read.document_id is not None:
            by_id[report_id(report.read.document_id, ordinal)] = report
    return by_id


def test_both_find_the_same_reports(tables, judged):
    columns = ("report_id", "organization", "level", "scope", "stated_year", "published_on", "title")
    plain = {key: report.read.identity for key, report in judged.items()}
    assert set(tables["sections.reports"].select(columns).iter_rows()) == {
        (key, who.organization, who.level, who.scope, who.stated_year, who.published_on, who.title)
        for key, who in plain.items()
    }


def test_both_give_the_same_facts(tables, judged):
    columns = ("table_code", "item", "measure", "form", "unit", "reading", "reported", "value", "status")
    staged = set(tables["facts.facts"].select("report_id", *columns).iter_rows())
    plain = {(key, *fact) for key, report in judged.items() for fact in _facts(report)}
    assert staged == plain
    assert {status for *_, status in staged} == {
        "verified",
        "unverified",
        "deduced",
        "corrected",
        "disputed",
        "missing",
    }


def _facts(report: JudgedReport) -> Iterator[tuple[object, ...]]:
    for cell, status, micro in report.cells:
        reported, value = (None if number is None else decimal(number) for number in (cell.micro, micro))
        key = (cell.table_code, cell.item, cell.measure, cell.form, cell.unit, cell.reading)
        yield *key, reported, value, status


def test_both_give_the_same_verdicts(tables, judged):
    columns = ("report_id", "law", "scope", "table_code", "severity", "verdict", "left_value", "right_value")
    staged = set(tables["facts.law_results"].select(columns).iter_rows())
    plain = set()
    for key, report in judged.items():
        for law in report.laws:
            sides = (None if side is None else decimal(side) for side in (law.left, law.right))
            plain.add((key, law.row.law, law.row.scope, law.table_code, law.row.severity, law.verdict, *sides))
        for one in report.claims:
            sides = (None if side is None else decimal(side) for side in (one.left, one.right))
            table = one.claim.table_code
            plain.add((key, one.row.law, one.row.scope, table, one.row.severity, one.verdict, *sides))
    assert staged == plain
    assert {row[5] for row in staged} == {"holds", "broken", "used", "not_assessable"}


def test_both_propose_the_same_repairs(tables, judged):
    columns = (
        "report_id",
        "table_code",
        "item",
        "measure",
        "repair_kind",
        "value_from",
        "value_to",
        "rivals",
        "applied",
    )
    staged = tables["facts.repairs"].sort("report_id", "repair").select(columns).rows()
    plain = []
    for key, report in sorted(judged.items()):
        for table, one in report.repairs:
            numbers = (None if number is None else decimal(number) for number in (one.value_from, one.value_to))
            plain.append((key, table, one.cell.item, one.cell.measure, one.kind, *numbers, one.rivals, one.applied))
    assert staged == plain
    assert {applied for *_, applied in staged} == {True, False}


def test_both_find_the_same_to_look_at(tables, folder):
    columns = ("path", "severity", "code", "table_code", "item", "message", "evidence", "advice")
    staged = set(tables["quality.findings"].select(columns).iter_rows())
    plain = set()
    for report in judged_reports(sorted(folder.iterdir()), shipped_forms()):
        name = f"{folder.name}/{report.read.path.name}"
        for found in report.findings:
            message = found.message.removeprefix(f"{report.read.path}: ")
            place = (found.table_code, found.item)
            plain.add((name, found.severity, found.code, *place, message, found.evidence, found.advice))
    assert staged == plain


def test_batches_of_one_document_give_the_same_rows(folder, tmp_path, monkeypatch):
    few = tmp_path / folder.name
    few.mkdir()
    for name in ("reports_yunling_2022.txt", "reports_qingxi_2020.html", "lost.txt", "both.txt"):
        shutil.copy2(folder / name, few / name)
    together = through_stages(few, None)
    monkeypatch.setattr(documents_stage, "BATCH_DOCUMENTS", 1)
    assert_same(through_stages(few, None), together)


def test_the_same_result_comes_twice_and_from_files_in_another_order(tables, folder, tmp_path):
    again = tmp_path / folder.name
    again.mkdir()
    for path in sorted(folder.iterdir(), reverse=True):
        shutil.copy2(path, again / path.name)
    assert_same(through_stages(again, None), tables)


def assert_same(one: Batch, other: Batch) -> None:
    assert one.keys() == other.keys()
    for name, frame in one.items():
        findings = name.endswith("findings")
        assert_frame_equal(frame, other[name], check_row_order=not findings, check_exact=True)


def test_the_scorecard_counts_what_the_tables_hold(tables):
    [card] = tables["quality.scorecard"].to_dicts()
    files, facts = tables["documents.files"], tables["facts.facts"]
    assert card["n_files"] == files.height
    assert card["n_refused"] == 1 == files.filter(pl.col("read_status") == "refused").height
    assert card["n_documents"] == files.height - 1
    assert card["n_reports"] == tables["sections.reports"].height
    for status in ("verified", "unverified", "deduced", "corrected", "disputed", "missing"):
        assert card[f"n_{status}"] == facts.filter(pl.col("status") == status).height
    laws = sum(law[f"n_{verdict}"] for law in card["laws"] for verdict in ("holds", "broken", "used", "open"))
    assert laws == tables["facts.law_results"].height

"""A form that nobody ever prescribed goes the whole way with nothing but its file."""

import shutil
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from ways import FIXTURES, QINGXI, REPOSITORY, YUNLING, through_stages

from gk_pipeline import forms as forms_package
from gk_pipeline.forms import load_forms, shipped_forms
from gk_pipeline.pipeline import judged_reports
from gk_pipeline.schemas.catalog import check_batch, lake_tables

TOY = FIXTURES / "toy_form"
REPORT = TOY / "2027" / "yunling.txt"

PRINTED = {
    ("lending", "literature", "adults"): "310",
    ("lending", "literature", "children"): "128",
    ("lending", "literature", "all_readers"): "438",
    ("lending", "science", "adults"): "92",
    ("lending", "science", "children"): "75",
    ("lending", "science", "all_readers"): "167",
    ("lending", "all_books", "adults"): "402",
    ("lending", "all_books", "children"): "203",
    ("lending", "all_books", "all_readers"): "605",
    ("income", "fines", "amount"): "0.35",
    ("income", "copies", "amount"): "1.2081",
    ("income", "all_income", "amount"): "1.56",
}


@pytest.fixture(scope="module")
def toy():
    return load_forms(TOY)


@pytest.fixture(scope="module")
def tables(toy):
    return through_stages(TOY / "2027", 2027, toy)


@pytest.fixture
def reread(toy, tmp_path):
    """The tables made of the report after a change in its text."""

    def reread(old, new):
        text = REPORT.read_text(encoding="utf-8")
        assert old in text
        folder = tmp_path / "2027"
        folder.mkdir()
        (folder / "report.txt").write_text(text.replace(old, new), encoding="utf-8")
        return through_stages(folder, 2027, toy)

    return reread


def test_no_line_of_code_knows_the_form():
    known = [path for path in Path(REPOSITORY / "gk_pipeline").rglob("*.py") if "lending" in path.read_text("utf-8")]
    assert known == []


def test_its_sections_are_found_by_their_headings(tables):
    assert set(tables["sections.sections"]["section"]) == {"overview", "lending", "income"}


def test_both_tables_are_found_on_the_form(tables):
    found = tables["tables.found_tables"].select("table_code", "form", "items_found", "items_lost")
    assert found.sort("table_code").rows() == [("income", "2027", 3, 0), ("lending", "2027", 3, 0)]


def test_every_number_is_verified_as_printed(tables):
    facts = tables["facts.facts"]
    read = {(row["table_code"], row["item"], row["measure"]): row for row in facts.to_dicts()}
    assert {place: row["value"] for place, row in read.items()} == {place: Decimal(n) for place, n in PRINTED.items()}
    assert {row["status"] for row in read.values()} == {"verified"}


def test_every_law_of_the_form_holds(tables):
    results = tables["facts.law_results"]
    assert set(results["verdict"]) == {"holds"}
    scopes = set(results.filter(pl.col("law") != "count.non_negative").select("law", "scope").iter_rows())
    assert scopes == {
        *(("lending.row_total", item) for item in ("literature", "science", "all_books")),
        *(("lending.column_total", measure) for measure in ("adults", "children", "all_readers")),
        *(("lending.mostly_literature", measure) for measure in ("adults", "children", "all_readers")),
        ("income.total", "amount"),
    }


def test_each_table_code_gets_its_own_wide_table(tables):
    counts = tables["tables.lending"].drop("report_id").sort("item")
    assert [counts.schema[measure] for measure in ("adults", "children", "all_readers")] == [pl.Int64] * 3
    assert counts.rows() == [
        ("all_books", "2027", 402, 203, 605),
        ("literature", "2027", 310, 128, 438),
        ("science", "2027", 92, 75, 167),
    ]
    money = tables["tables.income"].drop("report_id", "form").sort("item")
    assert money.schema["amount"] == pl.Decimal(20, 6)
    assert money.rows() == [
        ("all_income", Decimal("1.56")),
        ("copies", Decimal("1.2081")),
        ("fines", Decimal("0.35")),
    ]


def test_its_batch_keeps_every_promise(tables, toy):
    assert set(tables) == set(lake_tables(toy))
    check_batch(tables, toy)


def test_nothing_is_left_to_look_at(tables):
    assert tables["quality.findings"].is_empty()
    assert tables["quality.scorecard"].select("n_reports", "n_perfect", "n_verified").row(0) == (1, 1, 12)


def test_a_wrong_number_is_corrected_where_its_row_and_column_meet(reread):
    facts = reread("92\t75\t167", "92\t76\t167")["facts.facts"]
    corrected = facts.filter(pl.col("status") == "corrected").select("item", "measure", "reported", "value")
    assert corrected.rows() == [("science", "children", Decimal(76), Decimal(75))]
    assert set(facts["status"]) == {"verified", "corrected"}


def test_a_dash_is_deduced_from_its_laws(reread):
    facts = reread("92\t75\t167", "92\t—\t167")["facts.facts"]
    cell = facts.filter(pl.col("status") == "deduced")
    assert cell.select("item", "measure", "reading", "value").rows() == [("science", "children", "dash", Decimal(75))]


def test_money_in_yuan_is_kept_in_ten_thousand_yuan(reread):
    facts = reread("收入金额（单位：万元）\n图书逾期收入\t0.35", "收入金额\n图书逾期收入\t3500元")["facts.facts"]
    assert facts.filter(pl.col("item") == "fines").select("value", "unit", "status").rows() == [
        (Decimal("0.35"), "万元", "verified")
    ]


def test_it_stands_beside_the_shipped_forms(toy):
    forms = (*shipped_forms(), *toy)
    names = set(lake_tables(forms))
    assert {"tables.lending", "tables.income", "tables.applications"} <= names
    facts = through_stages(TOY / "2027", 2027, forms)["facts.facts"]
    assert set(facts.select("form", "status").iter_rows()) == {("2027", "verified")}


@pytest.mark.parametrize("label", [None, "行政强制", "重复申请", "规章"])
def test_a_later_form_that_hardly_differs_leaves_the_reports_on_the_one_before_as_they_are(tmp_path, label):
    """A form is told from each other one by the labels that these two do not share, however many forms there are."""
    shipped = Path(forms_package.__file__).parent
    for file in shipped.glob("*.toml"):
        shutil.copy(file, tmp_path)
    text = (shipped / "2021.toml").read_text(encoding="utf-8")
    text = text.replace('code = "2021"', 'code = "2027"', 1).replace("since = 2021", "since = 2027", 1)
    if label is not None:
        assert f'label = "{label}"' in text
        text = text.replace(f'label = "{label}"', f'label = "{label}新"')
    (tmp_path / "2027.toml").write_text(text, encoding="utf-8")
    before, after = (
        list(judged_reports([YUNLING, QINGXI], forms)) for forms in (shipped_forms(), load_forms(tmp_path))
    )
    assert [report.cells for report in after] == [report.cells for report in before]

"""A table or view of the warehouse as a file, read back as a spreadsheet would."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from gk_pipeline.home import NoSuchYears
from gk_pipeline.warehouse.export import write
from gk_pipeline.warehouse.export.query import NothingToExport, opened
from gk_pipeline.warehouse.export.write import TooBigForXlsx, export

ID, LONG = 4_199_194_918_006_857_472, "1234567890123.456789"
NASTY = [
    '=cmd|"/c calc"!A1',
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    "\t=1",
    "'quoted",
    'two\nlines, "quoted"',
    "_x0041_",
    "a\x0bb",
]


@pytest.fixture
def database(tmp_path) -> Path:
    path = tmp_path / "gk.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE SCHEMA facts")
        connection.execute(
            "CREATE TABLE facts.odd (report_year INTEGER, report_id BIGINT, finding BIGINT, "
            "amount DECIMAL(20, 6), change INTEGER, kept BOOLEAN, text VARCHAR, parts VARCHAR[])"
        )
        for number, text in enumerate(NASTY):
            row = [2019 + number % 2, number + 7, ID + number, "-339371.821", -72, None, text, ["=1"]]
            connection.execute("INSERT INTO facts.odd VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("CREATE VIEW facts.long AS SELECT CAST('1234567890123.456789' AS DECIMAL(20, 6)) AS amount")
    return path


def as_csv(database, tmp_path, name="facts.odd", years=None):
    with opened(database, name, years) as source:
        export(source, "csv", tmp_path / "out.csv")
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))


def as_xlsx(database, tmp_path, name="facts.odd"):
    with opened(database, name, None) as source:
        export(source, "xlsx", tmp_path / "out.xlsx")
    return list(openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows(min_row=2))


def test_csv_has_every_row_and_no_formula(database, tmp_path):
    rows = as_csv(database, tmp_path)
    texts = {row["text"] for row in rows}
    assert texts == {f"'{text}" if text[0] in "=+-@＝\t'" else text for text in NASTY}
    assert all(value[:1] not in "=+@\t\r＝" or value == "" for row in rows for value in row.values())


def test_negative_numbers_are_numbers_and_decimals_exact_in_csv(database, tmp_path):
    [row, *_] = as_csv(database, tmp_path)
    assert (row["amount"], row["change"], row["kept"]) == ("-339371.821", "-72", "")


def test_ids_are_texts_in_csv(database, tmp_path):
    assert {row["finding"] for row in as_csv(database, tmp_path)} == {f"'{ID + n}" for n in range(len(NASTY))}


def test_xlsx_holds_texts_as_texts(database, tmp_path):
    rows = as_xlsx(database, tmp_path)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "inlineStr"}
    assert {unescape(row[6].value) for row in rows} == set(NASTY)  # as Excel does
    assert {(row[1].data_type, row[2].data_type) for row in rows} == {("s", "s")}
    assert {row[2].value for row in rows} == {str(ID + number) for number in range(len(NASTY))}


def test_xlsx_holds_numbers_as_numbers(database, tmp_path):
    [row, *_] = as_xlsx(database, tmp_path)
    assert Decimal(repr(row[3].value)) == Decimal("-339371.821")
    assert (row[4].value, row[4].data_type) == (-72, "n")
    assert row[5].value is None


def test_a_number_that_a_spreadsheet_would_round_is_a_text(database, tmp_path):
    assert as_csv(database, tmp_path, "facts.long") == [{"amount": f"'{LONG}"}]
    [[cell]] = as_xlsx(database, tmp_path, "facts.long")
    assert (cell.value, cell.data_type) == (LONG, "s")


def test_only_the_years_asked_for(database, tmp_path):
    assert {row["report_year"] for row in as_csv(database, tmp_path, years="2020")} == {"2020"}
    with pytest.raises(NoSuchYears, match="has nothing of 2018; there are 2019, 2020"):
        as_csv(database, tmp_path, years="2018")
    with pytest.raises(NothingToExport, match="has no report_year: leave --years out"):
        as_csv(database, tmp_path, "facts.long", years="2020")


@pytest.mark.parametrize("name", ["facts.nothing", 'facts.odd"; DROP TABLE facts.odd; --', "odd"])
def test_what_is_no_table_is_told_with_what_there_is(database, tmp_path, name):
    with pytest.raises(
        NothingToExport, match=r"is no table or view of the warehouse\. There are: facts\.long, facts\.odd"
    ):
        as_csv(database, tmp_path, name)


def test_a_sheet_that_is_too_small_is_said_and_leaves_no_file(database, tmp_path, monkeypatch):
    monkeypatch.setattr(write, "XLSX_ROWS", 3)
    with pytest.raises(TooBigForXlsx, match="10 rows do not fit into a sheet of 3: choose --years, or --format csv"):
        as_xlsx(database, tmp_path)
    monkeypatch.undo()
    monkeypatch.setattr(write, "XLSX_TEXT", 5)
    with pytest.raises(TooBigForXlsx, match=r"a text of .* characters"):
        as_xlsx(database, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["gk.duckdb"]


def test_without_a_database_it_says_what_to_run(tmp_path):
    with (
        pytest.raises(NothingToExport, match="Run `gk run` first"),
        opened(tmp_path / "gk.duckdb", "facts.facts", None),
    ):
        pass

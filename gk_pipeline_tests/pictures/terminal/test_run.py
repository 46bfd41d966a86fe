"""Which years `gk run` reads, and how the scorecard looks."""

from io import StringIO
from pathlib import Path

import polars as pl
import pytest
from rich.cells import cell_len
from rich.console import Console

from gk_pipeline.home import NoSuchYears, chosen_years
from gk_pipeline.pictures.terminal.run import overlooked, scorecard_picture, skipped_files


@pytest.fixture
def raw(tmp_path):
    for name in ("2019", "2020", "2023", "notes", "19", "20205"):
        (tmp_path / name).mkdir()
    (tmp_path / "2021").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "years"),
    [
        (None, [2019, 2020, 2023]),
        ("2020", [2020]),
        ("2019-2024", [2019, 2020, 2023]),
        ("2023, 2019", [2019, 2023]),
        ("2019-2020,2020", [2019, 2020]),
    ],
)
def test_years_are_those_asked_for_that_have_a_folder(raw, asked, years):
    assert chosen_years(asked, raw) == years


@pytest.mark.parametrize("asked", ["last", "20", "2020-", "-2020", "2020;2021", "2020-21", ""])
def test_words_that_are_no_years_are_told_with_what_to_write(raw, asked):
    with pytest.raises(NoSuchYears, match=r"is no report year\. Write 2020, 2019-2024 or 2020,2023"):
        chosen_years(asked, raw)


@pytest.mark.parametrize("asked", ["2021", "2024", "2021-2022"])
def test_years_without_a_folder_are_told_with_those_there_are(raw, asked):
    with pytest.raises(NoSuchYears, match=r"has no folder for .*; there are 2019, 2020, 2023"):
        chosen_years(asked, raw)


def test_a_span_that_runs_backwards_is_turned_round(raw):
    with pytest.raises(NoSuchYears, match=r"2023-2019 runs backwards\. Write 2019-2023\."):
        chosen_years("2023-2019", raw)


def test_a_place_without_year_folders_is_told_with_where_to_put_reports(tmp_path):
    with pytest.raises(NoSuchYears, match=r"has no year folders\. Put reports in "):
        chosen_years(None, tmp_path / "raw")


def test_files_that_were_skipped_are_known_from_the_lake(tmp_path):
    stored = tmp_path / "documents" / "files" / "report_year=2020" / "files.parquet"
    stored.parent.mkdir(parents=True)
    pl.DataFrame({"path": ["2020/a.txt", "2020/b.db"], "read_status": ["read", "skipped"]}).write_parquet(stored)
    assert skipped_files(tmp_path, 2020) == [Path("2020/b.db")]
    assert skipped_files(tmp_path, 2021) == []


def test_a_year_that_was_never_read_is_a_row_of_dashes_that_fits(tmp_path):
    console = Console(file=StringIO(), width=80)
    console.print(scorecard_picture(tmp_path, [2020]))
    lines = console.file.getvalue().splitlines()
    assert "—" in lines[-1]
    assert all(cell_len(line) <= 80 and "…" not in line for line in lines)


@pytest.fixture
def home(tmp_path):
    """A folder of data with a year that was read and has no folder any more, and files that lie astray."""
    for name in ("raw/2020", "raw/notes", "raw/1999"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "raw" / "loose.txt").touch()
    (tmp_path / "raw" / "Thumbs.db").touch()
    manifest = tmp_path / "lake" / "documents" / ".report_year=2019.json"
    manifest.parent.mkdir(parents=True)
    manifest.touch()
    return tmp_path


def test_what_lies_astray_is_told_with_where_it_belongs(home):
    told = list(overlooked(home))
    assert [note.split(" ")[0] for note in told[:3]] == [
        f"{home}/raw/{name}" for name in ("1999", "loose.txt", "notes")
    ]
    assert told[1].endswith(f"Move it into {home}/raw/<year>/.")


def test_a_year_whose_folder_is_gone_is_told(home):
    assert list(overlooked(home))[-1].startswith("2019 has no folder any more; the lake and the database keep it")


def test_a_tidy_folder_has_nothing_to_tell(tmp_path):
    (tmp_path / "raw" / "2020").mkdir(parents=True)
    assert list(overlooked(tmp_path)) == []

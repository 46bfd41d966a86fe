"""The site of a lake: an overview, a page a year, a list of all reports, and a page a report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gk_pipeline.executors import map_batches
from gk_pipeline.forms import Form
from gk_pipeline.pictures.pages.around import OF_ALL_YEARS, Around
from gk_pipeline.pictures.pages.overview import READS as OF_TOTALS
from gk_pipeline.pictures.pages.overview import YearNumbers, year_numbers
from gk_pipeline.pictures.pages.published import written_whole
from gk_pipeline.pictures.pages.rendering import SCRIPT, STYLE, asset, beside, page
from gk_pipeline.pictures.pages.said import Said
from gk_pipeline.pictures.pages.stored import BY_BATCH, BY_YEAR, StoredBatch
from gk_pipeline.pictures.pages.view import ReportView, report_view
from gk_pipeline.pictures.pages.year_view import index_view, year_view
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.stored import JointBatches, StoredTable

READS = tuple(dict.fromkeys((*BY_BATCH, *BY_YEAR, *OF_TOTALS, *OF_ALL_YEARS)))
"""The tables that the site is made from."""


class ReportLine(NamedTuple):
    """A report in the list of all."""

    organization: Said
    year: int
    report_id: int
    standing: str
    counts: bool
    n_open: int
    n_corrected: int
    n_broken: int
    n_sentences: int
    n_notices: int

    @property
    def href(self) -> str:
        """Its page, from the root of the site."""
        return f"reports/{self.year}/{self.report_id}.html"


@dataclass(frozen=True)
class Written:
    """What was written: how many pages of reports and of years."""

    n_reports: int
    n_years: int


def write_site(lake: Lake, folder: Path, workers: int = 1) -> Written:
    """Write the pages of all that the lake holds, over earlier ones, or change nothing.

    Raises UnsoundLake where what is stored does not belong together, NotOurFolder where the folder is not ours.
    """
    with written_whole(folder) as staged:
        years = lake.years()
        files = {year: _sound(lake, year) for year in years}
        for name in (STYLE, SCRIPT):
            (staged / name).write_text(asset(name), encoding="utf-8")
        for year in years:
            (staged / "reports" / str(year)).mkdir(parents=True)
        write = partial(_write_batch, folder=staged, around=_of_all_years(files), forms=lake.forms)
        lines = [line for batch in map_batches(write, _batches(lake, files), workers) for line in batch]
        numbers = [year_numbers(year, files[year], lake.forms) for year in years]
        _write_overview(staged, numbers, lines, lake.forms)
    return Written(len(lines), len(numbers))


def _sound(lake: Lake, year: int) -> dict[str, Path]:
    """The files of a year that the pages are made from, all of one make."""
    found = lake.sound_files(READS, year)
    missing = [name for name in READS if name not in found]
    if missing:
        raise UnsoundLake(
            f"{missing[0]} of {year} is not in the lake: materialize {year}, then the panel, with gk run."
        )
    return found


def _of_all_years(files: Mapping[int, Mapping[str, Path]]) -> dict[tuple[str, int], Path]:
    return {(name, year): own[name] for year, own in files.items() for name in OF_ALL_YEARS}


def _batches(lake: Lake, files: Mapping[int, Mapping[str, Path]]) -> Iterator[StoredBatch]:
    for year, own in files.items():
        count = len(JointBatches([StoredTable(lake, name, (year,)) for name in BY_BATCH]))
        yield from (StoredBatch(year, own, number) for number in range(count))


def _write_batch(
    batch: StoredBatch, folder: Path, around: Mapping[tuple[str, int], Path], forms: Sequence[Form]
) -> list[ReportLine]:
    """Write the pages of a batch's reports, in whatever process this is."""
    known = Around.of(batch.year, batch.report_ids(), around)
    lines = []
    for stored in batch.reports(forms):
        who = stored.judged.read.identity
        names_body = who is not None and who.organization_id is not None
        neighbours = known.neighbours(stored.report_id, names_body, stored.left_out, forms)
        view = report_view(stored.judged, forms, neighbours=neighbours)
        line = _line(view, batch.year, stored.report_id)
        text = page("stored.html", beside("../../"), view=view, year=batch.year, up="../../")
        (folder / line.href).write_text(text, encoding="utf-8")
        lines.append(line)
    return lines


def _line(view: ReportView, year: int, report_id: int) -> ReportLine:
    n_cells = {one.status: one.n_cells for one in view.statuses}
    return ReportLine(
        view.organization,
        year,
        report_id,
        view.standing,
        view.neighbours.is_current,
        n_cells.get("disputed", 0) + n_cells.get("missing", 0),
        n_cells.get("corrected", 0),
        sum(one.severity == "error" for one in view.broken),
        len(view.contradictions),
        view.n_notices,
    )


def _write_overview(
    folder: Path, numbers: Sequence[YearNumbers], lines: Sequence[ReportLine], forms: Sequence[Form]
) -> None:
    years = [one.year for one in numbers]
    ordered = sorted(lines, key=lambda one: (one.organization.zh, one.year, one.report_id))
    pages = {
        "index.html": page("index.html", beside(""), kinds=index_view(numbers), years=years, up=""),
        "reports.html": page("list.html", beside(""), lines=ordered, years=years, up=""),
    }
    named = {(one.year, one.report_id): one.organization.zh for one in lines}
    (folder / "years").mkdir()
    for one in numbers:
        names = {key: name for (year, key), name in named.items() if year == one.year}
        view = year_view(one, names, forms)
        pages[f"years/{one.year}.html"] = page("year.html", beside("../"), view=view, years=years, up="../")
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")

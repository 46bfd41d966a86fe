"""`gk audit`: a seeded random sample of verified cells with what stands around each, and the ticks of people on it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, cast, get_args

import polars as pl

from gk_pipeline.quality.audit import Tick
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.schemas.tables import CELL
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.stored import StoredTable

_AROUND = 60
"""Letters that are shown before and behind a number in a paragraph."""
_DIGEST = 16
"""Hexadecimal digits that tell samples apart."""
_NEIGHBOURS = range(-8, 9)
"""Paragraphs whose letters may be shown, counted from the number's own."""


class BadTicks(ValueError):
    """A file of ticks is not of a sample of this lake; the message says why and what to do."""


@dataclass(frozen=True)
class Draw:
    """How a sample is drawn: from which years, how many cells, and the number that decides which."""

    years: tuple[int, ...]
    size: int
    seed: int


class Place(NamedTuple):
    """Where a number stands, as in tables.cells."""

    block: int | None
    page: int | None
    line: int | None
    grid_row: int | None
    grid_column: int | None


@dataclass(frozen=True)
class SampledCell:
    """A verified cell, where it is printed, and the text around it with the number between `before` and `behind`."""

    report_year: int
    report_id: int
    table_code: str
    item: str
    measure: str
    form: str
    value: Decimal
    unit: str
    path: str
    organization: str | None
    source_url: str | None
    media_type: str
    grids: tuple[int, ...]
    place: Place
    before: str
    printed: str
    behind: str

    @property
    def name(self) -> str:
        """The cell and its value, as a file of ticks names them."""
        return f"{self.report_year}.{self.report_id}.{self.table_code}.{self.item}.{self.measure}={self.value:f}"


@dataclass(frozen=True)
class Sample:
    """Cells drawn by chance from all verified ones of some years, of which there are `population`."""

    draw: Draw
    population: int
    cells: tuple[SampledCell, ...]

    @property
    def digest(self) -> str:
        """Names these cells with their values: the same draw from other facts is another sample."""
        return hashlib.sha256("\n".join(cell.name for cell in self.cells).encode()).hexdigest()[:_DIGEST]


@dataclass(frozen=True)
class SavedTicks:
    """What people ticked: how the cells were drawn, the digest of the sample, and each cell's tick by its name."""

    draw: Draw
    digest: str
    by_name: Mapping[str, Tick]


def draw_sample(lake: Lake, draw: Draw) -> Sample:
    """Every verified cell is as likely to be drawn; the same draw from the same facts gives the same cells.

    Raises UnsoundLake where the stored files do not belong together.
    """
    verified = {
        year: StoredTable(lake, "facts.facts", (year,)).scan().filter(pl.col("status") == "verified")
        for year in draw.years
    }
    counts = {year: facts.select(pl.len()).collect().item() for year, facts in verified.items()}
    population = sum(counts.values())
    chosen = sorted(Random(draw.seed).sample(range(population), min(draw.size, population)))
    cells: list[SampledCell] = []
    first = 0
    for year, facts in verified.items():
        rows = [number - first for number in chosen if first <= number < first + counts[year]]
        first += counts[year]
        drawn = facts.with_row_index("row").filter(pl.col("row").is_in(rows)).drop("row")
        cells += _located(lake, year, drawn)
    return Sample(draw, population, tuple(cells))


def _located(lake: Lake, year: int, drawn: pl.LazyFrame) -> list[SampledCell]:
    """The drawn facts of a year with what is printed around them."""
    cells, reports, files, documents, blocks = (
        StoredTable(lake, name, (year,)).scan()
        for name in ("tables.cells", "sections.reports", "documents.files", "documents.documents", "documents.blocks")
    )
    facts = drawn.select(YEAR, *CELL, "form", "value", "unit")
    printed = cells.select(*CELL, "printed", *Place._fields, "char_start", "char_end")
    named = reports.select("report_id", "document_id", "organization")
    read = files.filter(pl.col("read_status") == "read").select("document_id", "path", "source_url")
    kinds = documents.select("document_id", "media_type")
    placed = facts.join(printed, on=CELL, how="left").join(named, on="report_id", how="left")
    placed = placed.join(read, on="document_id", how="left").join(kinds, on="document_id", how="left")
    rows = placed.sort(CELL).collect()
    wanted = blocks.filter(pl.col("document_id").is_in(rows["document_id"].unique().to_list()))
    texts = wanted.select("document_id", "block", "text", "grid_cells").sort("document_id", "block").collect()
    at = {(document, block): (text, grid) for document, block, text, grid in texts.iter_rows()}
    return [_sampled(row, at) for row in rows.iter_rows(named=True)]


Blocks = dict[tuple[str, int], tuple[str | None, list[dict[str, Any]] | None]]
"""The text or the cells of each block of some documents."""


def _sampled(row: dict[str, Any], blocks: Blocks) -> SampledCell:
    text, grid = blocks[row["document_id"], row["block"]]
    before, behind = _in_paragraph(row, blocks) if text is not None else _in_row(row, grid or [])
    place = Place(*(row[name] for name in Place._fields))
    grids = tuple(block for (owner, block), (_, cells) in blocks.items() if owner == row["document_id"] and cells)
    same = {name: row[name] for name in _AS_STORED}
    return SampledCell(**same, grids=grids, place=place, before=before, behind=behind)


_AS_STORED = (
    *(YEAR, *CELL, "form", "value", "unit"),
    *("path", "organization", "source_url", "media_type", "printed"),
)


def _in_paragraph(row: dict[str, Any], blocks: Blocks) -> tuple[str, str]:
    """The letters before and behind the number; where a number is a paragraph of its own, those of its neighbours."""
    texts = [blocks.get((row["document_id"], row["block"] + step), (None, None))[0] for step in _NEIGHBOURS]
    own = texts[_NEIGHBOURS.index(0)] or ""
    above, below = (
        " ".join(text for text in some if text)
        for some in (texts[: _NEIGHBOURS.index(0)], texts[_NEIGHBOURS.index(0) + 1 :])
    )
    before, behind = f"{above} {own[: row['char_start']]}", f"{own[row['char_end'] :]} {below}"
    return before[-_AROUND:], behind[:_AROUND]


def _in_row(row: dict[str, Any], grid: list[dict[str, Any]]) -> tuple[str, str]:
    """The other cells of the number's row."""
    at = row["grid_row"]
    cells = [cell for cell in grid if cell["grid_row"] <= at < cell["grid_row"] + max(1, cell["row_span"])]
    cells.sort(key=lambda cell: int(cell["grid_column"]))
    place = next(
        n for n, cell in enumerate(cells) if (cell["grid_row"], cell["grid_column"]) == (at, row["grid_column"])
    )
    texts, own = [cell["text"] for cell in cells], cells[place]["text"]
    before = [*texts[:place], own[: row["char_start"]]]
    return " | ".join(before), " | ".join([own[row["char_end"] :], *texts[place + 1 :]])


def read_ticks(path: Path) -> SavedTicks:
    """The ticks that a page of an audit saved. Raises BadTicks where the file holds none."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        draw = Draw(tuple(map(_whole, told["years"])), _whole(told["sample"]), _whole(told["seed"]))
        ticks, digest = dict(told["ticks"]), str(told["cells"])
        if draw.size < 1:
            raise ValueError(f"a sample of {draw.size} cells")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadTicks(
            f"{path} is no file of ticks ({error}). Save it with the button of the page of `gk audit`."
        ) from error
    strange = sorted({str(tick) for tick in ticks.values() if tick not in get_args(Tick)})
    if strange:
        raise BadTicks(f"{path}: {strange[0]!r} is no tick. Ticks are {', '.join(get_args(Tick))}.")
    return SavedTicks(draw, digest, cast(dict[str, Tick], ticks))


def _whole(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError(f"{number!r} is no whole number")
    return number


def ticks_of(sample: Sample, saved: SavedTicks) -> list[Tick]:
    """The ticks of the sample in its order; unclear where nobody ticked. Raises BadTicks for ticks of other cells."""
    names = [cell.name for cell in sample.cells]
    strange = sorted(set(saved.by_name).difference(names))
    if strange or saved.digest != sample.digest:
        first = f"{strange[0]} is not in" if strange else "They are not of"
        raise BadTicks(
            f"{first} the sample that is drawn from the lake now, so the ticks are of other facts. Draw and look anew."
        )
    return [saved.by_name.get(name, "unclear") for name in names]

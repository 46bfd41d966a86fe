"""The rows of panel.settlements: what neighbouring years settle or veto in the reports of a year."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

import polars as pl

from gk_pipeline.facts.code import codes
from gk_pipeline.forms import FormTable
from gk_pipeline.panel.arrays import NOWHERE, Figures
from gk_pipeline.panel.evidence import NOTHING, Witness, evidence
from gk_pipeline.panel.settle import Contradiction, rule
from gk_pipeline.panel.testimony import LAST, NEXT, Testimony, testimonies
from gk_pipeline.schemas.exact import decimal, plain
from gk_pipeline.schemas.panel import Settlements


def settlements(
    pairs: pl.DataFrame,
    repairs: pl.DataFrame,
    now: Sequence[Figures],
    then: Sequence[Figures],
    following: Sequence[Figures],
) -> pl.DataFrame:
    """panel.settlements of a year: `pairs` are its current reports with their neighbours, `repairs` those of facts.

    A neighbour that is known to count the figures of others says nothing. In a table in which a person corrected a
    cell nothing is settled or vetoed: who saw the page knows better.
    """
    bodies = {row["report_id"]: row for row in pairs.iter_rows(named=True)}
    by_people = repairs.filter(repair_kind="reviewed").select("report_id", "table_code").unique()
    open_ones = repairs.join(by_people, on=["report_id", "table_code"], how="anti")
    by_table = open_ones.filter(pl.col("report_id").is_in(list(bodies))).sort("report_id", "table_code", "repair")
    wanted = by_table.select(
        *("report_id", "table_code", "item", "measure", "explanation", "value_to", "complete", "applied")
    )
    rows: list[tuple[object, ...]] = []
    for (report, table_code), changes in groupby(wanted.iter_rows(), key=itemgetter(0, 1)):
        body, own = bodies[report], _of_report(report, table_code, now)
        if own is not None:
            figures, at = own
            last = body["last_report_id"] if body["last_comparable"] else None
            after = body["next_report_id"] if body["next_comparable"] else None
            said = list(testimonies(figures, (last, then), (after, following)))
            for contradiction in _contradictions(figures, at, list(changes)):
                rows += _rows(body, figures.table, contradiction, said)
    return Settlements.of_rows(rows)


def _of_report(report: int, table_code: str, now: Sequence[Figures]) -> tuple[Figures, int] | None:
    for figures in now:
        at = figures.row_of(report)
        if figures.table.code == table_code and at != NOWHERE:
            return figures, at
    return None


def _contradictions(figures: Figures, at: int, changes: Sequence[tuple[object, ...]]) -> Iterator[Contradiction]:
    """The contradictions of one table: explanations of the same code rival each other."""
    table = figures.table
    code_of = {cell: number for number, code in enumerate(codes(table)) for cell in code.cells}
    found: dict[int, dict[object, dict[int, int]]] = {}
    about: dict[int, tuple[bool, bool]] = {}
    for _, _, item, measure, explanation, value, complete, applied in changes:
        cell = table.cell_at[str(item), str(measure)].index
        number = code_of[cell]
        found.setdefault(number, {}).setdefault(explanation, {})[cell] = _micro(value)
        about[number] = bool(complete), bool(applied)
    for number, explanations in found.items():
        complete, applied = about[number]
        known = figures.known[at] & ~figures.deduced[at] if applied else figures.known[at]
        printed = {cell: int(figures.published[at, cell]) for cell in known.nonzero()[0].tolist()}
        yield Contradiction(printed, tuple(explanations.values()), complete, applied)


def _micro(value: object) -> int:
    assert isinstance(value, Decimal)
    return int(value.scaleb(6))


def _rows(
    body: Mapping[str, object], table: FormTable, found: Contradiction, said: Sequence[Testimony]
) -> Iterator[tuple[object, ...]]:
    ruling = rule(found, said, {cell.index: cell.measure for cell in table.cells})
    if ruling is None:
        return
    heard = {one.neighbour for one in ruling.witnesses}
    neighbour = "both_years" if len(heard) > 1 else next(iter(heard))
    witnesses = (body["last_report_id"] if LAST in heard else None, body["next_report_id"] if NEXT in heard else None)
    year = int(str(body["report_year"]))
    told = evidence([_witness(one, found, year) for one in ruling.witnesses])
    for cell, value in ruling.values.items():
        place = table.cells[cell]
        printed = found.printed.get(cell)
        numbers = (_decimal(printed), _decimal(value))
        yield (
            *(body["report_id"], table.code, place.item, place.measure, body["organization_id"], ruling.kind),
            *(*numbers, neighbour, *witnesses, told),
        )


def _decimal(micro: int | None) -> Decimal | None:
    return None if micro is None else decimal(micro)


def _witness(one: Testimony, found: Contradiction, year: int) -> Witness:
    its_year = year - 1 if one.neighbour == LAST else year + 1
    off = one.left_over(found.printed)
    printed = NOTHING if off is None else plain(off + one.target)
    return Witness(one.row.law, one.row.scope, plain(one.target), its_year, printed)

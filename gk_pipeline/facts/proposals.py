"""Cells in doubt as entries for data/corrections, ready to be filled in by whoever looks at the page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

import polars as pl

from gk_pipeline.facts.correction_file import REQUIRED
from gk_pipeline.schemas.tables import CELL

GIVEN = ("report", "cell", "printed")
"""The fields of an entry that are filled in already."""
_MOST_EXPLANATIONS = 6
"""Explanations that are listed for a cell, of those that change it."""
_OURS = "#: "
"""Begins what a proposal says: other comments are a person's."""
_FIELD = re.compile(r"(?:- |  )(\w+):(.*)")
_HEADER = """\
#: Cells of {year} that contradict each other by the sums of the form. Look at the pages; where a number is wrong,
#: fill in its entry and move it to {year}.yaml. No run reads what is left here.
"""

Numbers = Mapping[str, Decimal]
"""What an explanation changes cells to, by table.item.measure."""


def proposals(doubtful: pl.DataFrame, repairs: pl.DataFrame, settlements: pl.DataFrame, year: int) -> str:
    """The cells of a year that are in doubt as entries without a value, a report at a time.

    `doubtful` are rows of facts.facts with the `path` of the report's file and the `ordinal` of the report in it;
    `repairs` and `settlements` are those of the year: what they say of a cell stands over its entry.
    """
    by_report: dict[int, list[Numbers]] = {}
    cell = pl.concat_str(CELL[1:], separator=".")
    changes = repairs.select("report_id", "explanation", cell, "value_to").sort("report_id", "explanation")
    for (report, _), rows in groupby(changes.iter_rows(), key=itemgetter(0, 1)):
        by_report.setdefault(report, []).append({name: value for _, _, name, value in rows})
    said = {tuple(row[name] for name in CELL): row for row in settlements.iter_rows(named=True)}
    lines = [_HEADER.format(year=year)]
    ordered = doubtful.sort("path", "ordinal", maintain_order=True)
    for name, cells in groupby(ordered.iter_rows(named=True), key=_report):
        lines.append(f"{_OURS}{name}")
        for row in cells:
            settled = said.get(tuple(row[name] for name in CELL))
            lines += [f"{_OURS}{hint}" for hint in _hints(row, by_report.get(row["report_id"], ()), settled)]
            lines += _entry(name, row)
    return "\n".join([*lines, ""])


def begun(text: str) -> int | None:
    """The first line of a proposal in which a person wrote something, counted from 1; None where nobody did."""
    for number, line in enumerate(text.splitlines(), start=1):
        field = _FIELD.fullmatch(line)
        ours = field is not None and (field[1] in GIVEN or (field[1] in REQUIRED and not field[2].strip()))
        if line.strip() and not line.startswith(_OURS) and not ours:
            return number
    return None


def _report(row: Mapping[str, object]) -> str:
    ordinal = row["ordinal"]
    return f"{row['path']}#{int(str(ordinal)) + 1}" if ordinal else str(row["path"])


def _hints(
    row: Mapping[str, object], explanations: Sequence[Numbers], settled: Mapping[str, object] | None
) -> Iterator[str]:
    """What other years say of a cell, then what it would be by each explanation, and what else would change with it."""
    if settled is not None:
        value = settled["value"]
        number = _number(value) if isinstance(value, Decimal) else "no number"
        kind = "settle it as" if settled["settlement_kind"] == "settled" else "contradict its correction and support"
        yield f"other years {kind} {number} ({settled['evidence']})"
    cell = ".".join(str(row[name]) for name in CELL[1:])
    own = [one for one in explanations if cell in one]
    for place, changes in enumerate(own[:_MOST_EXPLANATIONS]):
        others = [f"{name} {_number(value)}" for name, value in sorted(changes.items()) if name != cell]
        together = f", and then {', '.join(others)}" if others else ""
        yield f"{'or' if place else 'may be'} {_number(changes[cell])}{together}"
    if len(own) > _MOST_EXPLANATIONS:
        yield f"and {len(own) - _MOST_EXPLANATIONS} explanations more, see facts.repairs"


def _entry(report: str, row: Mapping[str, object]) -> Iterator[str]:
    reported = row["reported"]
    given = {
        "report": f'"{report}"',
        "cell": ".".join(str(row[name]) for name in CELL[1:]),
        "printed": _number(reported) if isinstance(reported, Decimal) else "",
    }
    for name in REQUIRED:
        yield f"{'- ' if name == REQUIRED[0] else '  '}{name}: {given.get(name, '')}".rstrip()


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"

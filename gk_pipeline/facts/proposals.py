"""Disputed cells as entries for data/corrections, ready to be filled in by whoever looks at the page."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

import polars as pl

from gk_pipeline.facts.correction_file import REQUIRED
from gk_pipeline.schemas.tables import CELL

_MOST_PROPOSED = 6
"""Numbers that are listed for a cell, of those that would settle its dispute."""
_HEADER = """\
# Cells of {year} that contradict each other by the sums of the form. Look at the pages; where a number is wrong,
# fill in its entry and move it to {year}.yaml. No run reads what is left here.
"""

Wanted = Mapping[tuple[object, ...], Sequence[Decimal]]
"""For a cell, by report_id, table, item and measure, the numbers that would settle its dispute."""


def proposals(disputed: pl.DataFrame, repairs: pl.DataFrame, year: int) -> str:
    """The disputed facts of a year as entries without a value, a report at a time.

    `disputed` are rows of facts.facts with the `path` of the report's file and the `ordinal` of the report in it;
    `repairs` are those of the year: what they would change a cell to stands over its entry.
    """
    wanted = {
        tuple(key): numbers
        for *key, numbers in repairs.group_by(CELL).agg(pl.col("value_to").unique().sort()).iter_rows()
    }
    lines = [_HEADER.format(year=year)]
    for report, rows in groupby(
        disputed.sort("path", "ordinal", maintain_order=True).iter_rows(named=True), key=_report
    ):
        lines.append(f"# {report}")
        lines += [line for row in rows for line in _entry(report, row, wanted)]
    return "\n".join([*lines, ""])


def _report(row: Mapping[str, object]) -> str:
    ordinal = row["ordinal"]
    return f"{row['path']}#{int(str(ordinal)) + 1}" if ordinal else str(row["path"])


def _entry(report: str, row: Mapping[str, object], wanted: Wanted) -> Iterator[str]:
    may_be = wanted.get(tuple(row[name] for name in CELL), ())
    if may_be:
        more = " ..." if len(may_be) > _MOST_PROPOSED else ""
        yield f"# it would be {', '.join(_number(one) for one in may_be[:_MOST_PROPOSED])}{more}"
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

"""Numbers of several years side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import altair as alt

from gk_pipeline.pictures.charts.bars import INK, NARROW
from gk_pipeline.pictures.charts.render import Chart

WIDTH_OF_A_YEAR, HEIGHT = 84, 220
APART, BAND = 6, 0.8
"""Pixels between two numbers that are written side by side, and the share of a year's width that its columns take."""
_AXIS = alt.Axis(labelAngle=0, domain=True, ticks=False, labelFontSize=12)
OTHER_INK = "#c9953b"
"""Beside INK it is told apart without colours too: it is lighter."""


class Column(NamedTuple):
    """A number of a year; without one its place stays empty. In a starred one not everything is counted."""

    year: int
    value: int | None
    starred: bool = False


def year_columns(numbers: Mapping[str, Sequence[Column]]) -> Chart:
    """A column for each number of each year; years without one leave a gap.

    Which is which its page says, in the language it is read in: the first is in INK, the second in OTHER_INK.
    """
    columns_of = [(name, column) for name, columns in numbers.items() for column in columns]
    rows = [
        {"name": name, "year": str(one.year), "value": one.value, "told": _told(one)}
        for name, one in columns_of
        if one.value is not None
    ]
    years = [str(year) for year in sorted({one.year for _, one in columns_of})]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("year:N", title=None, scale=alt.Scale(domain=years), axis=_AXIS),
        xOffset=alt.XOffset("name:N", sort=list(numbers)),
        y=alt.Y("value:Q", title=None, axis=None),
    )
    colours = alt.Scale(domain=list(numbers), range=[INK, OTHER_INK][: len(numbers)])
    columns = base.mark_bar().encode(color=alt.Color("name:N", scale=colours, legend=None))
    told = base.mark_text(dy=-6, fontSize=11).encode(text="told:N")
    longest = max((len(_told(one)) for _, one in columns_of), default=1)
    a_year = max(WIDTH_OF_A_YEAR, int(len(numbers) * (longest * NARROW + APART) / BAND))
    width = max(3, len(years)) * a_year
    return alt.layer(columns, told, view=alt.ViewBackground(stroke=None)).properties(width=width, height=HEIGHT)


def _told(column: Column) -> str:
    return "" if column.value is None else f"{column.value:,}{'*' if column.starred else ''}"

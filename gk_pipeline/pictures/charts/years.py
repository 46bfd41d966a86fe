"""Numbers of several years side by side."""

from collections.abc import Mapping, Sequence

import altair as alt

from gk_pipeline.pictures.charts.bars import INK, NARROW
from gk_pipeline.pictures.charts.render import Chart

WIDTH_OF_A_YEAR, HEIGHT = 84, 220
APART, BAND = 6, 0.8
"""Pixels between two numbers that are written side by side, and the share of a year's width that its columns take."""
OTHER_INK = "#c9953b"
"""Beside INK it is told apart without colours too: it is lighter."""


def year_columns(numbers: Mapping[str, Sequence[tuple[int, int]]]) -> Chart:
    """A column for each number of each year, the names of the numbers below; years without one stay empty."""
    rows = [
        {"name": name, "year": str(year), "value": value, "told": f"{value:,}"}
        for name, of_years in numbers.items()
        for year, value in of_years
    ]
    years = sorted({str(year) for of_years in numbers.values() for year, _ in of_years})
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "year:N", title=None, sort=years, axis=alt.Axis(labelAngle=0, domain=True, ticks=False, labelFontSize=12)
        ),
        xOffset=alt.XOffset("name:N", sort=list(numbers)),
        y=alt.Y("value:Q", title=None, axis=None),
    )
    colours = alt.Scale(domain=list(numbers), range=[INK, OTHER_INK][: len(numbers)])
    columns = base.mark_bar().encode(
        color=alt.Color("name:N", scale=colours, legend=alt.Legend(title=None, orient="top"))
    )
    told = base.mark_text(dy=-6, fontSize=11).encode(text="told:N")
    longest = max((len(f"{value:,}") for of_years in numbers.values() for _, value in of_years), default=1)
    a_year = max(WIDTH_OF_A_YEAR, int(len(numbers) * (longest * NARROW + APART) / BAND))
    width = max(3, len(years)) * a_year
    return alt.layer(columns, told, view=alt.ViewBackground(stroke=None)).properties(width=width, height=HEIGHT)

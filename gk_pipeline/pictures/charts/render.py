"""From a chart declared in altair to the SVG of a page, without a browser."""

import altair as alt
import vl_convert

from gk_pipeline.pictures.charts.bars import FONT

Chart = alt.Chart | alt.LayerChart | alt.FacetChart
"""A declared chart."""


def svg(chart: Chart) -> str:
    """The chart as SVG text; the same chart gives the same text."""
    return vl_convert.vegalite_to_svg(chart.configure(font=FONT).to_dict())

"""From a declared chart to the SVG that pages and the UI show."""

import altair as alt
import vl_convert

FONT = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"


Chart = alt.Chart | alt.LayerChart | alt.FacetChart
"""A declared chart."""


def svg(chart: Chart) -> str:
    """The chart as SVG text; the same chart gives the same text."""
    plain = chart.configure_view(stroke=None).configure(font=FONT)
    return vl_convert.vegalite_to_svg(plain.to_dict())

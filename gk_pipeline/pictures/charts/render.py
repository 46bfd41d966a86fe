"""From a declared chart to the SVG that pages and the UI show."""

from typing import cast

import altair as alt
import vl_convert

FONT = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"


def svg(chart: alt.Chart | alt.LayerChart) -> str:
    """The chart as SVG text; the same chart gives the same text."""
    plain = chart.configure_view(stroke=None).configure(font=FONT)
    return cast(str, vl_convert.vegalite_to_svg(plain.to_dict()))

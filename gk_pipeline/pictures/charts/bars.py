"""A bar for each of a few named numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

import altair as alt

from gk_pipeline.pictures.charts.render import Chart

INK, FAINT = "#4c78a8", "#e4e8ee"
WIDTH, BAR_HEIGHT = 420, 18


@dataclass(frozen=True)
class Bar:
    """A number as a bar: what it is, how long, and what stands behind it in words."""

    name: str
    length: float
    told: str


def count_bars(title: str, counts: Mapping[str, int]) -> Chart:
    """A bar for each count, in the order given, as long as the largest allows."""
    return bars(title, [Bar(name, count, f"{count:,}") for name, count in counts.items()], None)


def share_bars(title: str, shares: Mapping[str, tuple[int, int]]) -> Chart:
    """A bar for each part of a whole, on a scale from nothing to all; of a whole of nothing there is no bar."""
    lengths = {name: part / whole if whole else 0.0 for name, (part, whole) in shares.items()}
    return bars(title, [Bar(name, lengths[name], share_told(*shares[name])) for name in shares], 1.0)


def share_told(part: int, whole: int) -> str:
    """A share in per cent, cut off and not rounded, so that only all is 100 %."""
    return f"{1000 * part // whole / 10:.1f} % of {whole:,}" if whole else "none to judge"


def bars(title: str, told: list[Bar], longest: float | None) -> Chart:
    """Horizontal bars with their words at the end; `longest` is the length of a full bar, else the largest is full."""
    full = longest or max((bar.length for bar in told), default=0) or 1
    rows = [{"name": bar.name, "length": bar.length, "told": bar.told, "full": full} for bar in told]
    base = alt.Chart(alt.InlineData(values=rows), title=alt.Title(title, anchor="start")).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=320))
    )
    scale = alt.Scale(domain=[0, full])
    track = base.mark_bar(color=FAINT).encode(x=alt.X("full:Q", scale=scale, axis=None))
    drawn = base.mark_bar(color=INK).encode(x=alt.X("length:Q", scale=scale, axis=None))
    words = base.mark_text(align="left", dx=6).encode(x=alt.X("full:Q", scale=scale, axis=None), text="told:N")
    return alt.layer(track, drawn, words).properties(width=WIDTH, height={"step": BAR_HEIGHT})

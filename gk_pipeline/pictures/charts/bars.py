"""A bar for each of a few named numbers, as SVG.

Drawn here and not by a library of charts: every table of every year has one, and a library takes a second to start and
a tenth of one for each.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from gk_pipeline.pictures.labels import percent

INK, FAINT, TEXT = "#4c78a8", "#e4e8ee", "#1f2933"
FONT = "system-ui, 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif"
LONGEST, STEP, THICK, HEAD = 380, 20, 14, 30
"""Pixels: the longest bar, from bar to bar, the thickness of one, and what the title takes."""
NARROW, WIDE = 7, 13
"""Pixels that a letter of Latin and one of Chinese take."""


@dataclass(frozen=True)
class Bar:
    """A number as a bar: what it is, which part of the longest bar it fills, and the number in words."""

    name: str
    filled: float
    told: str


def count_bars(title: str, counts: Mapping[str, int]) -> str:
    """A bar for each count, in the order given; the largest is the longest."""
    largest = max(counts.values(), default=0) or 1
    return bars(title, [Bar(name, max(count, 0) / largest, f"{count:,}") for name, count in counts.items()])


def share_bars(title: str, shares: Mapping[str, tuple[int, int]]) -> str:
    """A bar for each part of a whole, on a scale from nothing to all; of a whole of nothing there is no bar."""
    filled = {name: part / whole if whole else 0.0 for name, (part, whole) in shares.items()}
    return bars(title, [Bar(name, filled[name], share_told(*shares[name])) for name in shares])


def share_told(part: int, whole: int) -> str:
    """A share as the pages write it, and what it is a share of."""
    return f"{percent(part, whole)} of {whole:,}" if whole else "none to judge"


def bars(title: str, drawn: Sequence[Bar]) -> str:
    """Horizontal bars between their names and their numbers, as SVG text; the same bars give the same text."""
    names = 8 + max((width_of(bar.name) for bar in drawn), default=0)
    numbers = 8 + max((width_of(bar.told) for bar in drawn), default=0)
    width, height = max(names + LONGEST + numbers, width_of(title) + 16), HEAD + STEP * len(drawn) + 6
    sizes = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    chart = Element("svg", sizes, xmlns="http://www.w3.org/2000/svg", role="img")
    chart.attrib.update({"font-family": FONT, "font-size": "12", "fill": TEXT})
    SubElement(chart, "rect", {**sizes, "fill": "white"})
    _text(chart, title, 4, 18, {"font-weight": "bold", "font-size": "13"})
    for number, bar in enumerate(drawn):
        top = HEAD + STEP * number
        _text(chart, bar.name, names - 6, top + 11, {"text-anchor": "end"})
        _rect(chart, names, top, LONGEST, FAINT)
        _rect(chart, names, top, LONGEST * bar.filled, INK)
        _text(chart, bar.told, names + LONGEST + 6, top + 11, {})
    return ElementTree.tostring(chart, "unicode")


def _rect(chart: Element, left: float, top: float, width: float, fill: str) -> None:
    SubElement(chart, "rect", x=f"{left:g}", y=f"{top:g}", width=f"{width:.1f}", height=f"{THICK}", fill=fill)


def _text(chart: Element, text: str, left: float, base: float, look: Mapping[str, str]) -> None:
    SubElement(chart, "text", {"x": f"{left:g}", "y": f"{base:g}", **look}).text = text


def width_of(text: str) -> int:
    """How many pixels a text takes at most."""
    return sum(WIDE if unicodedata.east_asian_width(letter) in "WF" else NARROW for letter in text)

"""What the styles of a Word file say that matters for what is read: hidden, struck out, raised, numbered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element

from gk_pipeline.documents.seen import BLACK, WHITE, Color, alike, hex_color, too_small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_OFF = frozenset(("0", "false", "off"))
_DEEPEST = 20
"""Styles that Word follows from one to the one it is based on; more only in a circle."""


class Numbered(NamedTuple):
    """Which list a paragraph is an item of, and on which level; what is not said is None."""

    list_id: str | None
    level: str | None


class Look(NamedTuple):
    """How letters look, as far as something says: whether hidden or struck out, raised or lowered, of which size.

    `lift` is above zero where they stand higher than others, `points` their size, `ground` what is painted below them.
    """

    hidden: bool | None = None
    struck: bool | None = None
    lift: int | None = None
    points: float | None = None
    color: Color | None = None
    ground: Color | None = None

    def over(self, other: "Look") -> "Look":
        """This look, and where it says nothing another one."""
        return Look._make(own if own is not None else below for own, below in zip(self, other, strict=True))

    @property
    def is_seen(self) -> bool:
        """Whether anybody sees such letters on a ground of another colour."""
        return not (self.hidden or (self.points is not None and too_small(self.points)))

    @property
    def is_pale(self) -> bool:
        """Whether such letters have the colour of what is painted below them, or else of paper."""
        return self.color is not None and alike(self.color, self.ground or WHITE)


_MARKER: Color = (1.0, 1.0, 0.0)
"""What stands for any colour of a marker: none of them hides letters."""
_UNSAID = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says itself or takes from the one it is based on; None where both are silent."""

    look: Look = _UNSAID
    numbered: Numbered | None = None


_PLAIN = Style()
LOOKS = ("vanish", "specVanish", "strike", "dstrike", "vertAlign", "position", "color", "sz", "shd", "highlight")
"""The properties of a run that matter for how it looks."""


class Styles:
    """The styles of a file by their id."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._known: dict[str | None, Style] = {None: _PLAIN}
        self.default_paragraph: str | None = None
        for element in root.iterfind(f"{W}style") if root is not None else ():
            style_id = element.get(f"{W}styleId", "")
            self._elements[style_id] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default", "0") not in _OFF:
                self.default_paragraph = style_id

    def get(self, style_id: str | None) -> Style:
        """The style; one that the file does not have says nothing."""
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id or "")
        return self._known[style_id]

    def _resolved(self, style_id: str) -> Style:
        look = Look()
        list_id: str | None = None
        level: str | None = None
        for _ in range(_DEEPEST):
            element = self._elements.get(style_id)
            if element is None:
                break
            run = element.find(f"{W}rPr")
            if run is not None:
                look = look.over(look_of(named(run, *LOOKS)))
            numbering = element.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                list_id = value_of(numbering, "numId") if list_id is None else list_id
                level = value_of(numbering, "ilvl") if level is None else level
            style_id = value_of(element, "basedOn") or ""
        return Style(look, Numbered(list_id, level) if list_id else None)


def look_of(says: Mapping[str, _Element]) -> Look:
    """How the properties of a run make it look, by their names."""
    if not says:
        return _UNSAID
    hidden = is_on(says["vanish"]) if "vanish" in says else None
    struck = any(map(is_on, (says.get("strike"), says.get("dstrike")))) if {"strike", "dstrike"} & says.keys() else None
    size = value(says.get("sz"))
    color, shade = value(says.get("color")), says.get("shd")
    ground = hex_color(shade.get(f"{W}fill", "")) if shade is not None else None
    return Look(
        True if is_on(says.get("specVanish")) else hidden,
        struck,
        _lift(value(says.get("vertAlign")), value(says.get("position"))),
        int(size[:4]) / 2 if size and size.isdecimal() else None,
        hex_color(color) or BLACK if color else None,
        _MARKER if "highlight" in says else ground,
    )


def _lift(align: str | None, position: str | None) -> int | None:
    """Above zero for letters that stand higher, below for lower ones, zero for the others; None where nothing says."""
    if align is None and position is None:
        return None
    by_position = int(position[:6]) if position and re.fullmatch(r"-?\d+", position) else 0
    return {"superscript": 1, "subscript": -1}.get(align or "", 0) or by_position


def child_of(parent: _Element, name: str) -> _Element | None:
    """The first child of that name; `find` takes twice the time, and there are thousands of runs and cells."""
    return next(parent.iterchildren(W + name), None)


def named(parent: _Element, *names: str) -> dict[str, _Element]:
    """Those of the children that have one of the names, by name."""
    return {child.tag[len(W) :]: child for child in parent.iterchildren(*map(W.__add__, names))}


def value(element: _Element | None) -> str | None:
    """The `val` of a property; None where it is not given."""
    return None if element is None else element.get(VAL)


def value_of(parent: _Element, name: str) -> str | None:
    """The `val` of a property among the children; None where it is not given."""
    return value(child_of(parent, name))


def is_on(element: _Element | None) -> bool:
    """Whether a property is given and switched on."""
    return element is not None and element.get(VAL, "1") not in _OFF

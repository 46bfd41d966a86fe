"""What the styles of a Word file say that matters for what is read: hidden, raised, numbered."""

from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_OFF = frozenset(("0", "false", "off"))
_DEEPEST = 20
"""Styles that Word follows from one to the one it is based on; more only in a circle."""


class Numbered(NamedTuple):
    """Which list a paragraph is an item of, and on which level; what is not said is None."""

    list_id: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says itself or takes from the one it is based on; None where both are silent."""

    hidden: bool | None = None
    raised: str | None = None
    numbered: Numbered | None = None


_PLAIN = Style()


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
        hidden: bool | None = None
        raised: str | None = None
        list_id: str | None = None
        level: str | None = None
        for _ in range(_DEEPEST):
            element = self._elements.get(style_id)
            if element is None:
                break
            run = element.find(f"{W}rPr")
            if run is not None:
                says = named(run, "vanish", "vertAlign")
                hidden = is_on(says["vanish"]) if hidden is None and "vanish" in says else hidden
                raised = value(says.get("vertAlign")) if raised is None else raised
            numbering = element.find(f"{W}pPr/{W}numPr")
            if numbering is not None:
                list_id = value_of(numbering, "numId") if list_id is None else list_id
                level = value_of(numbering, "ilvl") if level is None else level
            style_id = value_of(element, "basedOn") or ""
        return Style(hidden, raised, Numbered(list_id, level) if list_id else None)


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

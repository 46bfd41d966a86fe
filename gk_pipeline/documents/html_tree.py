"""What of a page's tree is on the page: text and the elements that shape it, in reading order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborNode

# fmt: off
BREAKING = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody",
    "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp",
))
# fmt: on
"""Elements that a browser puts on lines of their own."""

STRUCK_OUT = frozenset(("del", "s", "strike"))
IN_LINE = frozenset(("input", "sup"))

_BREAKING_DISPLAYS = frozenset(("block", "flex", "flow-root", "grid", "list-item", "table", "table-cell", "table-row"))
_NEVER_SHOWN = frozenset(
    ("head", "title", "script", "style", "noscript", "template", "iframe", "noframes", "noembed", "datalist")
)
_PARTS_OF_TABLES = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)

Attributes = Mapping[str, str | None]


class Open(NamedTuple):
    """An element begins that shapes the page: it breaks the line, or is `IN_LINE`.

    One that only its own style makes a block is called a `div`.
    """

    tag: str
    attributes: Attributes


class Close(NamedTuple):
    """Such an element ends."""

    tag: str


_CLOSE = {tag: Close(tag) for tag in BREAKING | STRUCK_OUT | IN_LINE}

Event = str | Open | Close
"""Text as the source has it, white space included, or the beginning or end of an element."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The events of a page, and the text of each hidden element that holds a table or a part of one."""

    events: tuple[Event, ...]
    hidden_tables: tuple[str, ...]


def shown(root: LexborNode) -> Shown:
    """Walk the tree without recursion: pages nest thousands of elements deep."""
    events: list[Event] = []
    hidden_tables: list[str] = []
    enclosing: list[tuple[LexborNode, Close | None]] = []
    node = root
    while True:
        following = None
        if node.is_text_node:
            events.append(node.text_content or "")
        elif node.is_element_node and (tag := node.tag or "") not in _NEVER_SHOWN:
            attributes = node.attributes
            display = _display(attributes["style"]) if "style" in attributes else None
            if display == "none" or "hidden" in attributes:
                if tag in _PARTS_OF_TABLES or node.css_first("table"):
                    hidden_tables.append(" ".join(node.text_lexbor().split()))
            else:
                closing = _CLOSE.get("div" if display in _BREAKING_DISPLAYS and tag not in _CLOSE else tag)
                if closing:
                    events.append(Open(closing.tag, attributes))
                following = node.first_child
                if following is not None:
                    enclosing.append((node, closing))
                elif closing:
                    events.append(closing)
        while following is None:
            if not enclosing:
                return Shown(tuple(events), tuple(hidden_tables))
            following = node.next
            if following is None:
                node, closing = enclosing.pop()
                if closing:
                    events.append(closing)
        node = following


def _display(style: str | None) -> str | None:
    declared = _DISPLAY.findall(style) if style and "display" in style.lower() else None
    return str(declared[-1]).lower() if declared else None

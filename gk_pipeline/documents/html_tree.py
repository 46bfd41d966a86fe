"""What of a page's tree is on the page: its markup as the parser repaired it, without what a browser does not show."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

# fmt: off
BREAKING = (
    "p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "address", "article", "aside", "blockquote", "body",
    "center", "dd", "del", "details", "dialog", "dir", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "header", "hgroup", "hr", "html", "legend", "main", "menu", "nav", "ol", "optgroup", "option", "s", "search",
    "section", "select", "strike", "summary", "ul",
)
# fmt: on
"""Elements that a browser puts on lines of their own, and those that strike text out; the frequent ones first."""
PREFORMATTED = ("pre", "textarea", "listing", "plaintext", "xmp")
PARTS_OF_TABLES = ("td", "tr", "th", "tbody", "thead", "tfoot", "caption")
"""These break the line too."""

_KEEPING_PLACE = frozenset((*BREAKING, *PREFORMATTED, *PARTS_OF_TABLES, "table", "input", "sup"))
_BREAKING_DISPLAYS = frozenset(("block", "flex", "flow-root", "grid", "list-item", "table", "table-cell", "table-row"))
_NEVER_SHOWN = frozenset(
    (
        *("head", "title", "meta", "link", "script", "style", "noscript", "template"),
        *("iframe", "noframes", "noembed", "datalist"),
    )
)
_UNESCAPED = frozenset(("plaintext", "xmp"))
_TABULAR = frozenset((*PARTS_OF_TABLES, "table")) - {"caption"}
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
SPECIAL = ", ".join((*sorted(_NEVER_SHOWN | _UNESCAPED), "[hidden]", '[style*="display" i]'))
"""Selects all that is not simply shown, and with it what tells of the page."""


class Shown(NamedTuple):
    """The markup of a page, and the text of each hidden element that holds a table or a part of one.

    The markup nests as it says, and no `<`, `>` or `&` in its texts and values of attributes is left unescaped.
    """

    markup: str
    hidden_tables: tuple[str, ...]


def shown(parser: LexborHTMLParser, root: LexborNode, special: Sequence[LexborNode]) -> Shown:
    """What of the page under `root` is shown. Takes the `SPECIAL` elements out of its tree where they are not."""
    hidden_tables: list[str] = []
    for node in special:
        if node.parent is None:  # It went with an element around it.
            continue
        tag = node.tag or ""
        if tag in _NEVER_SHOWN:
            node.decompose()
            continue
        attributes = node.attributes
        display = _display(attributes.get("style"))
        if display == "none" or "hidden" in attributes:
            if tag in _TABULAR or node.css_first("table"):
                hidden_tables.append(" ".join(node.text_lexbor().split()))
            if node.mem_id == root.mem_id:
                return Shown("", tuple(hidden_tables))
            node.decompose()
        elif tag in _UNESCAPED:
            _escape(parser, node)
        elif display in _BREAKING_DISPLAYS and tag not in _KEEPING_PLACE:
            node.insert_before(parser.create_node("hr"))
            node.insert_after(parser.create_node("hr"))
    return Shown(root.html or "", tuple(hidden_tables))


def is_shown(node: LexborNode) -> bool:
    """Whether a frame, or another element of a page that was just parsed, is not hidden by what is around it."""
    around: LexborNode | None = node
    while around is not None:
        attributes = around.attributes
        if "hidden" in attributes or _display(attributes.get("style")) == "none":
            return False
        if around.tag in _NEVER_SHOWN and around.mem_id != node.mem_id:
            return False
        around = around.parent
    return True


def _display(style: str | None) -> str | None:
    declared = _DISPLAY.findall(style) if style else None
    return str(declared[-1]).lower() if declared else None


def _escape(parser: LexborHTMLParser, node: LexborNode) -> None:
    """Put the text of an element, which would be written as it is, into one where markup is escaped."""
    text = node.first_child
    if text is not None and text.is_text_node:
        escaped = parser.create_node("pre")
        escaped.insert_child(text.text_content or "")
        text.replace_with(escaped, move=True)

"""What becomes of an element that is not simply shown: left out, its letters blanked, or set apart from its line."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gk_pipeline.documents.html_style import LETTERS, Effect, declared, has_background, resolved
from gk_pipeline.documents.html_tags import APART, KEEPING_PLACE, TABULAR
from gk_pipeline.documents.seen import Unseen, unread_digits

_DIGIT = re.compile(r"\d")
_MARKS: dict[Effect, tuple[str, str]] = {
    "raised": ("sup", "sub"),
    "lowered": ("sub", "sub"),
    "apart": (APART, APART),
    "block": ("hr", "hr"),
}
"""What is put before an element and behind it; `sup` says that digits behind it stand higher, `sub` lower."""


class Effects:
    """Changes the tree of a page, and keeps what it takes out: tables, and text with digits.

    `is_styled` says that there are style sheets, which may tell more of an element that has a class.
    """

    def __init__(self, parser: LexborHTMLParser, is_styled: bool) -> None:
        self.unseen = Unseen()
        self._parser = parser
        self._is_styled = is_styled
        self._hidden_tables: list[str] = []

    @property
    def hidden_tables(self) -> tuple[str, ...]:
        """The text of each hidden element that holds a table or a part of one."""
        return tuple(self._hidden_tables)

    def apply(self, node: LexborNode, found: Effect) -> None:
        """Make of an element what a browser shows of it."""
        if found == "gone":
            self.note_hidden(node)
            node.decompose()
        elif found == "unseen":
            self.note_hidden(node)
            self._empty(node)
        elif found == "struck":
            self.unseen.struck.append(node.text_lexbor())
            self._empty(node)
        elif found in LETTERS:
            self._blank(node, found)
        elif found == "reversed":
            self._unread([text for text in node.traverse(include_text=True) if text.is_text_node])
        elif node.tag not in KEEPING_PLACE:
            before, behind = _MARKS[found]
            node.insert_before(self._parser.create_node(before))
            node.insert_after(self._parser.create_node(behind))

    def set_apart_parts(self, formula: LexborNode) -> None:
        """Keep the digits of a formula's parts, which stand on several heights, from being read as one number."""
        for part in list(formula.iter())[1:]:
            part.insert_before(self._parser.create_node("sub"))
        formula.insert_after(self._parser.create_node("sub"))

    def fold(self, details: LexborNode) -> None:
        """Leave of an element that unfolds only what is seen before it does."""
        for child in list(details.iter()):
            if child.tag != "summary":
                self.apply(child, "gone")

    def note_hidden(self, node: LexborNode) -> None:
        """Keep what an element holds that is not seen, where it may be of the report."""
        text = node.text_lexbor()
        if node.tag in TABULAR or node.css_first("table"):
            self._hidden_tables.append(" ".join(text.split()))
        elif _DIGIT.search(text):
            self.unseen.hidden.append(text)

    def _empty(self, node: LexborNode) -> None:
        """Take out what an element holds; cells keep their places."""
        if node.tag not in TABULAR:
            node.insert_before(" ")
            node.decompose()
            return
        for cell in [node] if node.tag in ("td", "th") else node.css("td, th"):
            for child in list(cell.iter(include_text=True)):
                child.decompose()

    def _blank(self, node: LexborNode, found: Effect) -> None:
        """Take out the letters of an element that nobody sees; those in which nobody knows stay, without digits."""
        texts = [text for text in self._own_texts(node, LETTERS[found]) if (text.text_content or "").strip()]
        if found == "pale":
            ground = self._ground(node)
            if ground == "unknown":
                self._unread(texts)
            if ground != "white":
                return
        for text in texts:
            if _DIGIT.search(text.text_content or ""):
                self.unseen.hidden.append(text.text_content or "")
            text.replace_with(" ")

    def _unread(self, texts: list[LexborNode]) -> None:
        for text in texts:
            written = text.text_content or ""
            if _DIGIT.search(written):
                self.unseen.unclear.append(written)
                text.replace_with(unread_digits(written))

    def _own_texts(self, node: LexborNode, property_: str) -> Iterator[LexborNode]:
        """The texts of an element but those in elements that declare the property anew, or may by their class."""
        within = list(node.iter(include_text=True))
        while within:
            child = within.pop()
            if child.is_text_node:
                yield child
            elif child.is_element_node and not self._declares(child, property_):
                within += child.iter(include_text=True)

    def _declares(self, node: LexborNode, property_: str) -> bool:
        attributes = node.attributes
        by_class = self._is_styled and "class" in attributes and property_ != "visib"
        return by_class or property_ in attributes or property_ in (attributes.get("style") or "").lower()

    def _ground(self, node: LexborNode) -> str:
        """What lies under the text of an element: `white`, `painted`, or `unknown` where a sheet may paint it."""
        around: LexborNode | None = node
        ground = "white"
        while around is not None and around.is_element_node:
            attributes = around.attributes
            if "bgcolor" in attributes or "background" in attributes:
                return "painted"
            if has_background(resolved(declared(attributes.get("style") or ""))):
                return "painted"
            if self._is_styled and ("class" in attributes or "id" in attributes):
                ground = "unknown"
            around = around.parent
        return ground

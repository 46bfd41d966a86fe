"""What of a page's tree is on the page: its markup as the parser repaired it, without what a browser does not show."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gk_pipeline.documents.html_effects import Effects
from gk_pipeline.documents.html_sheet import rules_of, selected, style_of
from gk_pipeline.documents.html_style import Effect, effect, effect_of, telling_words
from gk_pipeline.documents.seen import Unseen

_TELLING = ("head", "title", "meta", "link", "script", "style")
_UNESCAPED = ("plaintext", "xmp")
_PASSED_OVER = ("noscript", "template", "iframe", "noframes", "noembed", "datalist")
_NEVER_SHOWN = frozenset((*_TELLING, *_PASSED_OVER))
_BY_TAG: dict[str, Effect] = {
    **dict.fromkeys(("audio", "video", "canvas", "meter", "progress", "rp", "dialog"), "gone"),
    **dict.fromkeys(("s", "strike", "del"), "struck"),
    **dict.fromkeys(("svg", "button", "object"), "apart"),
    "rt": "raised",
    "bdo": "reversed",
}
"""What an element's name says of how it is seen; a dialog may be open."""
_FORMULAS = ("msup", "msub", "msubsup", "mover", "munder", "munderover", "mroot", "mfrac")
"""Formulas whose parts stand on several heights; 22 with a raised 2 is no 22 with a footnote in them."""
_DIGIT = re.compile(r"\d")

_ALWAYS = ", ".join(_TELLING)
_SPECIAL = sorted((*_BY_TAG, *_FORMULAS, *_PASSED_OVER, *_UNESCAPED, "details", "select"))
_BY_LETTER = groupby(_SPECIAL, key=itemgetter(0))
_NAMES = "|".join(f"{letter}(?:{'|'.join(name[1:] for name in names)})" for letter, names in _BY_LETTER)
_SELDOM = re.compile(rf"<({_NAMES})[\s/>]".encode())
"""Elements that most pages are without; their first letters are told first, since every tag is asked."""
_PALE = re.compile(rb"color(?<=\Wcolor)\s*=\s*[\"']?\s*(?:#[ef]|white|snow|ivory)")
"""An attribute, of a `font` perhaps; a search is fast that begins with letters."""
_STYLE = re.compile(rb"style\s*=\s*(\"[^\"]*|'[^']*|[^\s\"'>]+)")


class Shown(NamedTuple):
    """The markup of a page, the text of each hidden element with a table or a part of one, and what else is not seen.

    The markup nests as it says, and no `<`, `>` or `&` in its texts and values of attributes is left unescaped.
    """

    markup: str
    hidden_tables: tuple[str, ...]
    unseen: Unseen


def special(parser: LexborHTMLParser, markup: str) -> list[LexborNode]:
    """The elements of a page that are not simply shown, and with them those that tell of it."""
    # What a page has not is not looked for: every selector is tried on every element.
    lowered = markup.encode(errors="ignore").lower()
    tags = sorted({tag.decode() for tag in _SELDOM.findall(lowered)})
    attributes = [f"[{name}]" for name in ("hidden", "popover") if name.encode() in lowered]
    attributes += ["font[color]"] if _PALE.search(lowered) else []
    styles = unescape(b"\n".join(set(_STYLE.findall(lowered))).decode())
    styled = (f'[style*="{word}" i]' for word in telling_words(styles))
    return parser.css(", ".join((_ALWAYS, *tags, *attributes, *styled)))


def shown(parser: LexborHTMLParser, root: LexborNode, special: Sequence[LexborNode]) -> Shown:
    """What of the page under `root` is shown. Takes the `special` elements out of its tree where they are not."""
    rules = rules_of(node.text_lexbor() for node in special if node.tag == "style")
    effects = Effects(parser, bool(rules) or any(_is_sheet(node) for node in special))
    by_sheets = (
        (node, effect(style_of(node, rules, node.attributes.get("style"))))
        for node in selected(parser, rules)
        if node.parent is not None and _DIGIT.search(node.text_lexbor())
    )
    by_itself = ((node, _effect(node)) for node in special if node.parent is not None)
    for node, found in chain(by_sheets, by_itself):  # One without a parent went with an element around it.
        tag = node.tag or ""
        if tag in _NEVER_SHOWN:
            node.decompose()
        elif tag in _UNESCAPED:
            _escape(parser, node)
        elif tag in _FORMULAS:
            effects.set_apart_parts(node)
        elif tag == "details" and found is None and "open" not in node.attributes:
            effects.fold(node)
        elif found in ("gone", "unseen", "struck") and node.mem_id == root.mem_id:
            effects.note_hidden(node)
            return Shown("", effects.hidden_tables, effects.unseen)
        elif found is not None:
            effects.apply(node, found)
        elif tag == "select":
            _leave_chosen(node)
    return Shown(root.html or "", effects.hidden_tables, effects.unseen)


def is_shown(node: LexborNode) -> bool:
    """Whether a frame, or another element of a page that was just parsed, is not hidden by what is around it."""
    around: LexborNode | None = node
    while around is not None and around.is_element_node:
        if around.tag in _NEVER_SHOWN and around.mem_id != node.mem_id:
            return False
        if _effect(around) in ("gone", "unseen", "invisible"):
            return False
        around = around.parent
    return True


def _effect(node: LexborNode) -> Effect | None:
    """The effect of an element's name and of its own attributes."""
    tag, attributes = node.tag or "", node.attributes
    if "hidden" in attributes or "popover" in attributes:
        return "gone"
    if tag == "font" and attributes.get("color"):
        return effect_of(f"color:{attributes['color']};{attributes.get('style') or ''}")
    by_tag = _BY_TAG.get(tag)
    is_plain = (tag == "dialog" and "open" in attributes) or (tag == "bdo" and not _is_backwards(attributes))
    if by_tag is None or is_plain:
        return effect_of(attributes.get("style") or "")
    return "gone" if tag == "object" and attributes.get("data") else by_tag


def _leave_chosen(select: LexborNode) -> None:
    """Take out of a list that folds down the entries that are not chosen; one that stands open shows them all."""
    options = select.css("option")
    named = [option for option in options if "selected" in option.attributes]
    chosen = (named[-1:] or [option for option in options if "disabled" not in option.attributes])[:1]
    stands_open = "multiple" in select.attributes or select.attributes.get("size") not in (None, "", "0", "1")
    if stands_open or not chosen or chosen[0].attributes.get("label"):
        return
    for option in options:
        if option.mem_id != chosen[0].mem_id:
            option.decompose()


def _is_backwards(attributes: Mapping[str, str | None]) -> bool:
    return (attributes.get("dir") or "").lower() == "rtl"


def _is_sheet(node: LexborNode) -> bool:
    return node.tag == "link" and "stylesheet" in (node.attributes.get("rel") or "").lower()


def _escape(parser: LexborHTMLParser, node: LexborNode) -> None:
    """Put the text of an element, which would be written as it is, into one where markup is escaped."""
    text = node.first_child
    if text is not None and text.is_text_node:
        escaped = parser.create_node("pre")
        escaped.insert_child(text.text_content or "")
        text.replace_with(escaped, move=True)

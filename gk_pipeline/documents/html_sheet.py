"""The style sheets that stand in a page: what they say of its elements, by selectors of names, classes and ids.

Rules for other media than the screen, and for states of an element such as `:hover`, are passed over.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gk_pipeline.documents.html_style import Declared, declared, effect, resolved, telling_words

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MEDIA = re.compile(r"@([\w-]+)([^{};]*)\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}")
_RULE = re.compile(r"([^{};@]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[\w.#*>\s\-\u0080-\uffff]+")
_SCREEN = re.compile(r"\s*(?:(?:only\s+)?screen|all)?\s*")
_PLAIN = ("block", "apart", None)
"""Effects for which no rule is looked up: they are too common, and lose nothing."""


class Rule(NamedTuple):
    """What a sheet declares of the elements that a selector selects; of two rules the higher `weight` goes first."""

    selector: str
    weight: tuple[int, int, int]
    declared: Declared


def rules_of(sheets: Iterable[str]) -> list[Rule]:
    """The rules of sheets from the weakest to the strongest; none where no sheet says what has an effect."""
    rules: list[Rule] = []
    for sheet in sheets:
        if not any(telling_words(sheet.lower())):
            continue
        css = _MEDIA.sub(_on_screen, _COMMENT.sub(" ", sheet))
        for selectors, style in _RULE.findall(css):
            says = declared(style)
            rules += (Rule(one, _weight(one), says) for one in map(str.strip, selectors.split(",")) if _is_simple(one))
    return sorted(rules, key=lambda rule: rule.weight)


def telling(rules: Sequence[Rule]) -> str:
    """A selector of all elements on which some rule has an effect; empty where there are none."""
    return ", ".join(dict.fromkeys(rule.selector for rule in rules if effect(resolved(rule.declared)) not in _PLAIN))


def selected(parser: LexborHTMLParser, rules: Sequence[Rule]) -> list[LexborNode]:
    """The elements on which some rule has an effect."""
    selector = telling(rules)
    return parser.css(selector) if selector else []


def style_of(node: LexborNode, rules: Sequence[Rule], style: str | None) -> dict[str, str]:
    """The properties of an element by its sheets and its own style."""
    found: dict[str, str] = {}
    for rule in rules:
        if node.css_matches(rule.selector):
            found |= rule.declared
    important = {name: value for name, value in found.items() if name.endswith("!")}
    return resolved(found | declared(style or "") | important)


def _on_screen(media: re.Match[str]) -> str:
    return media[3] if media[1] == "media" and _SCREEN.fullmatch(media[2]) else " "


def _is_simple(selector: str) -> bool:
    return bool(selector) and _SELECTOR.fullmatch(selector) is not None and not selector.startswith(">")


def _weight(selector: str) -> tuple[int, int, int]:
    names = sum(part[0] not in ".#*" for part in selector.replace(">", " ").split())
    return selector.count("#"), selector.count("."), names

"""How much markup a page may have, told before it is parsed: the parser takes time that grows with a square."""

import re
from itertools import accumulate

from gk_pipeline.documents.document import Unreadable

MAX_TAGS = 1_000_000
MAX_DEPTH = 20_000
"""Elements in elements."""
MAX_ATTRIBUTES = 10_000
"""Of one element."""

_TAG = re.compile(
    r"<(/?)(?!(?:p|li|d[dt]|t[dhr]|t(?:body|head|foot)|option|br|hr|img|input|link|meta)\b)[a-z]", re.IGNORECASE
)
"""Tags but those that close by themselves or hold nothing."""

_ATTRIBUTE = r"""[\s/]*+(?:=|[^\s/>=])[^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+"""
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_WITH_ATTRIBUTES = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<(?P<name>[a-z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE})*+)",
    re.IGNORECASE | re.DOTALL,
)
_STRETCH = MAX_ATTRIBUTES // 4
"""Where no stretch of that length is without a `>`, two tags that hold none together have fewer attributes."""
_END_IN_VALUE = re.compile(r"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")
"""Only in a quoted value can a tag hold a `>`."""
_ROOT = re.compile(r"<[hHbB][tToO][mMdD][lLyY]")
_ONE_ELEMENT = frozenset(("html", "body"))
"""Of these a page has one, which gets the attributes of all its tags."""

_ADVICE = "Save the report itself, without the pages or data around it."


def check_markup(markup: str) -> None:
    """Raise `Unreadable` where a page has more of anything than a report comes near to."""
    tags = markup.count("<")
    if tags > MAX_DEPTH and _depth(markup) > MAX_DEPTH:
        raise Unreadable(
            "too_deep",
            f"The page nests elements more than {MAX_DEPTH:,} deep; no report comes near that.",
            _ADVICE,
        )
    if tags > MAX_TAGS:
        raise Unreadable(
            "too_many_tags", f"The page has more than {MAX_TAGS:,} tags; no report comes near that.", _ADVICE
        )
    if _may_have_many_attributes(markup) and _most_attributes(markup) > MAX_ATTRIBUTES:
        raise Unreadable(
            "too_many_attributes",
            f"An element of the page has more than {MAX_ATTRIBUTES:,} attributes; no report comes near that.",
            _ADVICE,
        )


def _depth(markup: str) -> int:
    """How deep elements may nest at most."""
    return max(accumulate(-1 if tag[1] else 1 for tag in _TAG.finditer(markup)), default=0)


def _may_have_many_attributes(markup: str) -> bool:
    """Whether the attributes have to be counted: an attribute takes a character at least, and most tags are short."""
    stretches = range(0, len(markup) - _STRETCH + 1, _STRETCH)
    return (
        any(markup.find(">", at, at + _STRETCH) < 0 for at in stretches)
        or _END_IN_VALUE.search(markup) is not None
        or len(_ROOT.findall(markup)) > len(_ONE_ELEMENT)
    )


def _most_attributes(markup: str) -> int:
    """The attributes of the element that has the most; those with a handful are not counted."""
    most, of_one = 0, dict.fromkeys(_ONE_ELEMENT, 0)
    for tag in _WITH_ATTRIBUTES.finditer(markup):
        name, attributes = (tag["name"] or "").lower(), tag["attributes"] or ""
        if name in of_one:
            of_one[name] += len(_ATTRIBUTES.findall(attributes))
        elif len(attributes) > MAX_ATTRIBUTES:
            most = max(most, len(_ATTRIBUTES.findall(attributes)))
    return max(most, *of_one.values())

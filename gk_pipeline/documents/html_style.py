"""What a style says of how its element is seen: not at all, struck out, raised or lowered, or apart from its line."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from gk_pipeline.documents.seen import WHITE, Color, alike, hex_color, too_faint, too_small

Effect = Literal[
    "gone", "unseen", "invisible", "tiny", "clear", "pale", "struck", "reversed", "raised", "lowered", "apart", "block"
]
"""What is `gone` takes no place on the page, what is `unseen` may; `pale` is as white as paper, `clear` without colour;
what is `apart` does not touch what stands beside it."""
LETTERS: Mapping[Effect, str] = {"invisible": "visib", "tiny": "font-size", "clear": "color", "pale": "color"}
"""Effects on letters, which an element within may undo, and the property by which it does."""
Declared = Mapping[str, str]

_WORDS: Mapping[str, re.Pattern[str] | None] = {
    "display": None,
    "visi": None,
    "opacity": None,
    "line-through": None,
    "position": re.compile(r"position\s*:\s*(?:abs|fix|rel)"),
    "indent": re.compile(r"indent\s*:\s*-\d{3}"),
    "margin": re.compile(r"margin[^;\"']*-\d{3}"),
    "clip": None,
    "scale(0": None,
    "bidi": None,
    "float": re.compile(r"float\s*:\s*[lr]"),
    "vertical-align": re.compile(r"vertical-align\s*:\s*(?:su|text-|[-+.\d])"),
    "color": re.compile(r"[\s\"';{]color\s*:\s*(?:#[ef]|white|rgba?\(|transp|hsla?\(|snow|ivory)"),
    "font-size": re.compile(r"font-size\s*:\s*(?:[01]?\.|0|[12](?:p|\.))"),
    "overflow": re.compile(r"(?:width|height)\s*:\s*0"),
    "/*": None,
}
"""What no style is without that has an effect, in small letters; where only some of its values have one, those."""

# fmt: off
_BREAKING = frozenset(("block", "flex", "flow-root", "grid", "list-item", "table", "table-cell", "table-row"))
_APART = frozenset(("inline-block", "inline-flex", "inline-grid", "inline-table"))
_DISPLAYS = _BREAKING | _APART | frozenset((
    "none", "inline", "contents", "run-in", "ruby", "initial", "inherit", "unset", "revert", "table-caption",
    "table-column", "table-column-group", "table-footer-group", "table-header-group", "table-row-group",
    "-webkit-box", "-webkit-flex", "-ms-flexbox", "-webkit-inline-box",
))
# fmt: on
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_IMPORTANT = re.compile(r"\s*!\s*important$")
_LENGTH = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))\s*(px|pt|em|rem|%|)")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "": 0.75}
_FAR = -200.0
"""Points from which on something that is moved to the left or up has left the page."""
_NUMBER = re.compile(r"-?[\d.]+")


def telling_words(styles: str) -> Iterator[str]:
    """Words of which one stands in every style that may have an effect, as far as those in small letters given do."""
    for word, value in _WORDS.items():
        if word in styles and (value is None or value.search(styles)):
            yield word


def declared(style: str) -> dict[str, str]:
    """The properties of a style; `name!` where one is declared to be important, which goes before others."""
    found: dict[str, str] = {}
    plain = _COMMENT.sub(" ", style) if "/*" in style else style
    for declaration in plain.lower().split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip(), value.strip()
        bare = _IMPORTANT.sub("", value)
        if name == "display" and bare not in _DISPLAYS:
            continue  # a browser passes over what it does not know
        found[name if bare == value else f"{name}!"] = bare
    return found


def resolved(found: Declared) -> dict[str, str]:
    """The properties with those that are important in the place of others."""
    return {name.rstrip("!"): value for name, value in sorted(found.items(), key=lambda item: item[0].endswith("!"))}


@lru_cache(maxsize=4096)
def effect_of(style: str) -> Effect | None:
    """The effect of a style attribute."""
    return effect(resolved(declared(style)))


def effect(found: Declared) -> Effect | None:
    """The effect of properties; None where the element is simply shown."""
    display = found.get("display")
    if display == "none" or found.get("visibility") == "collapse":
        return "gone"
    if _is_out_of_sight(found):
        return "unseen"
    if "line-through" in found.get("text-decoration", "") + found.get("text-decoration-line", ""):
        return "struck"
    if (letters := _letters(found)) is not None:
        return letters
    if "override" in found.get("unicode-bidi", "") and found.get("direction") == "rtl":
        return "reversed"
    if display in _BREAKING:
        return "block"
    if (height := _height(found)) is not None:
        return "raised" if height > 0 else "lowered"
    is_placed = found.get("position") in ("absolute", "fixed") or found.get("float") in ("left", "right")
    return "apart" if is_placed or display in _APART else None


def has_background(found: Declared) -> bool:
    """Whether the properties paint something below the text."""
    painted = {found.get(name, "none") for name in ("background", "background-color", "background-image")}
    return any(one not in ("none", "transparent", "inherit", "initial", "white", "#fff", "#ffffff") for one in painted)


def _letters(found: Declared) -> Effect | None:
    if found.get("visibility") == "hidden":
        return "invisible"
    size, color = _points(found.get("font-size")), found.get("color", "")
    if size is not None and too_small(size):
        return "tiny"
    if _is_transparent(color):
        return "clear"
    red_green_blue = _color(color)
    is_pale = red_green_blue is not None and alike(red_green_blue, WHITE)
    return "pale" if is_pale and not has_background(found) else None


def _is_out_of_sight(found: Declared) -> bool:
    """Whether the element with all that is in it cannot be seen: clear, clipped to nothing, or beside the page."""
    opacity, clip, transform = (found.get(name, "") for name in ("opacity", "clip", "transform"))
    clips = found.get("overflow", found.get("overflow-x", "")) in ("hidden", "clip")
    sides = (_points(found.get(f"{most}{side}")) for most in ("", "max-") for side in ("width", "height"))
    moved = [_points(found.get(name)) for name in ("text-indent", "margin-left", "margin-top")]
    if found.get("position") in ("absolute", "fixed", "relative"):
        moved += (_points(found.get(name)) for name in ("left", "top", "right", "bottom"))
    return (
        _is_faint(opacity)
        or (clips and any(side == 0 for side in sides))
        or any(length is not None and length <= _FAR for length in moved)
        or ("rect" in clip and all(float(number) <= 1 for number in _numbers(clip)))
        or re.search(r"scale\(0[,)]", transform) is not None
    )


def _is_faint(opacity: str) -> bool:
    numbers = _numbers(opacity)
    return len(numbers) == 1 and too_faint(float(numbers[0]) / (100 if opacity.endswith("%") else 1))


def _is_transparent(color: str) -> bool:
    numbers = _numbers(color) if color.startswith(("rgba", "hsla", "rgb(")) else []
    return color == "transparent" or (len(numbers) == 4 and too_faint(float(numbers[3])))


def _color(value: str) -> Color | None:
    if value in ("white", "snow", "ivory"):
        return WHITE
    if value.startswith("#"):
        return hex_color(value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:4]))
    numbers = _numbers(value) if value.startswith("rgb") else []
    return (float(numbers[0]) / 255, float(numbers[1]) / 255, float(numbers[2]) / 255) if len(numbers) > 2 else None


def _height(found: Declared) -> float | None:
    """By how much an element in a line stands higher; None where it does not."""
    align = found.get("vertical-align", "")
    if align in ("super", "text-top", "sub", "text-bottom"):
        return 1.0 if align in ("super", "text-top") else -1.0
    top, bottom = (
        (_points(found.get("top")), _points(found.get("bottom")))
        if found.get("position") == "relative"
        else (None, None)
    )
    lifts = (_points(align), -top if top else None, bottom)
    return next((lift for lift in lifts if lift), None)


def _points(value: str | None) -> float | None:
    length = _LENGTH.fullmatch(value) if value else None
    return float(length[1]) * _POINTS[length[2]] if length else None


def _numbers(value: str) -> list[str]:
    return [number for number in _NUMBER.findall(value) if number.count(".") < 2 and number.strip("-.")]

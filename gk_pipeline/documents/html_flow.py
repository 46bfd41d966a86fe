"""The markup of a page as lines and tables: text broken where a browser breaks it, cells as declared.

A saved page has thousands of tags, most of which only dress letters. So a few expressions go over the whole of its
markup, and only lines and cells are looked at one by one.
"""

import re
from collections.abc import Sequence
from functools import partial
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from gk_pipeline.documents import text
from gk_pipeline.documents.document import Block
from gk_pipeline.documents.html_tags import APART, BREAKING, PARTS_OF_TABLES, PREFORMATTED
from gk_pipeline.documents.seen import LOWERED, RAISED
from gk_pipeline.documents.spans import SpanningCell

_REST = r"(?: [^>]*+)?+>"
_PARTS = "|".join(PARTS_OF_TABLES)
_DRESS = re.compile(rf"</?(?:span|font|b|a|strong|o:p|u|i|em|img){_REST}|<!--.*?-->", re.DOTALL)
"""Comments, and the in-line elements of which pages are full."""
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_TABLE = re.compile(rf"<(/?)table{_REST}")
_PREFORMATTED = re.compile(rf"<(/?)(?:{'|'.join(PREFORMATTED)}){_REST}")
_LINE_BREAK = re.compile(rf"<br{_REST}")
_WRITTEN = re.compile(r"(?<![^>])[^<]+")
_BREAK = re.compile(rf"</(?:{_PARTS})>|</?(?:{'|'.join(BREAKING)}){_REST}")
_FIELD = re.compile(rf"<input({_REST})")
_IN_LINE = re.compile(rf"<(?!(?:{_PARTS})[ >]|/?(?:sup|sub|{APART})[ >])[^>]*>")
_BETWEEN = re.compile(
    rf"(.?)<(?P<name>/?(?:sup|sub|{APART})){_REST}(?:</?(?:sup|sub|{APART}){_REST})*(?=(?P<behind>.?.?))"
)
_SIGNS = {"sup": RAISED, "sub": LOWERED, "/sup": LOWERED, "/sub": LOWERED, APART: "\0", f"/{APART}": "\0"}
_GOES_ON = re.compile(r"[.,]?\d")
_PART = re.compile(rf"<({_PARTS})((?: [^>]*)?)>([^<]*)")
_PART_TAG = re.compile(rf"<(?:{_PARTS}){_REST}")
_ATTRIBUTE = re.compile(r' (=?[^ =]*)="([^"]*)"')
_SPACES = re.compile(r"  +")

_AS_WRITTEN = "&#1;"
"""Begins what is preformatted, and stands for nothing."""
_spanning = partial(tuple.__new__, SpanningCell)
"""A cell of its fields: the shortest way to make as many as there are numbers."""
_REFERENCES = str.maketrans({white: f"&#{ord(white)};" for white in " \t\n\r\f"})


class Table(NamedTuple):
    """An innermost table of at least two cells: row groups of rows of cells, a foot last wherever it was written."""

    groups: tuple[Sequence[Sequence[SpanningCell]], ...]


def flow(markup: str) -> list[Block | Table]:
    """Paragraphs and tables in reading order, of markup as `shown` returns it.

    A table that holds another one, or a single cell, only places things on the page: its cells flow as text.
    """
    pieces = _TABLE.split(_undressed(markup))
    tags = ("/", *pieces[1::2], "")
    parts: list[Block | Table] = []
    preformatted = 0
    for before, piece, after in zip(tags, pieces[::2], tags[1:], strict=False):
        table = _figures(piece) if (before, after) == ("", "/") else None
        if table is None:
            kept, preformatted = _with_white_space(_PART_TAG.sub("<hr>", piece), preformatted)
            parts += _paragraphs(_text(kept))
        else:
            parts += table
    return parts


def _undressed(markup: str) -> str:
    left = _DRESS.sub("", markup)
    if left.count("<") == left.count(">"):
        return left
    # Tags ran into each other: <p<b> is one element of that name, and what is in it must not be taken for a tag.
    return _DRESS.sub("", _TAG.sub(lambda tag: "<" + tag[0][1:].replace("<", "&lt;"), markup))


def _figures(piece: str) -> list[Block | Table] | None:
    """The table between whose tags the piece stands, after what is beside its cells, as a caption."""
    plain = _text(_with_white_space(piece, 0)[0])
    parts = _PART.findall(plain)
    if sum(name in ("td", "th") for name, _, _ in parts) < 2:
        return None
    beside = [plain.partition("<")[0]]
    rows: list[list[SpanningCell]] = []
    groups = [("", rows)]
    for name, attributes, within in parts:
        if name == "td" or name == "th":
            if not rows:  # Only in a drawing does a cell need no row.
                rows.append([])
            spans = dict(_ATTRIBUTE.findall(attributes)) if "span=" in attributes else {}
            rows[-1].append(_spanning((_cell_text(within), spans.get("rowspan"), spans.get("colspan"))))
            continue
        beside.append(within)
        if name == "tr":
            rows.append([])
        elif name != "caption":
            rows = []
            groups.append((name, rows))
    in_order = sorted(groups, key=lambda group: group[0] == "tfoot")
    return [*_paragraphs("\n".join(beside)), Table(tuple(rows for _, rows in in_order))]


def _cell_text(written: str) -> str:
    written = written.strip()
    if "\n" not in written and "&" not in written:
        return _line(written)
    lines: list[str] = []
    for line in written.split("\n"):
        if _AS_WRITTEN in line:
            lines += (kept.strip() for kept in unescape(line).replace("\xa0", " ").splitlines())
        else:
            lines.append(_line(line))
    return "\n".join(filter(None, lines))


def _paragraphs(lines: str) -> list[Block]:
    blocks: list[Block] = []
    for line in lines.split("\n"):
        if _AS_WRITTEN in line:
            blocks.extend(text.placeless_blocks(unescape(line)))
        elif shown := _line(line):
            blocks.append(Block(shown))
    return blocks


def _line(written: str) -> str:
    line = written.strip()
    if "  " in line:
        line = _SPACES.sub(" ", line)
    return unescape(line.replace("\xa0", " "))


def _with_white_space(markup: str, around: int) -> tuple[str, int]:
    """The markup with the white space of preformatted text as references, which nothing takes for space.

    That many preformatted elements are `around` it; returned is how many hold what follows.
    """
    pieces = _PREFORMATTED.split(markup)
    if len(pieces) == 1 and not around:
        return markup, 0
    levels = tuple(accumulate((-1 if slash else 1 for slash in pieces[1::2]), initial=around))
    kept = (
        _WRITTEN.sub(_referenced, _LINE_BREAK.sub("\n", piece)) if level else piece
        for piece, level in zip(pieces[::2], levels, strict=True)
    )
    return "<hr>".join(kept), levels[-1]


def _referenced(written: re.Match[str]) -> str:
    return _AS_WRITTEN + written[0].replace("&nbsp;", "&#160;").translate(_REFERENCES)


def _text(markup: str) -> str:
    """The lines of markup in which no tags but those of parts of tables are left."""
    broken = _BREAK.sub("\0", markup)
    if "<input" in broken:
        broken = _FIELD.sub(_typed, broken)
    plain = _IN_LINE.sub("", broken)
    if "<su" in plain or f"<{APART}" in plain:
        plain = _BETWEEN.sub(_between, plain)
    for white in "\t\n\r\f":
        plain = plain.replace(white, " ")
    return plain.replace("&nbsp;", "\xa0").replace("\0", "\n")


def _between(tags: re.Match[str]) -> str:
    """What parts two digits between which an element begins or ends: 10 with a raised 4 must not become 104."""
    before = tags[1]
    joins = (before.isdigit() or before in (".", ",")) and _GOES_ON.match(tags["behind"])
    return before + _SIGNS[tags["name"]] if joins else before


def _typed(field: re.Match[str]) -> str:
    """What stands in a text field: published forms keep their figures in them."""
    attributes = dict(_ATTRIBUTE.findall(field[1]))
    return attributes.get("value", "") if (attributes.get("type") or "text").lower() in ("text", "number") else ""

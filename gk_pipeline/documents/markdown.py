"""Markdown, and text that holds HTML tables: lines as printed around the tables, the tables as a page shows them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gk_pipeline.documents import html, text
from gk_pipeline.documents.document import Block
from gk_pipeline.documents.encoding import decode
from gk_pipeline.documents.reading import Reading
from gk_pipeline.quality.finding import Finding

_BLANK = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#12288|#x3000);|<br\s*/?>", re.IGNORECASE)
_BOLD = re.compile(r"(\*{1,3})(?=[^\s*])([^*|\n]*?[^\s*|])\1")
_ESCAPE = re.compile(r"(?<![^\s|])\\(?=[-+.#*(（])")
_TABLE = re.compile(r"<table[\s>].*?</table\s*>", re.IGNORECASE | re.DOTALL)


def read(raw: bytes, expected: Sequence[str]) -> Reading:
    """Lines and HTML tables in whatever encoding shows the `expected` phrases; a table knows where it begins."""
    decoded = decode(raw, expected)
    whole = decoded.text
    blocks: list[Block] = []
    findings: list[Finding] = [*decoded.findings]
    place = text.start_of(whole)
    for table in _TABLE.finditer(whole):
        before = whole[place.char_start : table.start()]
        blocks.extend(text.blocks(without_markup(before), place))
        place = place.after(before)
        drawn = html.page(table[0])
        blocks.extend(
            block._replace(page=place.page, line=place.line, char_start=place.char_start) for block in drawn.blocks
        )
        findings.extend(replace(finding, message=f"Line {place.line}: {finding.message}") for finding in drawn.findings)
        place = place.after(table[0])
    blocks.extend(text.blocks(without_markup(whole[place.char_start :]), place))
    return Reading(tuple(blocks), decoded.encoding, findings=tuple(findings))


def without_markup(printed: str) -> str:
    """The text with blanks for what a page would not show: bold stars, blanks and breaks by name, escapes before words.

    Every other character keeps its place.
    """
    if "*" in printed:
        printed = _BOLD.sub(lambda bold: f"{_blanks(bold[1])}{bold[2]}{_blanks(bold[1])}", printed)
    if "&" in printed or "<" in printed:
        printed = _BLANK.sub(lambda blank: _blanks(blank[0]), printed)
    return _ESCAPE.sub(" ", printed) if "\\" in printed else printed


def _blanks(text: str) -> str:
    return " " * len(text)

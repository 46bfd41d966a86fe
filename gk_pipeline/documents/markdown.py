"""Markdown, and text that holds HTML tables: lines as printed around the tables, the tables as a page shows them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gk_pipeline.documents import html, text
from gk_pipeline.documents.document import Block
from gk_pipeline.documents.encoding import decode
from gk_pipeline.documents.reading import Reading
from gk_pipeline.quality.finding import Finding

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
        blocks.extend(text.blocks(before, place))
        place = place.after(before)
        drawn = html.page(table[0])
        blocks.extend(
            block._replace(page=place.page, line=place.line, char_start=place.char_start) for block in drawn.blocks
        )
        findings.extend(replace(finding, message=f"Line {place.line}: {finding.message}") for finding in drawn.findings)
        place = place.after(table[0])
    blocks.extend(text.blocks(whole[place.char_start :], place))
    return Reading(tuple(blocks), decoded.encoding, findings=tuple(findings))

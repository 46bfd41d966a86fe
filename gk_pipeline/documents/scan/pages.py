"""Pictures of pages to the blocks of a document, whatever file they come from."""

from collections.abc import Iterable

import cv2

from gk_pipeline.documents.document import Block
from gk_pipeline.documents.limits import more_time
from gk_pipeline.documents.scan.page import read_page
from gk_pipeline.documents.scan.upright import Grey
from gk_pipeline.quality.finding import Finding

_LONGEST = 3600
"""Pixels of a page's longer side that are looked at: A4 at 300 dots per inch."""
_SECONDS = 60
"""Of the processor that a page may take; an ordinary one takes five."""


def read_pages(pages: Iterable[Grey]) -> tuple[list[Block], list[Finding]]:
    """The blocks of pages in reading order, and what is amiss with them."""
    blocks: list[Block] = []
    findings = [RECOGNISED]
    for number, page in enumerate(pages, start=1):
        more_time(_SECONDS)
        read, ragged = read_page(_not_too_fine(page), number)
        blocks += read
        if ragged:
            findings.append(_ragged(number, ragged))
    return blocks, findings


def _ragged(page: int, count: int) -> Finding:
    message = (
        f"On page {page} the rules around {count} cells make no rectangle; each is taken for as large as it reaches."
    )
    return Finding("warning", "rules_unclear", message, "Scan the page again, flat and in full.")


RECOGNISED = Finding(
    "note",
    "text_recognised",
    "The file shows pictures of text: what it says was recognised and may be misread.",
    "Rely on cells that the sums of the form confirm; if the report exists as a web page or text, give that instead.",
)


def _not_too_fine(page: Grey) -> Grey:
    longest = max(page.shape)
    if longest <= _LONGEST:
        return page
    scale = _LONGEST / longest
    return cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)

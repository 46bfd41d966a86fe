"""Pictures of pages to blocks: rules, cells, lines and what is recognised in them.

It needs the extra `ocr`; this module alone can be imported without it.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from numpy.typing import NDArray

from gk_pipeline.documents.document import Block, Unreadable
from gk_pipeline.quality.finding import Finding

MAX_PAGES = 40
MAX_PIXELS = 50_000_000
"""Pixels of the largest page that is unpacked: A3 at 500 dots per inch."""


class Recognised(NamedTuple):
    """The blocks of some pages in reading order, and what is amiss with them."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]


def recognised(pages: Iterable[NDArray[Any]]) -> Recognised:
    """What pages show that are pictures, each a two-dimensional array of bytes, 255 white; the first is page 1.

    Raises `Unreadable` where text recognition is not installed.
    """
    try:
        from gk_pipeline.documents.scan.pages import read_pages
    except ImportError as error:
        raise Unreadable(
            "no_recognition",
            "The file shows pictures of text, and text recognition is not installed.",
            "Install it with `pip install gk-pipeline[ocr]`, or give the report as HTML, Word, Excel or text PDF.",
        ) from error
    blocks, findings = read_pages(pages)
    return Recognised(tuple(blocks), tuple(findings))

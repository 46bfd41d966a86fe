"""A text whose parts are formatted apart: what is struck out stands on a line of its own, as on web pages."""

from collections.abc import Iterable
from typing import NamedTuple


class Run(NamedTuple):
    """A part of a text in one format."""

    text: str
    is_struck: bool = False
    is_raised: bool = False


class RichText(NamedTuple):
    """A text, and whether something in it is struck out."""

    text: str
    is_struck: bool = False


def rich_text(runs: Iterable[Run]) -> RichText:
    """The text of its runs; neither a raised nor a struck out digit is put to another number."""
    text = ""
    any_struck = was_struck = False
    for run in runs:
        is_struck = run.is_struck and bool(run.text.strip())
        if text and is_struck != was_struck:
            text += "\n"
        elif run.is_raised and text[-1:].isdigit():
            # 10 with a raised 4 must not become 104.
            text += "^"
        text += run.text
        was_struck = is_struck
        any_struck = any_struck or is_struck
    return RichText(text, any_struck)

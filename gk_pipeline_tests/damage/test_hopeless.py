"""What lost too much to be read is refused, even where what is left looks like a report."""

from html import escape
from random import Random

import pytest
from tables.layouts import Write
from tables.paper import Page
from tables.writers import lines

from .damage import Damage, result, trials, written


def kept_where_new(within: int, between: str = "\n") -> Write:
    """The lines of a page, each only where it differs from so many kept before it."""

    def write(sheet: Page, random: Random) -> str:
        kept: list[str] = []
        for line in lines(sheet).split("\n"):
            if line not in kept[-within:]:
                kept.append(line)
        return between.join(kept)

    return write


def as_page(write: Write) -> Write:
    """Each line a paragraph of a web page."""

    def draw(sheet: Page, random: Random) -> str:
        paragraphs = (f"<p>{escape(line)}</p>" for line in write(sheet, random).splitlines())
        return f"<html><body>{''.join(paragraphs)}</body></html>"

    return draw


DAMAGES = [
    Damage(
        f"a crawl dropped {what}",
        written(
            f"dropped {what}",
            lines=kept_where_new(within),
            pipes=kept_where_new(within, between="\n\n"),
            html=as_page(kept_where_new(within)),
        ),
        refused="repeated_lines_dropped",
    )
    for what, within in (
        ("lines equal to the one before", 1),
        ("lines equal to one of ten before", 10),
        ("every line seen before", 10_000),
    )
]


@pytest.mark.parametrize(("damage", "way", "form"), trials(DAMAGES))
def test_what_is_hopeless_is_refused(damage: Damage, way: str, form: str):
    assert result(damage, way, form).faults(damage, way) == []

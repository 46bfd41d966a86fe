"""Numbers with signs, separators, units and remarks, and what is printed instead of nothing."""

from decimal import Decimal
from random import Random

import pytest
from tables import changes as c
from tables import spelling as s
from tables.paper import Style, plain

from .damage import FORMATS, Damage, known, printed, result, trials


def grouped_by_spaces(random: Random) -> Style:
    return Style(number=lambda value, kind: f"{value:,f}".replace(",", " "))


def enclosed(value: Decimal, kind: str) -> str:
    """A count in a circle, as far as there are circles."""
    return chr(0x245F + int(value)) if kind != "amount" and 1 <= value <= 20 else plain(value, kind)


def quoted(value: Decimal, kind: str) -> str:
    return f'"{plain(value, kind)}"'


def loud(value: Decimal, kind: str) -> str:
    """Separators, signs and units all at once."""
    return s.thousands(value, kind).translate(s.FULL_WIDTH) + ("万元" if kind == "amount" else " 件")


ENCLOSED = (
    "refused_state_secret",
    "not_processed_duplicate",
    "other",
    "litigation_after_review",
)
"""The items of which two cells in one row and one column count from 1 to 20."""

DAMAGES = [
    *(
        Damage(name, printed(name, style=s.STYLES[name]))
        for name in (
            "thousands separators",
            "signed changes",
            "full-width digits",
            "changes in words",
            "changes in long words",
            "changes with a spaced sign",
            "minus sign",
            "fixed decimals",
            "numbers as floats",
            "no-break spaces",
            "zero-width characters",
        )
    ),
    *(
        Damage(name, known(name))
        for name in (
            "units inside cells",
            "units behind a space",
            "money in yuan, unit in the cell",
            "money in yuan, unit in the head",
            "money in yuan, unit above",
            "footnote marks",
            "remarks in cells",
            "counts in words, money with its sign",
            "blanks as -",
            "blanks as —",
            "blanks as /",
            "blanks as 无",
        )
    ),
    Damage("blank cells", {"html": known("blanks as nothing")["html"]}),
    Damage("no-break spaces in blank cells", printed("nbsp for nothing", ("html",), changes=[c.blanked(0.4, "\xa0")])),
    Damage(
        "numbers grouped by spaces",
        printed("grouped by spaces", style=grouped_by_spaces),
        open={way: ["proactive_disclosure"] for way in FORMATS},
        why="1 234 may be two numbers, and no law binds the cells of this table",
    ),
    Damage("quotes around numbers", printed("quoted", style=lambda random: Style(number=quoted))),
    Damage("full width, commas and units at once", printed("loud", style=lambda random: Style(number=loud))),
    Damage(
        "enclosed numerals",
        printed("enclosed", style=lambda random: Style(number=enclosed)),
        open=dict.fromkeys(FORMATS, ENCLOSED),
        why="⑤ may be a count or the mark of a footnote to a blank: it has the value that the laws leave it",
    ),
    Damage(
        "a remark with a number in it",
        printed(
            "remarked", changes=[c.behind_values(lambda box, random: random.choice(("", "", "（其中修订 16 件）")))]
        ),
    ),
]


@pytest.mark.parametrize(("damage", "way", "form"), trials(DAMAGES))
def test_what_must_come_out_of_damaged_numbers_does(damage: Damage, way: str, form: str):
    assert result(damage, way, form).faults(damage, way) == []

"""What neighbouring years say of a cell, as a sentence of panel.settlements, and read from it again."""

import re
from collections.abc import Sequence
from typing import NamedTuple

NOTHING = "nothing"
"""What is printed where a number is missing."""
_SPELT = 4
"""Laws that a sentence spells out; the rest are counted."""
_WITNESS = re.compile(r"(\S+) (\S+): (\S+) by the report of (\d+), (\S+) is printed here")
_MORE = re.compile(r"and (\d+) more")


class Witness(NamedTuple):
    """A law between two years: the number by the report of `year`, and what is printed in the other one."""

    law: str
    scope: str
    said: str
    year: int
    printed: str


def evidence(witnesses: Sequence[Witness]) -> str:
    """The sentence of some witnesses."""
    told = [
        f"{one.law} {one.scope}: {one.said} by the report of {one.year}, {one.printed} is printed here"
        for one in witnesses[:_SPELT]
    ]
    more = len(witnesses) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def witnesses_of(sentence: str) -> tuple[list[Witness], int]:
    """The witnesses that a sentence of `evidence` spells out, and how many more there are."""
    found, more = [], 0
    for part in sentence.split("; "):
        if match := _WITNESS.fullmatch(part):
            law, scope, said, year, printed = match.groups()
            found.append(Witness(law, scope, said, int(year), printed))
        elif match := _MORE.fullmatch(part):
            more = int(match[1])
    return found, more

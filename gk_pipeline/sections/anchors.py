"""The labels by which a table of a form is looked for, and what two tables have apart."""

import re
from dataclasses import dataclass
from functools import cache

from gk_pipeline.forms import FormTable, Label
from gk_pipeline.sections.labels import Target, target


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A label of a table in the order it is printed: an item, or a clause, stub or head that pins the order.

    `part` is the number of the table's part; `item` or `measure` the code the label stands for.
    """

    target: Target
    part: int
    item: str | None = None
    measure: str | None = None
    clause: bool = False


@cache
def anchors(table: FormTable) -> tuple[Anchor, ...]:
    """The labels of a table in print order.

    Heads pin the order only where they are printed in one row: under shared heads they come in reading order.
    """
    found: list[Anchor] = []
    for number, part in enumerate(table.parts):
        found += [Anchor(target(Label(part.clause)), number, clause=True)] if part.clause else []
        found += [Anchor(target(Label(part.stub)), number)] if part.stub else []
        if not table.items_across and all(measure.under is None for measure in part.measures):
            found += [Anchor(target(measure.label), number, measure=measure.code) for measure in part.measures]
        found += [Anchor(target(item.label), number, item=item.code) for item in part.items]
    return tuple(found)


@cache
def tell_tales(table: FormTable, others: tuple[FormTable, ...]) -> tuple[Anchor, ...]:
    """The labels of a table that none of the others prints, not even as the heading of a group."""
    printed = [label for other in others for label in (anchor.target for anchor in anchors(other))]
    printed += [target(group.label) for other in others for group in other.groups]
    elsewhere = {spelling for sought in printed for spelling in sought.spellings}
    return tuple(anchor for anchor in anchors(table) if elsewhere.isdisjoint(anchor.target.spellings))


@cache
def item_labels(table: FormTable) -> tuple[tuple[str, ...], ...]:
    """The spellings of each item's label."""
    return tuple(target(item.label).spellings for item in table.items.values())


@cache
def heads(table: FormTable) -> tuple[re.Pattern[str], ...]:
    """The heads of a table's columns; one with its number behind it stands in a sentence."""
    spellings = {target(measure.label).spellings for measure in table.measures.values()}
    return tuple(re.compile(rf"(?:{'|'.join(map(re.escape, own))})(?!\d)") for own in spellings)


def differ(one: FormTable, other: FormTable) -> bool:
    """Whether two tables have other cells."""
    return {(cell.item, cell.measure) for cell in one.cells} != {(cell.item, cell.measure) for cell in other.cells}

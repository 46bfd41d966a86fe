"""Which tables of which form a report prints, told from their labels alone, table by table and never from the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from gk_pipeline.forms import Form, FormTable, Label
from gk_pipeline.sections.labels import Hit, Target, hits, in_order, target
from gk_pipeline.sections.stream import Stream

Span = tuple[int, int]
"""Two positions in a stream's text."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label of a table in the order it is printed: an item, or a clause, stub or head that pins the order.

    `part` is the number of the table's part; `item` or `measure` the code the label stands for.
    """

    target: Target
    part: int
    item: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A table as found: its anchors with the place of each, and the span in which it stands."""

    table: FormTable
    anchors: tuple[tuple[Anchor, Hit], ...]
    span: Span
    items_found: int
    score: float


@cache
def anchors(table: FormTable) -> tuple[Anchor, ...]:
    """The labels of a table in print order.

    Heads pin the order only where they are printed in one row: under shared heads they come in reading order.
    """
    found: list[Anchor] = []
    for number, part in enumerate(table.parts):
        found += [Anchor(target(Label(pin)), number) for pin in (part.clause, part.stub) if pin]
        if not table.items_across and all(measure.under is None for measure in part.measures):
            found += [Anchor(target(measure.label), number, measure=measure.code) for measure in part.measures]
        found += [Anchor(target(item.label), number, item=item.code) for item in part.items]
    return tuple(found)


class Detector:
    """Looks for tables in one stream; places of a label shared by several forms are looked up once."""

    def __init__(self, stream: Stream, sections: Mapping[str, Span]) -> None:
        self.stream = stream
        self.sections = sections
        self._hits: dict[tuple[Target, Span], list[Hit]] = {}

    def detect(self, forms: Sequence[Form]) -> dict[str, Located]:
        """For each table code the form whose labels fit it best; a code no form of which is found is left out.

        Ties go to the form of the tables already decided, then to the older form.
        """
        found: dict[str, Located] = {}
        rivals: dict[str, list[Located]] = {}
        for form in forms:
            for table in form.tables:
                located = self.locate(table)
                if located is not None:
                    rivals.setdefault(table.code, []).append(located)
        undecided = []
        for code, group in rivals.items():
            top = max(located.score for located in group)
            best = [located for located in group if located.score == top]
            if len(best) == 1:
                found[code] = best[0]
            else:
                undecided.append((code, best))
        decided = [located.table.form for located in found.values()]
        for code, best in undecided:
            found[code] = max(best, key=lambda located: decided.count(located.table.form))
        return {code: found[code] for code in rivals}

    def locate(self, table: FormTable) -> Located | None:
        """Where a table stands, or None when too few of its labels are there.

        It is looked for in its section first, and in the whole report where that has not half of its items.
        """
        whole = (0, len(self.stream.text))
        section = self.sections.get(table.section)
        located = self._within(table, section) if section else None
        if located is None or located.items_found * 2 < len(table.items):
            anywhere = self._within(table, whole)
            if located is None or (anywhere is not None and anywhere.score > located.score):
                located = anywhere
        return located

    def _within(self, table: FormTable, span: Span) -> Located | None:
        listed = anchors(table)
        chain = in_order([self._places(anchor.target, span) for anchor in listed])
        pairs = tuple((anchor, hit) for anchor, hit in zip(listed, chain, strict=True) if hit is not None)
        items = [hit for anchor, hit in pairs if anchor.item is not None]
        standing = sum(hit.alone for hit in items)
        if standing < 3 and len(items) * 2 < len(table.items):
            return None
        heads = sum(anchor.item is None for anchor in listed)
        heads_found = len(pairs) - len(items)
        score = 2.0 * len(items) - len(table.items) + 0.5 * (2.0 * heads_found - heads)
        return Located(table, pairs, span, len(items), score)

    def _places(self, sought: Target, span: Span) -> list[Hit]:
        known = self._hits.get((sought, span))
        if known is None:
            known = self._hits[sought, span] = hits(self.stream, sought, *span)
        return known

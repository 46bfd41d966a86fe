"""Which tables of which form a report prints, told from their labels alone, table by table and never from the year."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from gk_pipeline.forms import Form, FormTable
from gk_pipeline.sections.anchors import Anchor, anchors, differ, heads, item_labels, tell_tales
from gk_pipeline.sections.gaps import mended
from gk_pipeline.sections.labels import Hit, Target, hits, in_order
from gk_pipeline.sections.stream import Stream

Span = tuple[int, int]
"""Two positions in a stream's text."""

MAIN_TABLE = "applications"
"""The table whose form is the report's form, and that of tables which fit several."""

_ENOUGH = 3
"""Labels that stand as labels from which on they are a table, not a sentence about one."""
_CUTS = 2
"""How often what stands beside a repeated table is searched again: seven on either side, however many there are."""
_HEADS = 60
"""Letters before the first label that was found, and behind the last, within which heads of the table may stand."""
_PARTED = re.compile("[，。；,;]")
"""What parts the words of a sentence, and no cells."""
_TELLING = 5
"""Letters from which on an item's label without its number still tells a form: 其他 stands anywhere."""


@dataclass(frozen=True, slots=True)
class Located:
    """A table as found: its anchors with the place of each, and the span in which it was looked for.

    `standing` counts the items whose label stands as one, not within a sentence.
    `others` are the tables other forms print in its stead, `undecided` those of them whose labels fit as well, and
    `guessed_against` those that have other cells and stand there by the very same labels: its form is a guess.
    `again` are the other tables of the same kind in the report, whole or nearly.
    """

    table: FormTable
    anchors: tuple[tuple[Anchor, Hit], ...]
    span: Span
    items_found: int
    standing: int
    score: float
    others: tuple[FormTable, ...] = ()
    undecided: tuple[FormTable, ...] = ()
    guessed_against: tuple[FormTable, ...] = ()
    again: tuple["Located", ...] = ()

    @property
    def extent(self) -> Span:
        """From its first label to its last."""
        return self.anchors[0][1].start, self.anchors[-1][1].end

    @property
    def labels(self) -> tuple[Span, ...]:
        """Where each of its labels stands."""
        return tuple((hit.start, hit.end) for _, hit in self.anchors)


class Detector:
    """Looks for tables in one stream; places of a label shared by several forms are looked up once."""

    def __init__(self, stream: Stream, sections: Mapping[str, Span]) -> None:
        self.stream = stream
        self.sections = sections
        self._hits: dict[tuple[Target, Span], list[Hit]] = {}
        self._located: dict[FormTable, Located | None] = {}

    def detect(self, forms: Sequence[Form], year: int | None = None) -> dict[str, Located]:
        """For each table code the table whose form the labels tell; a code that is not found is left out.

        Where they tell nothing, the table goes to the form of the applications, then of the others, then to the newest
        in force in the report's year, which is None where it is not known.
        """
        rivals: dict[str, list[FormTable]] = {}
        for form in forms:
            for table in form.tables:
                rivals.setdefault(table.code, []).append(table)
        told = {code: places for code, tables in rivals.items() if (places := self._told(tables))}
        count = Counter(places[0].table.form for places in told.values() if len(places) == 1)
        since = {form.code: form.since for form in forms}

        def likely(form: str) -> tuple[int, bool, int]:
            return count[form], year is None or since[form] <= year, since[form]

        main = max((place.table.form for place in told.get(MAIN_TABLE, ())), key=likely, default=None)

        def chosen(places: Sequence[Located]) -> Located:
            best = max(places, key=lambda place: (place.table.form == main, likely(place.table.form)))
            rest = (place.table for place in places if place is not best)
            return replace(best, guessed_against=tuple(table for table in rest if differ(table, best.table)))

        return {code: self._with_repetition(self._mended(chosen(places))) for code, places in told.items()}

    def _told(self, tables: Sequence[FormTable]) -> list[Located]:
        """The table among those of several forms, told by the labels that one of two prints, then by all labels.

        More than one where they fit equally; none where none is found. That one of them has more labels than are there
        tells nothing, where those that are there are the same: the table may be cut off.
        """
        others = {table: tuple(other for other in tables if other is not table) for table in tables}
        only = self._only_named(others)
        if only is not None:
            return [replace(only, others=others[only.table])]
        left = list(tables)
        evidence = self._evidence(tables)
        while left:
            beaten = {other for one in left for other in left if evidence[one, other] > evidence[other, one]}
            tied = [table for table in left if table not in beaten] or left
            located = [place for table in tied if (place := self.locate(table)) is not None]
            if located:
                top = max(place.score for place in located)
                best = {place.labels for place in located if place.score == top}
                return [
                    replace(
                        place,
                        others=others[place.table],
                        undecided=tuple(table for table in tied if table is not place.table),
                    )
                    for place in located
                    if place.labels in best
                ]
            left = [table for table in left if table not in tied]
        return []

    def _only_named(self, others: Mapping[FormTable, tuple[FormTable, ...]]) -> Located | None:
        """The table in which labels that only it prints stand, where those of all others are nowhere in the report."""
        named = [table for table, rest in others.items() if self._names_one(tell_tales(table, rest))]
        place = self.locate(named[0]) if len(named) == 1 else None
        if place is None:
            return None
        own = tell_tales(place.table, others[place.table])
        return place if any(anchor in own and _tells(anchor, hit) for anchor, hit in place.anchors) else None

    def _names_one(self, labels: Sequence[Anchor]) -> bool:
        return any(spelling in self.stream.text for label in labels for spelling in label.target.spellings)

    def _evidence(self, tables: Sequence[FormTable]) -> dict[tuple[FormTable, FormTable], int]:
        """For two tables each, how many labels that the first prints and the second does not stand where they may be.

        Elsewhere 3.其他 may head a paragraph.
        """
        pairs = [(one, other) for one in tables for other in tables]
        extents = [place.extent for table in tables if (place := self.locate(table)) is not None]
        if not extents:
            return dict.fromkeys(pairs, 0)
        span = max(0, min(first for first, _ in extents) - _HEADS), max(last for _, last in extents)
        return {
            (one, other): sum(self._told_by(label, span) for label in tell_tales(one, (other,))) for one, other in pairs
        }

    def _told_by(self, anchor: Anchor, span: Span) -> bool:
        """Whether a label stands there and tells its form."""
        return any(_tells(anchor, hit) for hit in self._places(anchor.target, span))

    def locate(self, table: FormTable) -> Located | None:
        """Where a table stands, or None when too few of its labels are there.

        It is looked for in its section first, and in the whole report where that has not half of its items.
        """
        if table in self._located:
            return self._located[table]
        section = self.sections.get(table.section)
        located = self._within(table, section) if section else None
        if located is None or located.items_found * 2 < len(table.items):
            anywhere = self._within(table, (0, len(self.stream.text)))
            if located is None or (anywhere is not None and anywhere.score > located.score):
                located = anywhere
        self._located[table] = located
        return located

    def _within(self, table: FormTable, span: Span) -> Located | None:
        listed = anchors(table)
        places = [self._places(anchor.target, span) for anchor in listed]
        return self._scored(table, span, in_order(places))

    def _mended(self, located: Located) -> Located:
        """The table with the labels that are not where their order or their spelling says."""
        table, found = located.table, dict(located.anchors)
        listed = anchors(table)
        items = [anchor for anchor in listed if anchor.item is not None]
        enough = min(_ENOUGH, len(items) - 1)
        if all(anchor in found for anchor in items) or sum(hit.alone for hit in found.values()) < enough:
            return located
        sought = [None if anchor.item is None else anchor.target for anchor in listed]
        places = [self._places(anchor.target, located.span) for anchor in listed]
        chain = mended(self.stream, sought, [found.get(anchor) for anchor in listed], places)
        again = self._scored(table, located.span, chain)
        if again is None:
            return located
        return replace(
            again, others=located.others, undecided=located.undecided, guessed_against=located.guessed_against
        )

    def _scored(self, table: FormTable, span: Span, chain: Sequence[Hit | None]) -> Located | None:
        """The table as it stands in a chain of places, one for each of its anchors; None when too few are there."""
        listed = anchors(table)
        pairs = tuple((anchor, hit) for anchor, hit in zip(listed, chain, strict=True) if hit is not None)
        items = [hit for anchor, hit in pairs if anchor.item is not None]
        standing = sum(hit.alone or hit.numbered for hit in items)
        if sum(hit.alone for hit in items) < _ENOUGH and not (
            len(items) * 2 >= len(table.items) and (standing * 2 >= len(items) or not self._said(table, items))
        ):
            return None
        n_heads = sum(anchor.item is None for anchor in listed)
        heads_found = len(pairs) - len(items)
        score = 2.0 * len(items) - len(table.items) + 0.5 * (2.0 * heads_found - n_heads)
        return Located(table, pairs, span, len(items), standing, score)

    def _said(self, table: FormTable, items: Sequence[Hit]) -> bool:
        """Whether labels, hardly one of which stands by itself, are those of sentences: parted by commas, no heads."""
        (first, char), (last, end) = self.stream.place(items[0].end - 1), self.stream.place(items[-1].start)
        between = "\n".join(piece.text for piece in self.stream.pieces[first : last + 1])
        if not _PARTED.search(between, char, len(between) - len(self.stream.pieces[last].text) + end):
            return False
        before = 0 if table.items_across else _HEADS
        near = self.stream.text[max(0, items[0].start - before) : items[-1].end + _HEADS]
        found = [head.search(near) is not None for head in heads(table)]
        return sum(found) < min(_ENOUGH, len(found))

    def _with_repetition(self, located: Located) -> Located:
        """The table with the others of its kind that the report prints before it and behind it."""
        labels, text = item_labels(located.table), self.stream.text
        once = (spellings for spellings in labels if max(map(text.count, spellings)) < 2)
        if len(list(islice(once, (len(labels) + 1) // 2))) * 2 >= len(labels):
            return located
        first, last = located.extent
        again = (*self._like(located, (0, first)), *self._like(located, (last, len(self.stream.text))))
        return replace(located, again=again)

    def _like(self, located: Located, span: Span, cuts: int = _CUTS) -> Iterator[Located]:
        """The tables between two positions that print most items of a table and stand as much as it does.

        On a page that is one line no label stands by itself, of neither.
        """
        place = self._within(located.table, span)
        if place is None or place.items_found * 2 <= len(located.table.items):
            return
        if place.standing * 2 >= located.standing:
            yield place
        first, last = place.extent
        if cuts:
            yield from self._like(located, (span[0], first), cuts - 1)
            yield from self._like(located, (last, span[1]), cuts - 1)

    def _places(self, sought: Target, span: Span) -> list[Hit]:
        known = self._hits.get((sought, span))
        if known is None:
            known = self._hits[sought, span] = hits(self.stream, sought, *span)
        return known


def _tells(anchor: Anchor, hit: Hit) -> bool:
    """Whether a label tells its form: a head's wording is no other's, but an item may be mentioned in a sentence."""
    return anchor.item is None or hit.numbered or (hit.alone and hit.end - hit.start >= _TELLING)

"""A form as data: its sections, tables, items, measures and laws, typed and checked when it is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gk_pipeline.forms.indicator import Indicators
    from gk_pipeline.forms.prose import Prose

Kind = Literal["count", "change", "amount"]
"""What a measure counts: whole things, a signed change of whole things, or money."""

UNITS: dict[Kind, str] = {"count": "件", "change": "件", "amount": "万元"}
"""The canonical unit in which a value of each kind is stored."""

LawKind = Literal["equality", "inequality", "lag", "ratio", "repetition"]
YEARLY: tuple[LawKind, ...] = ("lag", "ratio", "repetition")
"""The kinds that compare a table with the one that the body printed the year before."""


LawSeverity = Literal["error", "warning", "note"]


class FormError(ValueError):
    """A form file contradicts itself; the message names the file, the place and what to write instead."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label: its text, other spellings seen in print, and the number printed before it."""

    text: str
    variants: tuple[str, ...] = ()
    number: str | None = None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every spelling, the form's own first."""
        return (self.text, *self.variants)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report, found by its heading."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a table part; `under` is the head it shares with its neighbours."""

    code: str
    label: Label
    kind: Kind
    under: str | None

    @property
    def unit(self) -> str:
        """The canonical unit of its values."""
        return UNITS[self.kind]


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a table part; `group` is the code of the heading it stands under."""

    code: str
    label: Label
    group: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over several items, whose subtotal is never printed."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading over a run of items and groups, which are numbered anew within it."""

    label: Label
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A run of items under one row of heads, equal to itself alone; `clause` and `stub` are printed above it.

    `over` are texts among the heads that stand over several columns or beside them, and name none.
    """

    clause: str | None
    stub: str | None
    measures: tuple[Measure, ...]
    items: tuple[Item, ...]
    over: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the form: the place of one number, `index` in print order within its table."""

    index: int
    item: str
    measure: str
    kind: Kind
    unit: str


@dataclass(frozen=True, slots=True)
class LawRow:
    """A law applied to one scope: coefficients over the table's cells, as (cell index, ±1).

    With L the sum over positive coefficients and R that over negative ones: an equality says L = R, an inequality
    L >= R, a lag L = R + the sum of `last_year` over last year's cells. A ratio says that L is at most `most_times`
    that sum and at least as small a part of it, where the sum is `base` or more. A repetition says that some of the
    cells differ from those of last year, where these are `base` different numbers or more, zero aside.
    """

    law: str
    scope: str
    kind: LawKind
    severity: LawSeverity
    coefficients: tuple[tuple[int, int], ...]
    last_year: tuple[int, ...]
    statement: str
    statement_zh: str
    source: str
    most_times: int = 0
    base: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """The largest number of a kind that a table is believed, in the canonical unit, and why."""

    kind: Kind
    most: int
    source: str


@dataclass(frozen=True, eq=False)
class FormTable:
    """A table of a form, equal to itself alone.

    `chapters` are headings over items, in print order. `items_across` marks a table that prints its items side by side
    in one row of values. `limits` change no value: a number beyond one is said.
    """

    form: str
    code: str
    section: str
    label: Label
    title_en: str
    items_across: bool
    groups: tuple[Group, ...]
    parts: tuple[Part, ...]
    laws: tuple[LawRow, ...]
    chapters: tuple[Chapter, ...] = ()
    limits: tuple[Limit, ...] = ()

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell in print order."""
        pairs = [(item, measure) for part in self.parts for item in part.items for measure in part.measures]
        return tuple(Cell(n, i.code, m.code, m.kind, m.unit) for n, (i, m) in enumerate(pairs))

    @cached_property
    def cells_of(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of an item, in print order."""
        return {code: tuple(cell for cell in self.cells if cell.item == code) for code in self.items}

    @cached_property
    def cell_at(self) -> dict[tuple[str, str], Cell]:
        """The cell of an (item, measure)."""
        return {(cell.item, cell.measure): cell for cell in self.cells}

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by code in print order; parts that repeat a code agree on its kind."""
        found: dict[str, Measure] = {}
        for part in self.parts:
            for measure in part.measures:
                found.setdefault(measure.code, measure)
        return found

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items by code in print order."""
        return {item.code: item for part in self.parts for item in part.items}


@dataclass(frozen=True, eq=False)
class Form:
    """A yearly report form: the instrument that prescribes it, from which report year, and what it contains.

    Loaded from `path` with `load`; a form travels to another process as its file, so that it stays one object there.
    """

    path: Path
    load: Callable[[Path], "Form"]
    code: str
    title: str
    instrument: str
    since: int
    until: int | None
    sections: tuple[Section, ...]
    tables: tuple[FormTable, ...]
    prose: "Prose"
    indicators: "Indicators"

    def __reduce__(self) -> tuple[Callable[[Path], "Form"], tuple[Path]]:
        return self.load, (self.path,)

    def table(self, code: str) -> FormTable:
        """The table of that code; KeyError names the form when it has none."""
        for table in self.tables:
            if table.code == code:
                return table
        raise KeyError(f"form {self.code} has no table {code!r}")

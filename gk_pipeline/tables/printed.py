"""What a row printed, before and after it is judged."""

from collections.abc import Mapping
from typing import NamedTuple

from gk_pipeline.forms import Item, Part
from gk_pipeline.sections.labels import Hit
from gk_pipeline.sections.stream import Piece
from gk_pipeline.tables.geometry import Columns, GridView
from gk_pipeline.tables.heads import Order
from gk_pipeline.tables.runs import Run
from gk_pipeline.tables.slots import Slot


class Row(NamedTuple):
    """What one item printed: `slots` by measure code where the alignment is certain, else None.

    `tokens` are the values the row printed, as they stand; `unit` is a unit of money printed before them. `printed` is
    False when the row's label is not there. `alignments` counts the ways to read the row that the laws leave where it
    does not print its shape, and `may_be` are then, in millionths, the numbers that a cell without a slot has in them.
    `unprinted` are the measures whose columns the table does not print.
    """

    item: str
    slots: Mapping[str, Slot] | None
    tokens: tuple[Slot, ...] = ()
    printed: bool = True
    unit: str | None = None
    alignments: int | None = None
    may_be: Mapping[str, tuple[int, ...]] = {}
    unprinted: frozenset[str] = frozenset()


class Printed(NamedTuple):
    """A row before it is judged: its label, the run of values behind it, and its cells where heads tell them.

    `number` is that of its part, `orders` those in which its columns may stand. `standing`: the label begins its piece
    or carries its number, it is no mention.
    `alone` is False where the label's cell holds another item's label as well. `columns` are those of the heads in a
    grid without spans.
    """

    item: Item
    part: Part
    number: int
    orders: tuple[Order, ...]
    hit: Hit
    label: Piece
    standing: bool
    run: Run
    grid: GridView | None
    columns: list[Columns] | None
    cells: dict[str, Slot] | None
    alone: bool

    @property
    def in_text(self) -> bool:
        """Whether it stands in running text, not in a grid."""
        return self.label.row is None

    @property
    def width(self) -> int:
        """The number of its columns."""
        return len(self.orders[0]) if self.orders else len(self.part.measures)

    @property
    def exact(self) -> bool:
        """Whether it prints exactly as many values as it has columns."""
        return len(self.run.filled) == self.width

    @property
    def overflows(self) -> bool:
        """Whether it prints more values than it has columns."""
        return self.cells is None and len(self.run.filled) > self.width

"""Reports rendered in some two hundred layouts: what is read is right, what is not certain says so."""

import pytest

from .lawful import FILLINGS
from .layouts import LAYOUTS, Layout
from .outcome import outcomes


def outcome(layout: Layout, turn: int):
    """One report of the layout; form and filling go round from layout to layout, so that all pairs are met."""
    form = layout.forms[turn % len(layout.forms)]
    filling = FILLINGS[turn // len(layout.forms) % len(FILLINGS)]
    return outcomes([layout.case(form, filling, turn)])[0]


@pytest.mark.parametrize(("turn", "layout"), list(enumerate(LAYOUTS)), ids=[layout.name for layout in LAYOUTS])
def test_no_layout_is_read_silently_wrong(turn: int, layout: Layout):
    found = outcome(layout, turn)
    assert [cell for cell in found if cell.startswith("silent: ")] == []
    if layout.clean:
        assert (found["flagged"], found["misread"]) == (0, 0)
        assert found["right"] > 180

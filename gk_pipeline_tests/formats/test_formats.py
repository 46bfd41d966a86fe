"""Every format with everything that may be the matter with its file."""

from pathlib import Path

import pytest

from .came_out import came_out
from .damages import DAMAGES
from .page import page
from .written import FORMATS

TRIALS = [pytest.param(damage, way, id=f"{damage.name} ({way})") for damage in DAMAGES for way in damage.made]


@pytest.mark.parametrize(("damage", "way"), TRIALS)
def test_a_file_is_read_or_refused_as_it_must_be(damage, way):
    became, cells = came_out(damage, way)
    assert became == damage.outcome(way), [cell for cell in cells if ":" in cell][:5]


@pytest.mark.skipif("doc" not in FORMATS, reason="LibreOffice is not installed, and the page has its column")
def test_the_page_is_what_comes_out():
    written = Path(__file__).parents[2] / "docs" / "formats.md"
    assert page() == written.read_text(encoding="utf-8"), "run `make docs`"

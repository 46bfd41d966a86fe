"""The page of an audit."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from gk_pipeline.auditing import Draw, SavedTicks, draw_sample, ticks_of
from gk_pipeline.pictures.pages.audit import audit_page
from gk_pipeline.pictures.terminal.audit import audit_picture
from gk_pipeline.quality.audit import upper_bound
from pictures.pages.shelf import HOSTILE


def drawn(shelf, size=20):
    return draw_sample(shelf, Draw(tuple(shelf.years()), size, 3))


def test_every_drawn_cell_can_be_ticked_three_ways_and_shows_what_is_printed(shelf):
    sample = drawn(shelf)
    page = LexborHTMLParser(audit_page(sample, shelf.forms))
    cells = page.css("fieldset.tick")
    assert [cell.attributes["data-name"] for cell in cells] == [cell.name for cell in sample.cells]
    assert [cell.css_first("mark").text() for cell in cells] == [cell.printed for cell in sample.cells]
    for cell in cells:
        radios = cell.css("input[type=radio]")
        assert [radio.attributes["value"] for radio in radios] == ["right", "wrong", "unclear"]
        assert {radio.attributes["name"] for radio in radios} == {cell.attributes["data-name"]}


def test_nothing_of_a_report_becomes_markup(shelf):
    sample = drawn(shelf, 1)
    hostile = replace(sample, cells=(replace(sample.cells[0], organization=HOSTILE, before=HOSTILE, printed=HOSTILE),))
    page = audit_page(hostile, shelf.forms)
    assert HOSTILE not in page
    assert LexborHTMLParser(page).css_first("mark").text() == HOSTILE


def pictured(sample, ticks):
    found = ticks_of(sample, SavedTicks(sample.draw, sample.digest, ticks))
    return [str(part) for part in audit_picture(sample, found).renderables]


def test_the_picture_names_the_wrong_cells_and_bounds_the_rate(shelf, tmp_path):
    sample = drawn(shelf)
    ticks = dict.fromkeys((cell.name for cell in sample.cells), "right") | {sample.cells[4].name: "wrong"}
    lines = pictured(sample, ticks)
    assert "19 as published, 1 not, 0 unclear" in lines[0]
    assert "at most 21.62 %" in lines[1]
    assert lines[3:] == [f"not as published: {sample.cells[4].name}"]


def test_cells_other_than_zero_have_a_bound_of_their_own(shelf):
    sample = drawn(shelf)
    others = [cell.name for cell in sample.cells if cell.value]
    assert 1 < len(others) < 20
    wrong = dict.fromkeys((cell.name for cell in sample.cells), "right") | {others[0]: "wrong"}
    bound = upper_bound(1, len(others))
    [line] = [line for line in pictured(sample, wrong) if line.startswith("of cells other than 0")]
    assert line.startswith(f"of cells other than 0: 1 of {len(others)}; at most ")
    assert bound <= float(line.split("at most ")[1].split(" %")[0]) / 100 < bound + 1e-4
    zeros = {cell.name: "right" for cell in sample.cells if not cell.value}
    assert pictured(sample, zeros)[3] == "of cells other than 0: none was looked at, so nothing is known of them"

"""The page of an audit."""

from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from gk_pipeline.auditing import Draw, draw_sample, ticks_of
from gk_pipeline.pictures.pages.audit import audit_page
from gk_pipeline.pictures.terminal.audit import audit_picture
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


def test_the_picture_names_the_wrong_cells_and_bounds_the_rate(shelf, tmp_path):
    sample = drawn(shelf)
    ticks = dict.fromkeys((cell.name for cell in sample.cells), "right") | {sample.cells[4].name: "wrong"}
    lines = [str(part) for part in audit_picture(sample, ticks_of(sample, ticks)).renderables]
    assert "19 as published, 1 not, 0 unclear" in lines[0]
    assert "at most 21.62 %" in lines[1]
    assert lines[2:] == [f"not as published: {sample.cells[4].name}"]

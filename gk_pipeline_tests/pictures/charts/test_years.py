"""Columns of several years."""

from xml.etree import ElementTree

from gk_pipeline.pictures.charts.render import svg
from gk_pipeline.pictures.charts.years import year_columns


def drawn(numbers):
    return ElementTree.fromstring(svg(year_columns(numbers)))


def words(chart):
    return [text.text or "" for text in chart.iter("{http://www.w3.org/2000/svg}text")]


def test_every_number_and_year_is_written():
    shown = words(drawn({"in": [(2020, 130), (2024, 3525)], "out": [(2024, 3521)]}))
    assert {"2020", "2024", "130", "3,525", "3,521", "in", "out"} <= set(shown)


def test_long_numbers_have_room_beside_each_other():
    def width(value):
        return float(drawn({"in": [(2020, value)], "out": [(2020, value)]}).attrib["width"])

    assert width(1_234_567_890) > width(12)

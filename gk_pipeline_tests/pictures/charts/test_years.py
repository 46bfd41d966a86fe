"""Columns of several years."""

from xml.etree import ElementTree

from gk_pipeline.pictures.charts.render import svg
from gk_pipeline.pictures.charts.years import Column, year_columns


def drawn(numbers):
    return ElementTree.fromstring(svg(year_columns(numbers)))


def words(chart):
    return [text.text or "" for text in chart.iter("{http://www.w3.org/2000/svg}text")]


def test_every_number_and_year_is_written():
    shown = words(drawn({"in": [Column(2020, 130), Column(2024, 3525)], "out": [Column(2024, 3521)]}))
    assert {"2020", "2024", "130", "3,525", "3,521"} <= set(shown)


def test_long_numbers_have_room_beside_each_other():
    def width(value):
        return float(drawn({"in": [Column(2020, value)], "out": [Column(2020, value)]}).attrib["width"])

    assert width(1_234_567_890) > width(12)


def test_a_year_without_a_number_leaves_a_gap():
    chart = drawn({"in": [Column(2020, 1), Column(2021, None), Column(2022, 3)]})
    assert {"2020", "2021", "2022"} <= set(words(chart))
    assert [word for word in words(chart) if word in ("0", "1", "3", "None")] == ["1", "3"]


def test_a_number_that_leaves_something_out_is_starred():
    assert "130*" in words(drawn({"in": [Column(2020, 130, starred=True)]}))

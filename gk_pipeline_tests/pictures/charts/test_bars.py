"""Bars say what they show."""

from xml.etree import ElementTree

from gk_pipeline.pictures.charts.bars import count_bars, share_bars, share_told


def words(drawn: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


def test_every_count_stands_beside_its_bar_in_the_order_given():
    counts = {"verified": 1578, "disputed": 3, "missing": 0}
    shown = words(count_bars("cells", counts))
    assert [word for word in shown if word in counts] == list(counts)
    assert {"1,578", "3", "0", "cells"} <= set(shown)


def test_a_share_is_all_only_when_all_of_it_is():
    assert share_told(1999, 2000) == "99.9% of 2,000"
    assert share_told(2000, 2000) == "100.0% of 2,000"


def test_of_nothing_there_is_no_share():
    assert "none to judge" in words(share_bars("laws", {"a": (0, 0)}))


def test_a_chart_of_no_rows_is_drawn():
    assert words(count_bars("empty", {})) == ["empty"]


def test_names_are_escaped():
    assert "<b>&" in words(count_bars("t", {"<b>&": 1}))

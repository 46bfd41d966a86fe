"""Pages with more markup than any report has: told before the parser, whose time grows with a square, sees them."""

import time

import pytest

from gk_pipeline.documents import html_bounds
from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.html import page

MANY = range(html_bounds.MAX_ATTRIBUTES + 1)


@pytest.mark.parametrize("tag", ["<div>", "<span>", "<b>", "<ul><li>", "<table><tr><td>", "<pre>", "<font size=1>"])
def test_ten_thousand_levels_of_nesting_are_read(tag):
    assert [block.text for block in page(tag * 10_000 + "总计 12").blocks] == ["总计 12"]


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>", "<font>"])
def test_elements_nested_beyond_any_report_are_refused_before_they_are_parsed(tag):
    with pytest.raises(Unreadable) as refusal:
        page(tag * (html_bounds.MAX_DEPTH + 1))
    assert refusal.value.code == "too_deep"


def test_as_many_elements_side_by_side_are_read():
    assert len(page("<div>总计</div><p>1" * (html_bounds.MAX_DEPTH + 1)).blocks) == 2 * (html_bounds.MAX_DEPTH + 1)


def test_a_page_of_more_tags_than_any_report_is_refused():
    with pytest.raises(Unreadable) as refusal:
        page("<br>" * (html_bounds.MAX_TAGS + 1))
    assert refusal.value.code == "too_many_tags"


@pytest.mark.parametrize(
    "markup",
    [
        "<body " + " ".join(f"a{n}" for n in MANY) + ">",
        "<div " + " ".join(f'a{n}=">"' for n in MANY) + ">",
        "<div " + "".join(f"a{n}='<p>'" for n in MANY) + ">",
        "<td/" + "/".join(f"a{n}" for n in MANY) + ">",
        '<p ="' + " ".join(f"a{n}" for n in MANY) + '">',
        "".join(f"<body a{n} b{n}>12" for n in MANY[::2]),
        "<html " + " ".join(f"a{n}" for n in MANY[::2]) + "><p>12<html " + " ".join(f"b{n}" for n in MANY[::2]) + ">",
    ],
)
def test_an_element_of_more_attributes_than_any_is_refused_however_they_are_written(markup):
    with pytest.raises(Unreadable) as refusal:
        page(f"{markup}总计</body>")
    assert refusal.value.code == "too_many_attributes"


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="a: b; c: d" class="x y">12</p>' * 10_000,
        f'<img src="data:image/png;base64,{"abc/" * 20_000}"><p>12',
        f"<img src=data:image/png;base64,{'abc/' * 20_000}><p>12",
        f"<script>for (i = 0; i<n; i++) x = [{'1, ' * 20_000}]</script><p>12",
        f"<!-- <p {'a b ' * 20_000} --><p>12",
        "<body " + " ".join(f"a{n}" for n in MANY[:-1]) + "><p>12",
    ],
)
def test_what_is_no_attribute_is_not_counted(markup):
    assert {block.text for block in page(markup).blocks} == {"12"}


@pytest.mark.parametrize("part", ['<p a="', "<p a='x\" ", "<!--", "<script ", "<p a= ", "<p ='"])
def test_counting_takes_no_longer_than_there_is_markup(part):
    before = time.process_time()
    with pytest.raises(Unreadable):
        html_bounds.check_markup(part * 200_000 + "<p " + " ".join(f"a{n}" for n in MANY) + "<" * 1_000_001)
    assert time.process_time() - before < 5

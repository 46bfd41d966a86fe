"""Web pages to blocks: what a browser shows, with the spans of every table laid out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gk_pipeline.documents import html
from gk_pipeline.documents.spans import MAX_SLOTS, SpanningCell, laid_out


def lines(markup):
    return [block.text for block in html.page(markup).blocks]


def only_grid(markup):
    (grid,) = [block for block in html.page(markup).blocks if block.cells]
    return grid


def cells(markup):
    return [(cell.row, cell.column, cell.text) for cell in only_grid(markup).cells]


def spans(markup):
    return [(cell.text, cell.row_span, cell.column_span) for cell in only_grid(markup).cells]


def codes(markup):
    return [finding.code for finding in html.page(markup).findings]


def test_one_span_a_letter_joins_without_spaces():
    assert lines("<p><span>一</span><span>、本年</span><font>新</font><b>收</b></p>") == ["一、本年新收"]


def test_white_space_is_shown_as_a_browser_does():
    assert lines("<p>  2020\n\t年  <b> 公开</b>\n</p>") == ["2020 年 公开"]


def test_a_no_break_space_is_a_space_that_does_not_collapse():
    assert lines("<p>1&nbsp;&nbsp;234&nbsp;</p><p>&nbsp;</p>") == ["1  234"]


@pytest.mark.parametrize("tag", ["p", "div", "li", "h1", "h6", "section", "article", "dt", "dd", "blockquote"])
def test_block_level_elements_break_the_line(tag):
    assert lines(f"前<{tag}>中</{tag}>后") == ["前", "中", "后"]


def test_a_line_break_breaks_the_line():
    assert lines("<p>本年<br>新收<br/></p>") == ["本年", "新收"]


def test_an_element_that_its_style_makes_a_block_breaks_the_line():
    assert lines('<span style="display:block">12</span><span style="color:red; DISPLAY: table-cell">3</span>') == [
        "12", "3",
    ]  # fmt: skip


def test_markup_in_attributes_and_comments_is_no_markup():
    markup = """<table><tr><td title='<td>1 rowspan="2"' width=9>甲<!-- <td>2 --><td>3<img alt="></td><td>4"></table>"""
    assert cells(markup) == [(0, 0, "甲"), (0, 1, "3")]
    assert spans(markup)[0] == ("甲", 1, 1)


def test_tags_that_ran_into_each_other_cost_no_text():
    assert lines("<div<b>甲</div<b>乙<p>丙<span<!--x-->丁</p><p>戊") == ["甲乙", "丙丁", "戊"]


def test_escaped_markup_is_text():
    assert lines("<p>&lt;td&gt; &amp;lt; &amp;nbsp; &quot;&#1;</p>") == ['<td> &lt; &nbsp; "\x01']


@pytest.mark.parametrize("tag", ["xmp", "plaintext"])
def test_text_that_needs_no_escape_is_read_as_it_is(tag):
    assert lines(f"甲<{tag}>a<td>b&lt;") == ["甲", "a<td>b&lt;"]


def test_a_script_that_names_its_own_end_is_left_out_whole():
    assert lines("<p>甲<script>'<!--<script></script>'; 12</script>乙") == ["甲乙"]


def test_a_raised_figure_does_not_run_into_the_number_before_it():
    assert lines("<p>10<sup>4</sup>，万m<sup>2</sup></p>") == ["10^4，万m2"]


def test_a_figure_raised_above_what_is_typed_does_not_run_into_it():
    assert lines("<p>1<input type=hidden value=9><sup>4</sup>，<input value=12><sup>3</sup>") == ["1^4，12^3"]


def test_what_is_typed_into_a_published_field_is_read():
    fields = "<input value=12><input type=hidden value=9><input type=button value=打印>"
    assert cells(f"<table><tr><td>规章<td>{fields}</table>") == [(0, 0, "规章"), (0, 1, "12")]


def test_scripts_styles_and_templates_are_not_on_the_page():
    markup = "<head><title>题</title><style>p{}</style></head><body><script>var a=1</script><noscript>no</noscript>"
    assert lines(markup + "<template><p>t</p></template><title>迟</title><iframe>f</iframe><!-- c --><p>正文</p>") == [
        "正文"
    ]


def test_word_markup_is_read_through():
    assert lines("<p class=MsoNormal>一、<o:p></o:p><v:shape id=a>总体</v:shape><![if !x]>情况<![endif]></p>") == [
        "一、总体情况"
    ]


def test_hidden_elements_are_left_out():
    assert lines('<p>甲</p><p style="display : none">乙</p><div hidden><p>丙</p></div>') == ["甲"]
    assert codes('<p>甲</p><p style="display:none">乙</p>') == []


def test_what_nests_in_a_hidden_element_goes_with_it():
    markup = "甲<div hidden><div><div hidden><table><tr><td>a</table></div>乙</div></div><div>丙</div>"
    assert lines(markup) == ["甲", "丙"]
    assert codes(markup) == ["hidden_table"]


def test_a_page_that_hides_itself_shows_nothing():
    assert lines("<html hidden><p>甲<table><tr><td>1<td>2</table>") == []
    assert codes("<html hidden><p>甲<table><tr><td>1<td>2</table>") == ["hidden_table"]


def test_the_last_display_of_a_style_counts():
    assert lines('<p style="display:none;display:block">甲</p>') == ["甲"]


@pytest.mark.parametrize(
    "markup",
    [
        '<p>甲<div style="display:none"><table><tr><td>规章<td>12</table></div>',
        "<p>甲<table><tr><td>a<td>b<tr hidden><td>规章<td>12</table>",
    ],
    ids=["a table", "a row"],
)
def test_hidden_figures_of_a_table_are_noted(markup):
    (finding,) = html.page(markup).findings
    assert (finding.severity, finding.code) == ("note", "hidden_table")
    assert "规章" in finding.evidence


def test_spans_are_laid_out():
    markup = """<table>
      <tr><td rowspan=2 colspan=2>申请<td colspan=2>情况<td rowspan=2>总计
      <tr><td>自然人<td>法人
      <tr><td>一<td>二<td>1<td>2<td>3
    </table>"""
    assert cells(markup) == [
        (0, 0, "申请"), (0, 2, "情况"), (0, 4, "总计"),
        (1, 2, "自然人"), (1, 3, "法人"),
        (2, 0, "一"), (2, 1, "二"), (2, 2, "1"), (2, 3, "2"), (2, 4, "3"),
    ]  # fmt: skip
    assert spans(markup)[:3] == [("申请", 2, 2), ("情况", 1, 2), ("总计", 2, 1)]
    assert only_grid(markup).spans_known
    assert codes(markup) == []


def test_paragraphs_of_a_cell_stand_on_lines_of_one_text():
    assert cells("<table><tr><td><p>商业</p>\n<p><span>企</span><span>业</span></p><td><p>&nbsp;</p></table>") == [
        (0, 0, "商业\n企业"), (0, 1, ""),
    ]  # fmt: skip


def test_a_row_without_cells_is_a_row_that_spans_can_cover():
    assert cells("<table><tr><td rowspan=3>甲<td>1<tr><tr><td>2</table>") == [(0, 0, "甲"), (0, 1, "1"), (2, 1, "2")]


def test_a_caption_is_a_line_before_its_grid():
    caption, grid = html.page("<table><caption>表一</caption><tr><td>1<td>2</table>").blocks
    assert (caption.text, len(grid.cells)) == ("表一", 2)


def test_a_foot_stands_last_wherever_it_was_written():
    assert cells("<table><tfoot><tr><td>总计<tbody><tr><td>1</table>") == [(0, 0, "1"), (1, 0, "总计")]


def test_a_table_around_a_table_is_layout():
    before, grid, after = html.page(
        "<table><tr><td>导航<td><table><tr><td>1<td>2</table><tr><td colspan=2>页脚</table>"
    ).blocks
    assert (before.text, after.text) == ("导航", "页脚")
    assert [cell.text for cell in grid.cells] == ["1", "2"]


def test_a_hidden_table_makes_no_layout_of_the_one_around_it():
    assert cells("<table><tr><td>规章<table hidden><tr><td>a<td>b</table><td>0</table>") == [
        (0, 0, "规章"), (0, 1, "0"),
    ]  # fmt: skip


def test_a_table_of_one_cell_is_layout():
    assert lines("<table><tr><td><p>甲</p><p>乙</p></table>") == ["甲", "乙"]


def test_preformatted_text_is_read_as_plain_text():
    first, grid = html.page("<pre>一、 总体\n规章\t<b>0</b>\n许可\t1</pre>").blocks
    assert first.text == "一、 总体"
    assert [(cell.row, cell.column, cell.text) for cell in grid.cells] == [
        (0, 0, "规章"), (0, 1, "0"), (1, 0, "许可"), (1, 1, "1"),
    ]  # fmt: skip
    assert {first.line, first.char_start, grid.line, *(cell.char_start for cell in grid.cells)} == {None}


def test_a_table_inside_preformatted_text_is_a_grid_and_the_text_goes_on():
    before, grid, after = html.page("<pre>甲\n<table><tr><td>商业\n企业<td><pre>a\nb</pre></table>乙  丙</pre>").blocks
    assert (before.text, after.text) == ("甲", "乙  丙")
    assert [cell.text for cell in grid.cells] == ["商业 企业", "a\nb"]


def test_the_first_title_that_says_something_is_the_title():
    assert html.page("<title> </title><p>甲<title>某县\n 年度报告</title>").title == "某县 年度报告"
    assert html.page("<p>甲").title is None


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="canonical" href=" http://a.gov.cn/1.html ">',
        '<meta name="url" content="http://a.gov.cn/1.html">',
        '<meta property="og:url" content="http://a.gov.cn/1.html">',
        '<meta name=url content=""><meta name="OG:URL" content="http://a.gov.cn/1.html">',
    ],
)
def test_the_address_a_page_claims_is_kept(markup):
    assert html.page(markup + "<p>甲").source_url == "http://a.gov.cn/1.html"


def test_a_page_without_an_address_has_none():
    assert (
        html.page('<link rel=stylesheet href=a.css><meta name=x content=y><a href="http://b">b</a>').source_url is None
    )


def test_a_span_past_the_last_row_is_cut_and_noted():
    markup = "<table><tr><td rowspan=1000000000>甲<td>1<tr><td>2</table>"
    assert cells(markup) == [(0, 0, "甲"), (0, 1, "1"), (1, 1, "2")]
    assert spans(markup)[0] == ("甲", 2, 1)
    (finding,) = html.page(markup).findings
    assert (finding.severity, finding.code) == ("note", "spans_clipped")


def test_a_span_of_no_rows_reaches_the_end_of_its_group():
    markup = "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>3<td>4</table>"
    assert cells(markup) == [(0, 0, "甲"), (0, 1, "1"), (1, 1, "2"), (2, 0, "3"), (2, 1, "4")]
    assert codes(markup) == []


def test_a_span_ends_with_its_row_group():
    markup = "<table><tbody><tr><td rowspan=2>甲<td>1<tbody><tr><td>3<td>4</table>"
    assert cells(markup)[2:] == [(1, 0, "3"), (1, 1, "4")]
    assert spans(markup)[0] == ("甲", 1, 1)
    assert codes(markup) == ["spans_clipped"]


@pytest.mark.parametrize("attribute", ["", "x", "-3", "0", "1.9", "一", "²"])
def test_a_meaningless_column_span_is_one(attribute):
    assert spans(f'<table><tr><td colspan="{attribute}">甲<td>1</table>') == [("甲", 1, 1), ("1", 1, 1)]


def test_a_column_span_with_signs_and_blanks_around_it_counts():
    assert spans('<table><tr><td colspan=" +3列">甲<td>1</table>')[0] == ("甲", 1, 3)


def test_absurd_column_spans_are_cut_with_a_warning():
    markup = f"<table><tr><td colspan={'9' * 5000}>甲<td>1</table>"
    assert spans(markup) == [("甲", 1, 1000), ("1", 1, 1)]
    (finding,) = html.page(markup).findings
    assert (finding.severity, finding.code) == ("warning", "spans_clipped")


def test_many_rows_leave_less_room_for_wide_cells():
    markup = "<table>" + "<tr><td colspan=1000>甲" * 400 + "</table>"
    assert {cell.column_span for cell in only_grid(markup).cells} == {MAX_SLOTS // 400}
    assert codes(markup) == ["spans_clipped"]


def test_a_bomb_of_spans_stays_within_the_slots():
    markup = "<table>" + "<tr><td colspan=1000 rowspan=9999>甲" * 400 + "</table>"
    reading = html.page(markup)
    assert [finding.code for finding in reading.findings] == ["table_too_large"]
    assert [block.text for block in reading.blocks] == ["甲"] * 400


def test_cells_that_share_a_slot_are_reported():
    markup = "<table><tr><td>1<td rowspan=2>2<tr><td colspan=2>3</table>"
    assert codes(markup) == ["cells_overlap"]


@given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=5), min_size=1, max_size=6))
def test_laid_out_cells_stay_in_the_grid_and_none_starts_on_another(asked):
    group = [[SpanningCell("x", str(rows), str(columns)) for rows, columns in row] for row in asked]
    grid = laid_out([group])
    assert len(grid.cells) == sum(map(len, asked))
    taken = set()
    for cell in grid.cells:
        assert cell.row + cell.row_span <= len(asked)
        assert (cell.row, cell.column) not in taken
        slots = {
            (cell.row + down, cell.column + right) for down in range(cell.row_span) for right in range(cell.column_span)
        }
        assert grid.overlapping or not slots & taken
        taken |= slots
    assert len(taken) <= MAX_SLOTS


PLAIN_SOUP = (
    *(
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<td rowspan=3>",
        "<td colspan=2>",
        "</td>",
        "<tfoot>",
        "<caption>",
    ),
    *("<p>", "</p>", "<pre>", "</pre>", "<br>", "<b>", "</b>", "<div>", "</div>", "<em>", "甲", "12", " ", "\t", "\n"),
    *("<span>", "</span>", "<p<td>", "&lt;td&gt;", "&amp;lt;", "<!-- <td> -->", "<img alt='<td>'>"),
)
SOUP = (
    *PLAIN_SOUP,
    "<div hidden>",
    "<sup>",
    "<input value=7>",
    "<textarea>",
    "<svg>",
    "<select>",
    "<!--",
    "<template>",
)


@given(st.lists(st.sampled_from(PLAIN_SOUP), max_size=60).map("".join))
def test_no_shown_character_is_lost_or_read_twice(markup):
    page = html.page(markup)
    read = "".join((block.text or "") + "".join(cell.text for cell in block.cells) for block in page.blocks)
    shown = LexborHTMLParser(markup).body.text()
    assert sorted(read.replace("\n", "").replace("\t", "").replace(" ", "")) == sorted("".join(shown.split()))


@given(st.lists(st.sampled_from(SOUP), max_size=60).map("".join))
def test_no_soup_of_tags_breaks_the_reader(markup):
    for block in html.page(markup).blocks:
        assert (block.text is None) == bool(block.cells)


@given(st.text("甲乙丙丁12345 \n", min_size=1, max_size=30), st.integers(0, 29))
def test_where_an_inline_element_begins_does_not_change_the_text(words, at):
    assert lines(f"<p>{words[:at]}<span>{words[at:]}</span></p>") == lines(f"<p>{words}</p>")

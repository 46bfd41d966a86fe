"""Web pages as a person sees them: what is hidden, struck out, raised or apart from the digits beside it."""

import pytest

from gk_pipeline.documents import html
from gk_pipeline.documents.document import UNREAD


def line(markup, head=""):
    """The one line of a page with that in a paragraph."""
    blocks = html.page(f"<html><head>{head}</head><body><p>{markup}</p></body></html>").blocks
    return "\n".join(block.text or "" for block in blocks)


def codes(markup, head=""):
    return [
        finding.code for finding in html.page(f"<html><head>{head}</head><body><p>{markup}</p></body></html>").findings
    ]


def texts(rows):
    (grid,) = [block for block in html.page(f"<table>{rows}</table>").blocks if block.cells]
    return [cell.text for cell in grid.cells]


UNSEEN_STYLES = (
    "visibility:hidden",
    "opacity:0",
    "FONT-SIZE : 0",
    "font-size:1px",
    "color:#fff",
    "color: white !important; color: black",
    "color:rgba(0,0,0,0)",
    "position:absolute;left:-9999px",
    "text-indent:-999em",
    "display:inline-block;width:0;overflow:hidden",
    "max-height:0px; overflow: hidden",
    "position:absolute;clip:rect(0 0 0 0)",
    "transform:scale(0)",
    "display : none",
    "display:/* so */none",
    "display:none!important;display:inline",
    "display:none;display:nonsense",
    "display:&#110;one",
)


@pytest.mark.parametrize("style", UNSEEN_STYLES)
def test_figures_that_nobody_sees_are_left_out_and_told(style):
    markup = f"12<span style='{style}'>3</span>件"
    assert line(markup).replace(" ", "") == "12件"
    assert codes(markup) == ["hidden_text"]


@pytest.mark.parametrize(
    "markup",
    [
        *("<audio>3</audio>", "<video>3</video>", "<canvas>3</canvas>", "<meter>3</meter>", "<progress>3</progress>"),
        *(
            "<object data=a.swf>3</object>",
            "<span popover>3</span>",
            "<font color=#FFFFFF>3</font>",
        ),
    ],
)
def test_what_stands_in_an_element_for_other_browsers_is_left_out_and_told(markup):
    assert line(f"12{markup}件").replace(" ", "") == "12件"
    assert codes(f"12{markup}件") == ["hidden_text"]


def test_a_dialog_is_shown_while_it_is_open():
    assert line("12<dialog>3</dialog>") == "12"
    assert line("12<dialog open>3</dialog>") == "12\n3"


@pytest.mark.parametrize(
    "style",
    [
        *("visibility:visible", "opacity:.9", "font-size:10.5pt", "color:#333", "color:#fff;background:navy"),
        *("position:relative;left:-3px", "text-indent:-21pt", "width:0", "display:inline", "vertical-align:baseline"),
    ],
)
def test_figures_that_are_seen_are_read(style):
    assert line(f"1<span style='{style}'>23</span>件") == "123件"
    assert codes(f"1<span style='{style}'>23</span>件") == []


def test_letters_that_an_element_shows_again_are_read():
    assert line("<span style='font-size:0'>9<b style='font-size:12pt'>12</b></span>件") == "12件"
    assert line("<span style='visibility:hidden'>9<b style='visibility:visible'>12</b></span>件") == "12件"


def test_white_figures_on_a_painted_ground_are_read():
    assert texts('<tr bgcolor=navy><td style="color:white">12<td>3') == ["12", "3"]


def test_white_figures_on_a_ground_that_a_sheet_may_paint_are_unreadable_and_told():
    head = "<link rel=stylesheet href=a.css>"
    markup = "<span class=head style='color:#fff'>表12</span>"
    assert line(markup, head) == f"表{UNREAD * 2}"
    assert codes(markup, head) == ["shown_unclearly"]


@pytest.mark.parametrize(
    "rule",
    [
        *(
            ".h{display:none}",
            "span.h { VISIBILITY : hidden }",
            "p .h{opacity:0}",
            "#i{font-size:0}",
            "span{display:none}",
        ),
        *(
            "@media screen{.h{display:none}}",
            "/* .x{} */ .h, .k{display:none}",
            ".h{display:none!important}#i{display:inline}",
        ),
    ],
)
def test_a_sheet_in_the_page_hides(rule):
    head, markup = f"<style>{rule}</style>", "12<span class=h id=i>3</span>件"
    assert line(markup, head).replace(" ", "") == "12件"
    assert codes(markup, head) == ["hidden_text"]


@pytest.mark.parametrize(
    "rule",
    [
        *(".h{display:none} #i{display:inline}", "@media print{.h{display:none}}", ".h:hover{display:none}"),
        *(".h{display:none}.h{display:inline}", "p > b.h{display:none}", ".h{display:none}", ""),
    ],
)
def test_a_sheet_whose_rule_is_for_others_or_weaker_hides_nothing(rule):
    own = " style='display:inline'" if rule == ".h{display:none}" else ""
    assert line(f"12<span class=h id=i{own}>3</span>件", f"<style>{rule}</style>") == "123件"


@pytest.mark.parametrize("struck", ["<del>12</del>", "<s>12</s>", "<strike>12</strike>",
                                    '<b style="color:red;TEXT-DECORATION: Line-Through">12</b>'])  # fmt: skip
def test_struck_out_figures_are_left_out_and_told(struck):
    assert line(f"{struck}13") == "13"
    assert codes(f"{struck}13") == ["struck_out"]


def test_a_cell_that_is_struck_out_keeps_its_place_and_has_no_number():
    rows = "<tr><td>规章<td><s>12</s><td style='text-decoration:line-through'><p>3</p><td>4"
    assert texts(rows) == ["规章", "", "", "4"]


def test_a_cell_that_nobody_sees_keeps_its_place():
    assert texts("<tr><td>规章<td style='visibility:hidden'>12<td style='opacity:0'><p>3</p><td>4") == [
        "规章",
        "",
        "",
        "4",
    ]


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        *(("22<sup>1</sup>", "22^1"), ("<sup>1</sup>22", "1_22"), ("22<sub>1</sub>", "22_1")),
        *(("<sub>1</sub>22", "1_22"), ("m<sup>2</sup>", "m2")),
        *(("10<sup>.5</sup>", "10^.5"), ("22<span style='vertical-align:super'>1</span>", "22^1")),
        ("<span style='vertical-align:super'>1</span>22", "1_22"),
        ("22<span style='vertical-align:-2px'>1</span>", "22_1"),
        ("22<b style='position:relative;top:-4px'>1</b>", "22^1"),
        *(("<ruby>22<rt>1</rt></ruby>", "22^1"), ("<ruby>22<rp>(</rp><rt>1</rt></ruby>", "22^1")),
        ("<math><msup><mn>22</mn><mn>1</mn></msup></math>", "22_1"),
        ("<math><mfrac><mn>2</mn><mn>1</mn></mfrac></math>", "2_1"),
        *(("万m<sup>2</sup>，10<sup>4</sup>，", "万m2，10^4，"), ("22<sup>①</sup>", "22①")),
    ],
)  # fmt: skip
def test_raised_and_lowered_figures_join_no_number(markup, read):
    assert line(markup) == read


@pytest.mark.parametrize(
    "markup",
    [
        "<span style='display:inline-block;width:4em'>22</span><span>7</span>",
        "22<span style='float:right'>7</span>",
        "22<i style='position:absolute;left:40px'>7</i>",
        *("22<button>7</button>", "22<svg><text>7</text></svg>", "22<object>7</object>"),
    ],
)
def test_figures_that_do_not_touch_are_not_one_number(markup):
    assert line(markup) == "22\n7"


def test_what_is_set_apart_without_figures_stays_in_its_line():
    assert line("收到<span style='display:inline-block'>12</span>件") == "收到12件"


@pytest.mark.parametrize(
    "markup", ["<bdo dir=rtl>21</bdo>", "<b style='direction:rtl;unicode-bidi:bidi-override'>21</b>"]
)
def test_figures_that_run_backwards_are_unreadable_and_told(markup):
    assert line(markup) == UNREAD * 2
    assert codes(markup) == ["shown_unclearly"]


def test_what_unfolds_is_left_out_until_it_does():
    assert line("12<details><summary>甲</summary><b>3</b></details>") == "12\n甲"
    assert line("12<details open><summary>甲</summary><b>3</b></details>") == "12\n甲\n3"


def test_a_sheet_that_hides_the_whole_page_leaves_nothing_of_it():
    assert html.page("<html class=a><style>.a{display:none}</style><p>12</html>").blocks == ()


def test_elements_nested_without_end_below_letters_that_nobody_sees_are_left_out():
    assert line(f"12<span style='color:#fff'>{'<b>' * 15_000}3</span>").strip() == "12"


@pytest.mark.parametrize(
    ("attributes", "options", "shown"),
    [
        ("", "<option>0<option selected>9<option>99", "9"),
        ("", "<option>0</option><option>9</option>", "0"),
        ("", "<option disabled>请选择</option><option>9</option>", "9"),
        ("", "<option selected>0<option selected>9", "9"),
        ("", "<optgroup label=甲><option>0<option selected>9</optgroup>", "9"),
        ("multiple", "<option>0<option selected>9", "0\n9"),
        ("size=4", "<option>0<option selected>9", "0\n9"),
        ("", "<option>0<option selected label=十>9", "0\n9"),
    ],
)
def test_of_a_list_that_folds_down_the_chosen_entry_is_shown(attributes, options, shown):
    assert line(f"<select {attributes}>{options}</select>") == shown

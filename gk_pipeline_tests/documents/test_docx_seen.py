"""Word files as a person sees them: what is hidden, struck out, moved up or shown in ways that are not understood."""

import pytest

from gk_pipeline.documents.document import UNREAD
from gk_pipeline.documents.word import docx

from .word import p, package, parts_of, r, tbl, tc, tr

STYLES = "".join(
    f'<w:style w:type="character" w:styleId="{name}"><w:rPr>{look}</w:rPr></w:style>'
    for name, look in (
        ("Struck", "<w:strike/>"),
        ("Pale", '<w:color w:val="FFFFFF"/>'),
        ("Up", '<w:position w:val="6"/>'),
    )
)


def read(body):
    return docx.read(package(parts_of(body, styles=STYLES)), ())


def line(*runs):
    return "\n".join(block.text or "" for block in read(p(*runs)).blocks)


def codes(body):
    return [finding.code for finding in read(body).findings]


def texts(body):
    (grid,) = [block for block in read(body).blocks if block.cells]
    return [cell.text for cell in grid.cells]


@pytest.mark.parametrize(
    "look",
    [
        *(
            "<w:vanish/>",
            "<w:specVanish/>",
            '<w:color w:val="FFFFFF"/>',
            '<w:sz w:val="1"/>',
            '<w:rStyle w:val="Pale"/>',
        ),
        '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>',
    ],
)
def test_figures_that_nobody_sees_are_left_out_and_told(look):
    assert line(r("3", look), "12件") == "12件"
    assert line("1", r("3", look), "2件") == "1 2件"
    assert codes(p(r("3", look), "12件")) == ["hidden_text"]


@pytest.mark.parametrize(
    "look",
    [
        *('<w:color w:val="auto"/>', '<w:color w:val="333333"/>', '<w:sz w:val="15"/>', '<w:vanish w:val="0"/>'),
        *(
            '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>',
            '<w:position w:val="0"/>',
            "<w:webHidden/>",
        ),
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
    ],
)
def test_figures_that_are_seen_are_read(look):
    assert line(r("3", look), "12件") == "312件"
    assert codes(p(r("3", look), "12件")) == []


PALE = r("12", '<w:color w:val="FFFFFF"/>')


def test_white_figures_in_a_shaded_cell_are_read():
    body = tbl(tr(tc(p(PALE), properties='<w:shd w:val="clear" w:fill="1F3864"/>'), "3"))
    assert texts(body) == ["12", "3"]
    assert codes(body) == []


def test_white_figures_in_a_table_whose_style_may_shade_it_are_unreadable_and_told():
    styled = tbl(tr(tc(p(r("表12", '<w:color w:val="FFFFFF"/>'))), "3"))
    styled = styled.replace("<w:tbl>", '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>', 1)
    assert texts(styled) == [f"表{UNREAD * 2}", "3"]
    assert codes(styled) == ["shown_unclearly"]


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="Struck"/>'])
def test_struck_out_figures_are_left_out_and_told(look):
    assert texts(tbl(tr(tc(p(r("12", look), "13")), tc(p(r("4", look)))))) == ["13", ""]
    assert codes(p(r("12", look), "13")) == ["struck_out"]


def test_a_run_may_take_back_the_stroke_of_its_style():
    assert line(r("12", '<w:rStyle w:val="Struck"/><w:strike w:val="0"/>'), "件") == "12件"


@pytest.mark.parametrize(
    ("look", "read_as"),
    [
        *(
            ('<w:position w:val="12"/>', "22^1"),
            ('<w:position w:val="-6"/>', "22_1"),
            ('<w:rStyle w:val="Up"/>', "22^1"),
        ),
        *(('<w:vertAlign w:val="subscript"/>', "22_1"), ('<w:vertAlign w:val="baseline"/>', "221")),
    ],
)
def test_figures_that_stand_higher_or_lower_join_no_number(look, read_as):
    assert line("22", r("1", look)) == read_as


def test_a_raised_figure_before_a_number_does_not_join_it():
    assert line(r("1", '<w:position w:val="12"/>'), "22") == "1_22"


def test_figures_that_run_backwards_are_unreadable_and_told():
    body = p("收到", f'<w:bdo w:val="rtl">{r("21")}</w:bdo>', f'<w:bdo w:val="ltr">{r("3")}</w:bdo>')
    assert [block.text for block in read(body).blocks] == [f"收到{UNREAD * 2}3"]
    assert codes(body) == ["shown_unclearly"]


def test_what_a_control_shows_before_anybody_wrote_into_it_is_no_number():
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    assert line(control("<w:showingPlcHdr/>", r("0"))) == UNREAD
    assert codes(p(control("<w:showingPlcHdr/>", r("0")))) == ["shown_unclearly"]
    assert line(control("", r("0"))) == "0"

"""PDF pages as a person sees them: what is clipped, faint, tiny or under a picture, and figures of several heights."""

import ctypes
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth

from gk_pipeline.documents.document import UNREAD
from gk_pipeline.documents.pdf import reader

from .pdf_sheets import FONT, HEIGHT, pdf

RIGHT = 40 + stringWidth("2262", FONT, 10)


def read(draw):
    """The first line of a page that prints 2262 and what `draw` puts beside it, and the codes of the findings."""

    def both(page):
        page.text(40, 100, "2262")
        draw(page)

    reading = reader.read(pdf(both), ())
    return " ".join((block.text or "").strip() for block in reading.blocks), [one.code for one in reading.findings]


def within(page, left, width):
    """What is drawn from now on is seen only between these sides."""
    path = page.canvas.beginPath()
    path.rect(left, 0, width, HEIGHT)
    page.canvas.clipPath(path, stroke=0, fill=0)


def faint(alpha):
    def draw(page):
        page.canvas.setFillAlpha(alpha)
        page.text(RIGHT, 100, "15")

    return draw


def in_a_form(alpha):
    """Text in a form that is painted as faint as that."""

    def draw(page):
        page.canvas.beginForm("f")
        page.canvas.setFont(FONT, 10)
        page.canvas.drawString(RIGHT, HEIGHT - 100, "15")
        page.canvas.endForm()
        page.canvas.setFillAlpha(alpha)
        page.canvas.doForm("f")

    return draw


def clipped(page):
    within(page, 0, RIGHT)
    page.text(RIGHT, 100, "15")


def clipped_twice(page):
    within(page, 0, 300)
    within(page, 0, RIGHT)
    page.text(RIGHT, 100, "15")


@pytest.mark.parametrize(
    "draw", [faint(0.02), in_a_form(0.02), clipped, clipped_twice, lambda page: page.text(RIGHT, 100, "15", 0.5)]
)
def test_figures_that_nobody_sees_are_left_out_and_told(draw):
    assert read(draw) == ("2262", ["hidden_text"])


@pytest.mark.parametrize("draw", [faint(0.6), in_a_form(1.0)])
def test_figures_that_are_seen_are_read(draw):
    assert read(draw) == ("226215", [])


def test_figures_within_what_a_clip_leaves_are_read():
    def draw(page):
        within(page, 0, 300)
        page.text(RIGHT, 100, "15")

    assert read(draw) == ("226215", [])


def picture(mode="RGB", color="white"):
    def draw(page):
        page.text(RIGHT, 100, "15")
        page.canvas.drawImage(ImageReader(Image.new(mode, (40, 20), color)), RIGHT + 0.2, 197, 21, 14, mask="auto")

    return draw


def test_figures_under_a_picture_are_unreadable_and_told():
    assert read(picture()) == (f"2262{UNREAD * 2}", ["text_under_picture"])


def test_figures_under_a_stamp_that_lets_them_show_through_are_read():
    assert read(picture("RGBA", (255, 0, 0, 60)))[0] == "226215"


def test_figures_over_a_picture_are_read():
    def draw(page):
        page.canvas.drawImage(ImageReader(Image.new("RGB", (40, 20), "yellow")), RIGHT, 197, 21, 14)
        page.text(RIGHT, 100, "15")

    assert read(draw) == ("226215", [])


@pytest.mark.parametrize(
    ("rise", "size", "text"),
    [
        (2, 5, "2262^1"),
        (2.5, 6, "2262^1"),
        (-1, 5, "2262_1"),
        (-1.5, 6, "2262_1"),
        (0, 6, "2262_1"),
        (1.5, 10, "2262_1"),
    ],
)
def test_figures_that_stand_higher_or_lower_or_are_smaller_join_no_number(rise, size, text):
    assert read(lambda page: page.text(RIGHT, 100 - rise, "1", size)) == (text, [])


def test_a_raised_figure_before_a_number_does_not_join_it():
    assert read(lambda page: page.text(37, 98, "1", 5)) == ("1_2262", [])


@pytest.mark.parametrize(("rise", "size"), [(0, 10), (0.3, 10), (0, 9)])
def test_figures_of_about_one_height_and_size_are_one_number(rise, size):
    assert read(lambda page: page.text(RIGHT, 100 - rise, "1", size)) == ("22621", [])


def test_a_raised_figure_at_the_end_of_a_cell_does_not_reach_into_the_next_one():
    def draw(page):
        page.table(40, 150, [["甲", "12", "3"]])
        page.text(40 + 64 + stringWidth("12", FONT, 10), 161, "1", 5)

    assert "12^1" in [cell.text for block in reader.read(pdf(draw), ()).blocks for cell in block.cells]


def annotated(kind, key, rect, flags=0):
    """The lines and findings of a page that prints 2262, with text laid over it that has no look of its own."""

    def page_of(page):
        page.text(40, 100, "2262")
        page.text(40, 130, "15")

    document = pdfium.PdfDocument(pdf(page_of))
    page = document[0]
    annotation = raw.FPDFPage_CreateAnnot(page, kind)
    raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(*rect))
    raw.FPDFAnnot_SetFlags(annotation, flags)
    text = ctypes.create_string_buffer("777\0".encode("utf-16-le"))
    raw.FPDFAnnot_SetStringValue(annotation, key, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPage_CloseAnnot(annotation)
    stream = BytesIO()
    document.save(stream)
    reading = reader.read(stream.getvalue(), ())
    return [(block.text or "").split() for block in reading.blocks], [one.code for one in reading.findings]


OVER_2262 = (38.0, HEIGHT - 90, 70.0, HEIGHT - 103)
BESIDE_15 = (100.0, HEIGHT - 120, 130.0, HEIGHT - 133)


@pytest.mark.parametrize(("kind", "key"), [(raw.FPDF_ANNOT_FREETEXT, b"Contents"), (raw.FPDF_ANNOT_FREETEXT, b"RC")])
def test_figures_below_a_text_without_a_look_are_unreadable_and_told(kind, key):
    assert annotated(kind, key, OVER_2262) == ([[UNREAD * 4], ["15"]], ["notes_not_drawn"])


def test_a_text_without_a_look_over_nothing_stands_in_its_place_as_unreadable():
    found = annotated(raw.FPDF_ANNOT_FREETEXT, b"Contents", BESIDE_15)
    assert found == ([["2262"], ["15", UNREAD]], ["notes_not_drawn"])


def test_notes_that_viewers_show_apart_or_not_at_all_change_nothing():
    read_as_printed = [["2262"], ["15"]], []
    assert annotated(raw.FPDF_ANNOT_POPUP, b"Contents", OVER_2262) == read_as_printed
    hidden = raw.FPDF_ANNOT_FLAG_HIDDEN
    assert annotated(raw.FPDF_ANNOT_FREETEXT, b"Contents", OVER_2262, flags=hidden) == read_as_printed
    assert annotated(raw.FPDF_ANNOT_FREETEXT, b"NM", OVER_2262) == read_as_printed


def tiled(texts, gray=0.85, beside=""):
    """What a page reads as that repeats a text in grey over a table of figures."""

    def draw(page):
        page.canvas.setFillGray(gray)
        for number, text in enumerate(texts):
            page.text(38 + 60 * (number % 3), 98 + 50 * (number // 3), text)
        page.text(40, 60, beside)

    return read(draw)


def test_a_pale_text_that_a_page_repeats_is_left_out_and_told():
    assert tiled(["CA证书 10086"] * 6) == ("2262", ["watermark_text"])
    assert tiled(["CA证书", "10086"] * 6) == ("2262", ["watermark_text"])
    assert "watermark_text" not in tiled([*["CA证书", "10086"] * 6, "CA证书"])[1]


@pytest.mark.parametrize(
    ("texts", "gray", "beside"),
    [
        pytest.param(["CA证书 10086"] * 5, 0.85, "", id="a few times"),
        pytest.param(["15"] * 6, 0.85, "", id="numbers"),
        pytest.param(["无"] * 6, 0.85, "", id="what stands for no number"),
        pytest.param(["结果维持"] * 6, 0.2, "", id="dark"),
        pytest.param(["结果维持"] * 6, 0.85, "1.属于国家秘密", id="in the colour of the rest"),
    ],
)
def test_what_is_no_watermark_is_read(texts, gray, beside):
    text, codes = tiled(texts, gray, beside)
    assert "watermark_text" not in codes
    assert text.count(texts[0][-1]) >= len(texts) - 1

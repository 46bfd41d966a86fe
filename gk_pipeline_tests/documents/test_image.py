"""Pictures as files: what is refused and why, and the pages of a TIFF."""

import io
import sys

import pytest
from PIL import Image

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.read import read_bytes

pytest.importorskip("rapidocr_onnxruntime")

from gk_pipeline.documents.scan import MAX_PAGES, MAX_PIXELS

from .scan.drawn import page


def file_of(*pages, kind="PNG"):
    first, *others = [Image.fromarray(one) for one in pages]
    file = io.BytesIO()
    first.save(file, kind, **({"save_all": True, "append_images": others} if others else {}))
    return file.getvalue()


def refused(raw):
    with pytest.raises(Unreadable) as refusal:
        read_bytes(raw, "scan", ())
    return refusal.value


def test_without_the_extra_a_picture_is_refused_with_its_name(monkeypatch):
    monkeypatch.setitem(sys.modules, "gk_pipeline.documents.scan.pages", None)
    refusal = refused(file_of(page(1, 2, {(0, 0): "12"})))
    assert refusal.code == "no_recognition"
    assert "gk-pipeline[ocr]" in refusal.advice


def test_a_picture_that_is_cut_off_is_refused():
    raw = file_of(page(2, 2, {(0, 0): "12"}))
    assert refused(raw[: len(raw) // 2]).code == "damaged_picture"


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    Image.new("1", (MAX_PIXELS // 5000 + 1, 5000), 1).save(file, "PNG")
    assert refused(file.getvalue()).code == "too_many_pixels"


def test_a_tiff_with_too_many_pages_is_refused():
    blank = page(0, 0, {})[:20, :20]
    assert refused(file_of(*[blank] * (MAX_PAGES + 1), kind="TIFF")).code == "too_many_pages"


def test_a_picture_without_text_is_refused():
    assert refused(file_of(page(0, 0, {}))).code == "no_text"


def test_each_page_of_a_tiff_has_its_number_and_the_same_bytes_read_alike():
    raw = file_of(page(2, 2, {(0, 0): "12"}), page(2, 2, {(1, 1): "34"}), kind="TIFF")
    document = read_bytes(raw, "scan.tif", ())
    assert [block.page for block in document.blocks] == [1, 2]
    assert [[cell.text for cell in block.cells] for block in document.blocks] == [
        ["12", "", "", ""],
        ["", "", "", "34"],
    ]
    assert read_bytes(raw, "scan.tif", ()) == document
    assert [finding.code for finding in document.findings] == ["text_recognised"]

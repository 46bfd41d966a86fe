"""A sheet saved as text: whichever separator and encoding, its cells are those of the sheet."""

from csv import field_size_limit

import pytest

from gk_pipeline.documents.document import Document, Unreadable
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms

from .workbooks import csv, sample

from ways import samples  # isort: skip

LABELS = form_labels(shipped_forms())
SHEET = sample(next(samples()))


def read(raw: bytes, name: str = "report.csv") -> Document:
    return read_bytes(raw, name, LABELS)


def rows(document: Document) -> list[list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for number, block in enumerate(document.blocks):
        for cell in block.cells:
            found.setdefault((number, cell.row), []).append(cell.text)
    return list(found.values())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_separator_and_encoding_gives_the_same_blocks(separator: str, encoding: str):
    document = read(csv(SHEET, separator, encoding))
    assert document.media_type == "text/csv"
    assert document.blocks == read(csv(SHEET)).blocks
    assert sum(len(block.cells) for block in document.blocks) > 200


def test_a_comma_within_quotes_parts_nothing():
    assert rows(read('规章,"1,234",5\n规范性文件,"危及“三""安全""",7\n'.encode())) == [
        ["规章", "1,234", "5"],
        ["规范性文件", '危及“三"安全"', "7"],
    ]


def test_quotes_that_do_not_close_swallow_no_rows():
    assert rows(read('规章,"5,1\n规范性文件,6,2\n'.encode())) == [["规章", '"5', "1"], ["规范性文件", "6", "2"]]


def test_commas_in_prose_do_not_part_a_sheet_of_semicolons():
    text = "本年,全县,公开\n规章;1;2\n规范性文件;3;4\n行政许可;5;6\n"
    assert rows(read(text.encode())) == [["规章", "1", "2"], ["规范性文件", "3", "4"], ["行政许可", "5", "6"]]


def test_text_without_any_separator_is_lines():
    assert [block.text for block in read("规章\n行政许可\n".encode()).blocks] == ["规章", "行政许可"]


def test_more_cells_than_any_report_has_are_refused():
    with pytest.raises(Unreadable) as refused:
        read(b"1," * 300_000)
    assert refused.value.code == "too_large"


def test_what_else_reads_csv_in_this_process_keeps_its_limit():
    before = field_size_limit()
    read(csv(SHEET))
    assert field_size_limit() == before

"""From a path to a document: the kind of file, the refusals, and the list of files."""

import hashlib
import os
import pickle
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.folder import is_no_document, list_files, told_of_skipped
from gk_pipeline.documents.media_type import NAMES, media_type
from gk_pipeline.documents.read import MAX_BYTES, MAX_CHARACTERS, READERS, read_bytes, read_path

LABELS = ("总体情况", "行政许可", "总计")
TEXT = "某县2020年年度报告\n一、总体情况\n行政许可\t12\t3\n"
PAGE = (
    "<html><head><title>某县年度报告</title></head>"
    "<body><h1>一、总体情况</h1><table><tr><td>总计<td>1</table></body></html>"
)


def refused(raw, name="report.txt"):
    with pytest.raises(Unreadable) as refusal:
        read_bytes(raw, name, LABELS)
    assert str(refusal.value)
    assert refusal.value.advice
    return refusal.value


def refused_path(path):
    with pytest.raises(Unreadable) as refusal:
        read_path(path, LABELS)
    return refusal.value


def zipped(member):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "x")
    return buffer.getvalue()


def test_a_text_file_becomes_a_document(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="gb18030")
    document = read_path(path, LABELS)
    assert document.document_id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (document.media_type, document.encoding, document.title) == ("text/plain", "gb18030", None)
    assert [block.text for block in document.blocks] == ["某县2020年年度报告", "一、总体情况", None]
    assert document.findings == ()


def test_a_page_becomes_a_document_whatever_its_suffix_says():
    document = read_bytes(PAGE.encode(), "report.doc", LABELS)
    assert (document.media_type, document.title, len(document.blocks)) == ("text/html", "某县年度报告", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le"])
def test_a_page_is_recognised_in_every_encoding(encoding):
    document = read_bytes(PAGE.encode(encoding), "x", LABELS)
    assert (document.media_type, document.title) == ("text/html", "某县年度报告")


def test_findings_of_decoding_and_of_the_format_both_reach_the_document():
    page = "<body>一、总体情况<table><tr><td rowspan=9>总计<td>1</table>完".encode()[:-1]
    assert [finding.code for finding in read_bytes(page, "a.html", LABELS).findings] == [
        "text_cut_off",
        "spans_clipped",
    ]


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.txt", "application/pdf"),
        (b"\n\n%PDF-1.4\n", "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "a", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.html", "image/jpeg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.wps", "application/x-ole-storage"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a", "application/msword"),
        (rb"{\rtf1\ansi", "a.doc", "text/rtf"),
        (b"From: <Saved by x>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>", "a.mht",
         "multipart/related"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><a/>", "a", "text/xml"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html/>", "a", "text/html"),
        (b"<TABLE border=1><tr><td><p>1", "a.txt", "text/html"),
        (b"words\n<table><tr><td>1</td></tr></table>", "a.txt", "text/markdown"),
        (b"# words <br>\n<table><tr><td>1</td></tr></table>", "a.md", "text/markdown"),
        (b"words", "a.htm", "text/html"),
        (b"words", "a.MD", "text/markdown"),
        (b"words", "a.pdf", "text/plain"),
        ("BM总体情况".encode(), "a.txt", "text/plain"),
    ],
)  # fmt: skip
def test_the_content_tells_the_kind_before_the_suffix_does(raw, name, expected):
    assert media_type(raw, name) == expected


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ("word/document.xml", "Word (.docx)"),
        ("xl/workbook.xml", "Excel (.xlsx)"),
        ("OFD.xml", "OFD"),
        ("a", "a ZIP archive"),
    ],
)
def test_what_a_zip_holds_is_named(member, name):
    assert NAMES[media_type(zipped(member), "a.zip")] == name


def test_a_format_without_a_reader_is_refused_by_its_name():
    unread = next(kind for kind in ("image/gif", "application/vnd.rar") if kind not in READERS)
    raw = {"image/gif": b"GIF89a....", "application/vnd.rar": b"Rar!\x1a\x07\x00"}[unread]
    refusal = refused(raw)
    assert refusal.code == "no_reader"
    assert NAMES[unread] in str(refusal)


@pytest.mark.parametrize(
    ("raw", "name", "advice"),
    [
        (b"PK\x03\x04...mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "report.ods", "save it as .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "report.wps", "save it as .docx or .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "report.et", "save it as .docx or .xlsx"),
    ],
)
def test_what_another_office_wrote_is_refused_with_the_format_to_save_it_in(raw, name, advice):
    refusal = refused(raw, name)
    assert refusal.code == "no_reader"
    assert advice in refusal.advice


def test_every_reader_reads_a_named_type():
    assert set(READERS) <= set(NAMES)


@pytest.mark.parametrize("raw", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 1000])
def test_an_empty_file_is_refused(raw):
    assert refused(raw).code == "empty"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("　　\n　".encode(), "a.txt"),
        (b"<html><body><script>load('report')</script><img src=a.png></body></html>", "a.html"),
        (b"<table><tr><td>&nbsp;<td></table>", "a.html"),
    ],
)
def test_a_file_without_text_is_refused(raw, name):
    assert refused(raw, name).code == "no_text"


def test_binary_junk_is_refused():
    assert refused(bytes(range(256)) * 20).code == "not_text"


def test_a_hundred_megabytes_are_refused_without_reading_them(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    refusal = refused_path(path)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert refusal.code == "too_large"
    assert "100.0 MB" in str(refusal)


def test_bytes_beyond_the_limit_are_refused():
    assert refused(b"x" * (MAX_BYTES + 1)).code == "too_large"


def test_more_text_than_any_report_has_is_refused():
    line = "本年新收政府信息公开申请数量" * 100 + "\n"
    assert refused((line * (MAX_CHARACTERS // len(line) + 2)).encode()).code == "too_long"
    assert len(read_bytes((line * 300).encode(), "a.txt", LABELS).blocks) == 300


def test_a_vanished_file_is_refused(tmp_path):
    assert refused_path(tmp_path / "gone.txt").code == "vanished"


def test_a_folder_is_refused(tmp_path):
    assert refused_path(tmp_path).code == "directory"


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused_path(tmp_path / "pipe.txt").code == "not_a_file"


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert refused_path(path).code == "permission_denied"


def test_a_path_that_runs_in_circles_is_refused(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "a")
    assert refused_path(tmp_path / "a").code == "io_error"


def test_a_refusal_does_not_depend_on_where_the_folder_lies(tmp_path):
    assert str(tmp_path) not in str(refused_path(tmp_path / "gone.txt"))


def test_a_refusal_survives_the_way_back_from_a_worker():
    refusal = pickle.loads(pickle.dumps(refused(b"")))
    assert (refusal.code, str(refusal)) == ("empty", str(refused(b"")))


def test_files_and_folders_become_one_sorted_list_without_hidden_files(tmp_path):
    for name in ("2021/b.txt", "2020/z.html", "2020/sub/a.txt", "2020/.hidden", "2020/.git/config"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    listed = list_files([tmp_path / "2021" / "b.txt", tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in listed] == ["2020/sub/a.txt", "2020/z.html", "2021/b.txt"]


@pytest.mark.parametrize("name", ["Thumbs.db", "truth.jsonl", "table.PARQUET", "report.txt.bak", "page_files/a.js"])
def test_files_of_programs_are_no_documents(name):
    assert is_no_document(Path(name))


@pytest.mark.parametrize(
    "name",
    ["a.txt", "a.html", "a.asp", "a.pdf", "a.docx", "a.png", "a.csv", "a", "1.某县2020年报告", "a.2020"],
)
def test_what_may_be_a_report_is_read_or_refused_and_never_skipped(name):
    assert not is_no_document(Path(name))


def test_skipped_files_are_told_in_one_line():
    told = told_of_skipped([Path("raw", f"{n}.db") for n in range(7)])
    assert told.startswith("Skipped 7 files that are no document by suffix, read all others: 0.db, 1.db, 2.db, 3.db, ")
    assert "4.db and 2 more." in told
    assert "\n" not in told


def test_a_hidden_file_given_by_name_is_listed(tmp_path):
    (tmp_path / ".a").write_text("x")
    assert list_files([tmp_path / ".a"]) == [tmp_path / ".a"]


def test_a_folder_that_does_not_exist_is_an_error_that_names_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="2031 does not exist"):
        list_files([tmp_path / "2031"])


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(os, "scandir", denied)
    with pytest.raises(PermissionError, match="cannot be listed"):
        list_files([tmp_path])

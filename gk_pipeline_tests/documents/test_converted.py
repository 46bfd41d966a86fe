"""Files that LibreOffice makes .docx of: what it gives is read, and where it gives nothing a person is told why."""

import subprocess
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread
from zipfile import ZipFile

import pytest

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.word import converted

from .word import OFFICE, by_office, deleted, inserted, p, tbl, tc, tr, word

needs_office = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500)
OUT = 'while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done; mkdir -p $out'
"""How a script finds the folder that it is to write into."""


def refused(raw):
    with pytest.raises(Unreadable) as refusal:
        read_bytes(raw, "a.doc", ())
    return refusal.value


def program(folder, script):
    """A program called soffice that does what a script says, where no other one is found."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(folder)


@pytest.fixture
def only(monkeypatch, tmp_path):
    """Let a script be the only soffice there is; the tools that scripts need stay where they are."""

    def script(text):
        folder = program(tmp_path, text)
        monkeypatch.setattr(converted.shutil, "which", lambda name: f"{folder}/soffice" if name == "soffice" else None)

    return script


def test_without_a_program_a_person_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    refusal = refused(DOC)
    assert refusal.code == "no_converter"
    assert "libreoffice-writer" in refusal.advice


def test_what_the_program_gives_is_read_with_a_note(only, tmp_path):
    made = tmp_path / "made.docx"
    made.write_bytes(word(p("申请12件")))
    only(f"{OUT}; cp {made} $out/report.docx")
    document = read_bytes(DOC, "a.doc", ())
    assert [block.text for block in document.blocks] == ["申请12件"]
    assert [finding.code for finding in document.findings] == ["converted"]


def test_a_program_that_gives_nothing_is_a_refusal(only):
    only("exit 0")
    assert refused(DOC).code == "conversion_failed"


def test_a_program_that_hangs_is_ended_with_all_that_it_started(only, monkeypatch, tmp_path):
    only(f"sleep 600 & echo $! > {tmp_path}/child; wait")
    monkeypatch.setattr(converted, "MAX_SECONDS", 2)
    assert refused(DOC).code == "conversion_timeout"
    child = int((tmp_path / "child").read_text())
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True, check=False).stdout
    assert state.strip()[:1] in ("", "Z")


def test_what_the_program_writes_is_bounded(only, monkeypatch):
    only(f"{OUT}; head -c 300000000 /dev/zero > $out/report.docx")
    assert refused(DOC).code in ("damaged", "conversion_failed", "too_large")


def test_nothing_of_a_file_stays_behind(only, monkeypatch, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    only("exit 1")
    refused(DOC)
    assert list(temporary.iterdir()) == []


@needs_office
@pytest.mark.parametrize(
    ("suffix", "kind"), [("doc", "doc:MS Word 97"), ("rtf", "rtf"), ("odt", "odt")], ids=["doc", "rtf", "odt"]
)
def test_merged_cells_and_changes_survive_the_way_through_the_program(suffix, kind, tmp_path):
    high, wide = '<w:tcW w:w="2000"/><w:vMerge w:val="restart"/>', '<w:tcW w:w="4000"/><w:gridSpan w:val="2"/>'
    width = '<w:tcW w:w="2000"/>'
    table = tbl(
        tr(tc("申请人", properties=wide), tc("总计", properties=width)),
        tr(tc("不予公开", properties=high), tc("自然人", properties=width), tc("1", properties=width)),
        tr(tc("", properties=width + "<w:vMerge/>"), tc("企业", properties=width), tc("2", properties=width)),
    ).replace("<w:tblGrid/>", "<w:tblGrid>" + '<w:gridCol w:w="2000"/>' * 3 + "</w:tblGrid>")
    raw = by_office(word(p("收到", deleted("9"), inserted("12"), "件") + table + p("完")), suffix, kind, tmp_path)
    document = read_bytes(raw, f"a.{suffix}", ())
    paragraph, grid = document.blocks[:2]
    assert paragraph.text == "收到12件"
    assert [cell[:5] for cell in grid.cells] == [
        (0, 0, 1, 2, "申请人"), (0, 2, 1, 1, "总计"), (1, 0, 2, 1, "不予公开"), (1, 1, 1, 1, "自然人"),
        (1, 2, 1, 1, "1"),
        (2, 1, 1, 1, "企业"), (2, 2, 1, 1, "2"),
    ]  # fmt: skip
    assert document.findings[0].code == "converted"


@needs_office
def test_rubbish_is_refused():
    assert refused(DOC).code in ("conversion_failed", "no_text")


@needs_office
def test_nothing_is_fetched():
    asked = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Listening)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        document = read_bytes(_with_picture(f"http://127.0.0.1:{server.server_port}/x.png"), "a.odt", ())
    finally:
        server.shutdown()
        server.server_close()
    assert (document.blocks[0].text, asked) == ("申请12件", [])


def _with_picture(address):
    """An OpenDocument text that shows a picture from elsewhere."""
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("manifest", "manifest"))
    )
    content = (
        f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        "<office:body>"
        f'<office:text><text:p>申请12件</text:p><text:p><draw:frame><draw:image xlink:href="{address}" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p></office:text>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<manifest:manifest{spaces}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()

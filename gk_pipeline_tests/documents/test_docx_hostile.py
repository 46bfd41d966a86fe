"""Word files that are damaged, locked or made to do harm: refused with what to do, and never expanded first."""

import tracemalloc
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.media_type import media_type
from gk_pipeline.documents.office_package import MAX_EXPANDED, MAX_MEMBERS, MAX_TAGS
from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.word import docx

from .word import NAMESPACES, p, package, parts_of, tbl, tc, tr, word

WHOLE = word(p("申请12件") + tbl(tr("申请", "12")))
BOMB = '<!DOCTYPE w [<!ENTITY a "啊啊啊啊"><!ENTITY b "&a;&a;&a;">]>'


def refused(raw, name="a.docx"):
    with pytest.raises(Unreadable) as refusal:
        read_bytes(raw, name, ())
    assert str(refusal.value)
    assert refusal.value.advice
    return refusal.value.code


def with_document(content):
    return package(parts_of("") | {"word/document.xml": content})


def document(body):
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_a_file_cut_off_is_damaged(share):
    assert refused(WHOLE[: int(len(WHOLE) * share)]) == "damaged"


def test_a_part_whose_bytes_changed_is_damaged():
    at = WHOLE.index(b"word/document.xml") + 60
    assert refused(WHOLE[:at] + bytes([WHOLE[at] ^ 0xFF]) + WHOLE[at + 1 :]) == "damaged"


@given(at=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_a_changed_byte_is_refused_or_changes_nothing_that_is_read(at, byte):
    try:
        reading = docx.read(WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :], ())
    except Unreadable:
        return
    assert [block.text for block in reading.blocks] == ["申请12件", None]


def test_broken_markup_is_damaged():
    assert refused(with_document(document("<w:p>"))) == "damaged"


def test_entities_are_refused_and_never_expanded():
    assert refused(with_document(BOMB + document(p("&b;").replace("&amp;", "&")))) == "entities"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_entities_do_not_hide_in_another_encoding(encoding):
    markup = f'<?xml version="1.0" encoding="utf-16"?>{BOMB}{document(p("x"))}'
    assert refused(with_document(markup.encode(encoding))) == "entities"


def test_utf_16_is_read():
    markup = f'<?xml version="1.0" encoding="utf-16"?>{document(p("申请12件"))}'
    assert read_bytes(with_document(markup.encode("utf-16")), "a.docx", ()).blocks[0].text == "申请12件"


def test_another_encoding_that_is_declared_is_not_believed():
    markup = f'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE w+AD4-{document(p("x"))}'
    assert refused(with_document(markup)) == "damaged"


def test_a_file_outside_is_never_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert refused(with_document(entity + document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"))) == "entities"
    outside = parts_of(p("正文"))
    outside["word/_rels/document.xml.rels"] = str(outside["word/_rels/document.xml.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="e" Type="x/styles" TargetMode="External" Target="{secret.as_uri()}"/>'
        '<Relationship Id="f" Type="x/numbering" Target="../../../../etc/passwd"/></Relationships>',
    )
    assert [block.text for block in read_bytes(package(outside), "a.docx", ()).blocks] == ["正文"]


def test_a_bomb_is_refused_before_it_is_expanded():
    bomb = with_document(b"<" + b" " * (MAX_EXPANDED + 1))
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    assert refused(bomb) == "too_large"
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20_000_000


def test_parts_that_are_not_read_may_be_of_any_size():
    picture = parts_of(p("正文")) | {"word/media/image1.png": b"\0" * (MAX_EXPANDED + 1)}
    assert read_bytes(package(picture), "a.docx", ()).blocks[0].text == "正文"


def test_too_many_tags_are_refused():
    assert refused(with_document(document("<w:p/>" * MAX_TAGS))) == "too_large"


def test_too_many_parts_are_refused():
    many = parts_of(p("正文")) | {f"x{n}": "" for n in range(MAX_MEMBERS)}
    assert refused(package(many)) == "too_large"


def test_two_parts_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        assert refused(_twice()) == "damaged"


def _twice():
    buffer = BytesIO(WHOLE)
    with ZipFile(buffer, "a", ZIP_STORED) as archive:
        archive.writestr("word/document.xml", document(p("别的")))
    return buffer.getvalue()


def test_parts_with_a_password_are_refused():
    central = WHOLE.index(b"PK\x01\x02")
    locked = bytearray(WHOLE)
    at = central
    while (at := WHOLE.find(b"PK\x01\x02", at)) >= 0:
        locked[at + 8] |= 1
        at += 4
    assert refused(bytes(locked)) == "encrypted"


def test_a_file_that_word_locked_with_a_password_is_refused():
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    assert media_type(container, "a.docx") == "application/x-encrypted-office"
    assert refused(container) == "encrypted"


def test_tables_in_tables_are_read_to_some_depth_and_then_refused():
    def nested(depth):
        inner = p("最里")
        for _ in range(depth):
            inner = tbl(tr(tc(inner, p())))
        return word(inner)

    assert read_bytes(nested(60), "a.docx", ()).blocks[0].text == "最里"
    assert refused(nested(5000)) == "damaged"


def test_hundreds_of_thousands_of_paragraphs_are_read():
    blocks = read_bytes(word("<w:p><w:r><w:t>总</w:t></w:r></w:p>" * 100_000), "a.docx", ()).blocks
    assert len(blocks) == 100_000

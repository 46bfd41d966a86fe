"""Archives as folders: what is listed in them, what is read, and what their bounds refuse."""

import os
import shutil
import struct
import time
import tracemalloc
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from ways import QINGXI, YUNLING, gk

from gk_pipeline.documents import archive
from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.fetch import fetch, identify
from gk_pipeline.documents.folder import is_no_document, list_files
from gk_pipeline.documents.read import read_path
from gk_pipeline.documents.stage import fingerprint, read_batch, year_sources

TEXT = YUNLING.read_text(encoding="utf-8")
LABELS = ("总体情况", "行政许可", "总计")


def packed(path, **files):
    """An archive with files; names are given with / for _ and . for __."""
    return packed_as(path, {name.replace("__", ".").replace("_", "/"): content for name, content in files.items()})


def packed_as(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return path


def archived(**files):
    return packed(BytesIO(), **files).getvalue()


def names(path):
    return [file.relative_to(path).as_posix() for file in list_files([path])]


def refusal(path):
    with pytest.raises(Unreadable) as refused:
        read_path(path, LABELS)
    assert refused.value.advice
    return refused.value.code


def test_the_files_of_an_archive_are_listed_as_those_of_a_folder(tmp_path):
    packed(tmp_path / "all.zip", b__txt="2", county_a__html="1")
    assert names(tmp_path) == ["all.zip/b.txt", "all.zip/county/a.html"]
    assert list_files([tmp_path / "all.zip"]) == [tmp_path / "all.zip" / "b.txt", tmp_path / "all.zip/county/a.html"]


def test_an_archive_is_known_by_its_bytes_and_a_word_file_is_none(tmp_path):
    packed(tmp_path / "reports", a__txt="1")
    packed_as(tmp_path / "report.zip", {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    assert names(tmp_path) == ["report.zip", "reports/a.txt"]


def test_a_report_in_an_archive_is_the_report(tmp_path):
    packed(tmp_path / "all.zip", yunling__txt=YUNLING.read_bytes(), deep_qingxi__html=QINGXI.read_bytes())
    inside = [found["facts"] for found in gk("extract", tmp_path).objects]
    assert inside == [found["facts"] for found in gk("extract", QINGXI, YUNLING).objects]


def test_a_report_in_an_archive_is_explained_by_its_path(tmp_path):
    packed(tmp_path / "all.zip", yunling__txt=YUNLING.read_bytes())
    told = gk("explain", tmp_path / "all.zip" / "yunling.txt", "applications.received.total")
    assert told.exit_code == 0
    assert "all.zip/yunling.txt" in told.out.replace("\n", "")


def test_archives_in_archives_are_opened_twice_deep(tmp_path):
    deepest = archived(d__txt="4")
    packed(tmp_path / "a.zip", b__zip=archived(c__zip=deepest, e__txt="5"))
    assert names(tmp_path) == ["a.zip/b.zip/c.zip", "a.zip/b.zip/e.txt"]
    assert fetch(tmp_path / "a.zip/b.zip/e.txt") == b"5"
    assert refusal(tmp_path / "a.zip/b.zip/c.zip") == "no_reader"


def test_hidden_files_folders_and_what_macos_adds_are_left_out(tmp_path):
    files = {"a.txt": "1", ".b.txt": "2", "__MACOSX/._a.txt": "3", "empty/": "", ".git/config": "4"}
    packed_as(tmp_path / "all.zip", files)
    assert names(tmp_path) == ["all.zip/a.txt"]


@pytest.mark.parametrize(
    ("stored", "listed"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\a.txt", "a.txt"),
        ("a\x07\x1b[31m.txt", "a\\x07\\x1b[31m.txt"),
        ("./a/./b.txt", "a/b.txt"),
    ],
)
def test_no_name_leads_out_of_the_archive_or_reaches_a_terminal(tmp_path, stored, listed):
    packed_as(tmp_path / "all.zip", {stored: "1"})
    assert names(tmp_path) == [f"all.zip/{listed}"]
    assert fetch(tmp_path / "all.zip" / listed) == b"1"


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_in_the_encoding_of_windows_or_macos_are_read(tmp_path, encoding):
    placeholder = "x" * len("县.txt".encode(encoding))
    packed_as(tmp_path / "all.zip", {placeholder: "1"})
    raw = (tmp_path / "all.zip").read_bytes().replace(placeholder.encode(), "县.txt".encode(encoding))
    (tmp_path / "all.zip").write_bytes(raw)
    assert names(tmp_path) == ["all.zip/县.txt"]
    assert fetch(tmp_path / "all.zip" / "县.txt") == b"1"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_both_listed(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as made:
        made.writestr("a.txt", "1")
        made.writestr("a.txt", "2")
    assert names(tmp_path) == ["all.zip/a (2).txt", "all.zip/a.txt"]
    assert [fetch(path) for path in list_files([tmp_path])] == [b"2", b"1"]


def test_an_archive_that_changes_is_listed_anew(tmp_path):
    packed(tmp_path / "all.zip", a__txt="1")
    assert names(tmp_path) == ["all.zip/a.txt"]
    packed(tmp_path / "all.zip", a__txt="1", b__txt="2")
    os.utime(tmp_path / "all.zip", (time.time() + 5,) * 2)
    assert names(tmp_path) == ["all.zip/a.txt", "all.zip/b.txt"]


def test_the_bytes_in_an_archive_have_the_id_of_the_same_bytes_outside(tmp_path):
    packed(tmp_path / "all.zip", a__txt="1")
    (tmp_path / "a.txt").write_text("1")
    inside, outside = identify(tmp_path / "all.zip" / "a.txt"), identify(tmp_path / "a.txt")
    assert (inside.sha256, inside.size) == (outside.sha256, outside.size)


def test_too_many_files_are_refused_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    packed(tmp_path / "two.zip", a__txt="1", b__txt="2")
    packed(tmp_path / "three.zip", a__txt="1", b__txt="2", c__txt="3")
    assert names(tmp_path) == ["three.zip", "two.zip/a.txt", "two.zip/b.txt"]
    assert refusal(tmp_path / "three.zip") == "archive_too_large"


def test_a_bomb_is_refused_by_what_it_unpacks_to(tmp_path):
    """Each member is within bounds, all of them are not; the sizes are stated, so nothing is unpacked."""
    zeros = b"\0" * 45_000_000
    packed_as(tmp_path / "bomb.zip", {f"{n}.txt": zeros for n in range(12)})
    assert (tmp_path / "bomb.zip").stat().st_size < 1_000_000
    assert names(tmp_path) == ["bomb.zip"]
    assert refusal(tmp_path / "bomb.zip") == "archive_too_large"


def test_a_member_that_states_a_smaller_size_than_it_has_is_damaged(tmp_path):
    packed(tmp_path / "all.zip", a__txt="12345678")
    raw = (tmp_path / "all.zip").read_bytes()
    (tmp_path / "all.zip").write_bytes(raw.replace((8).to_bytes(4, "little"), (3).to_bytes(4, "little")))
    assert refusal(tmp_path / "all.zip" / "a.txt") == "damaged"


def test_a_member_over_the_size_of_a_file_is_refused_alone(tmp_path):
    packed_as(tmp_path / "all.zip", {"big.txt": b"\0" * 50_000_001, "a.txt": "1"})
    assert names(tmp_path) == ["all.zip/a.txt", "all.zip/big.txt"]
    assert refusal(tmp_path / "all.zip" / "big.txt") == "too_large"


@pytest.mark.parametrize("cut", [4, 20, -10])
def test_a_truncated_archive_is_refused(tmp_path, cut):
    packed(tmp_path / "whole.zip", a__txt="1")
    (tmp_path / "cut.zip").write_bytes((tmp_path / "whole.zip").read_bytes()[:cut])
    assert names(tmp_path) == ["cut.zip", "whole.zip/a.txt"]
    assert refusal(tmp_path / "cut.zip") == "damaged"


def test_a_file_that_only_begins_like_an_archive_may_have_been_a_word_file(tmp_path):
    (tmp_path / "draft.docx").write_bytes(b"PK\3\4 and no more")
    with pytest.raises(Unreadable, match=r"begins like a ZIP archive, as \.docx and \.xlsx files do"):
        archive.check_archive(tmp_path / "draft.docx")


def test_a_member_with_a_password_is_refused_and_the_others_are_read(tmp_path):
    packed(tmp_path / "all.zip", a__txt="1", b__txt="2")
    raw = bytearray((tmp_path / "all.zip").read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(magic) + offset] |= 1
    (tmp_path / "all.zip").write_bytes(raw)
    assert refusal(tmp_path / "all.zip" / "a.txt") == "encrypted"
    assert fetch(tmp_path / "all.zip" / "b.txt") == b"2"


def test_an_empty_archive_is_refused_and_not_passed_over(tmp_path):
    packed_as(tmp_path / "none.zip", {".hidden": "1"})
    assert names(tmp_path) == ["none.zip"]
    assert refusal(tmp_path / "none.zip") == "no_reader"


def test_a_member_that_is_not_there_has_vanished(tmp_path):
    packed(tmp_path / "all.zip", a__txt="1")
    assert refusal(tmp_path / "all.zip" / "b.txt") == "vanished"
    with pytest.raises(FileNotFoundError, match="does not exist"):
        list_files([tmp_path / "all.zip" / "b.txt"])


def test_what_a_browser_saves_beside_a_page_is_no_document_in_an_archive_either(tmp_path):
    packed_as(tmp_path / "all.zip", {"a.html": "1", "a_files/logo.png": "2", "b_files/scan.png": "3"})
    found = {path.relative_to(tmp_path).as_posix(): is_no_document(path) for path in list_files([tmp_path])}
    assert found == {
        "all.zip/a.html": False,
        "all.zip/a_files/logo.png": True,
        "all.zip/b_files/scan.png": False,
    }


def test_paths_of_archives_are_paths(tmp_path):
    assert isinstance(list_files([packed(tmp_path / "all.zip", a__txt="1")])[0], Path)


def refused_in(folder):
    """The names of the files of a year that are refused for theirs."""
    for source in year_sources(folder, folder.parent):
        if "name_too_long" in read_batch([[fingerprint(source)]], LABELS)["documents.findings"]["code"]:
            yield source.name


@pytest.mark.parametrize(
    "name", ["a" * 5_000 + "/b.txt", "b" * 5_000 + ".txt", "a/" * 20_000 + "b.txt", "县" * 400 + ".txt"]
)
def test_a_name_longer_than_any_path_costs_the_file_and_nothing_else(tmp_path, name):
    year = tmp_path / "2022"
    year.mkdir()
    packed_as(year / "all.zip", {name: TEXT, "yunling.txt": TEXT})
    shutil.copy(QINGXI, year / "beside.html")
    answers = gk("extract", year).objects
    assert [found["findings"][0]["code"] for found in answers if found["error"]] == ["name_too_long"]
    assert [found["path"] for found in answers if not found["error"]] == [
        f"{year}/all.zip/yunling.txt",
        f"{year}/beside.html",
    ]
    [refused] = refused_in(year)
    assert refused.startswith(f"2022/all.zip/{name[:59]}")


def test_a_name_too_long_for_a_disk_is_a_name_in_an_archive(tmp_path):
    path = packed_as(tmp_path / "all.zip", {"县" * 250 + ".txt": TEXT}) / ("县" * 250 + ".txt")
    assert gk("extract", path).objects[0]["facts"] == gk("extract", YUNLING).objects[0]["facts"]
    assert gk("extract", path.with_name("县" * 251)).exit_code == 1


def test_names_cut_alike_are_numbered(tmp_path):
    packed_as(tmp_path / "all.zip", {"a" * 5_000 + end: "1" for end in ("b", "c")})
    assert names(tmp_path) == [f"all.zip/{'a' * 60}…", f"all.zip/{'a' * 60}… (2)"]


def padded(size):
    """An archive of one file and as many bytes between it and the list of files, which no entry accounts for."""
    raw = archived(a__txt="x")
    end = raw.rindex(b"PK\x05\x06")
    [begins] = struct.unpack("<I", raw[end + 16 : end + 20])
    return raw[:begins] + bytes(size) + raw[begins : end + 16] + struct.pack("<I", begins + size) + raw[end + 20 :]


def test_archives_in_an_archive_count_as_what_they_unpack_to(tmp_path):
    inner = padded(45_000_000)
    packed_as(tmp_path / "bomb.zip", {f"{n}.zip": inner for n in range(12)})
    assert (tmp_path / "bomb.zip").stat().st_size < 1_000_000
    assert names(tmp_path) == ["bomb.zip"]
    assert refusal(tmp_path / "bomb.zip") == "archive_too_large"


def test_archives_in_an_archive_are_not_held_once_they_are_listed(tmp_path):
    inner = padded(10_000_000)
    packed_as(tmp_path / "all.zip", {f"{n}.zip": inner for n in range(8)})
    tracemalloc.start()
    try:
        assert names(tmp_path) == [f"all.zip/{n}.zip/a.txt" for n in range(8)]
        assert tracemalloc.get_traced_memory()[0] < 25_000_000
    finally:
        tracemalloc.stop()
    assert {fetch(path) for path in list_files([tmp_path])} == {b"x"}


def test_an_archive_in_an_archive_that_lists_too_much_is_refused_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MAX_ENTRIES", 4)
    packed_as(tmp_path / "few.zip", {"a.zip": archived(b__txt="1", c_="", d_="")})
    packed_as(tmp_path / "many.zip", {"a.zip": archived(b__txt="1", c_="", d_="", e_="")})
    assert names(tmp_path) == ["few.zip/a.zip/b.txt", "many.zip"]
    assert refusal(tmp_path / "many.zip") == "archive_too_large"


def test_an_archive_is_not_opened_whose_list_of_files_is_longer_than_any(tmp_path, monkeypatch):
    packed_as(tmp_path / "all.zip", {f"{n}/": "" for n in range(1_000)} | {"a.txt": "1"})
    assert names(tmp_path) == ["all.zip/a.txt"]
    monkeypatch.setattr(archive, "MAX_DIRECTORY", 40_000)
    packed_as(tmp_path / "all.zip", {f"{n}/": "" for n in range(1_001)} | {"a.txt": "1"})
    assert names(tmp_path) == ["all.zip"]
    assert refusal(tmp_path / "all.zip") == "archive_too_large"


def test_an_archive_larger_than_what_it_may_unpack_to_is_refused(tmp_path, monkeypatch):
    packed_as(tmp_path / "all.zip", {"a.txt": "1"})
    monkeypatch.setattr(archive, "MAX_EXPANDED", 100)
    assert refusal(tmp_path / "all.zip") == "archive_too_large"


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_packing_that_unpacks_more_than_is_asked_for_is_refused(tmp_path, packing):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as made:
        made.writestr("a.txt", "1", packing)
        made.writestr("b.txt", "2")
    assert names(tmp_path) == ["all.zip/a.txt", "all.zip/b.txt"]
    assert refusal(tmp_path / "all.zip" / "a.txt") == "unusual_packing"
    assert fetch(tmp_path / "all.zip" / "b.txt") == b"2"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_numbering_many_files_of_one_name_looks_at_each_once(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as made:
        for _ in range(archive.MAX_MEMBERS):
            made.writestr("a.txt", "1")
    before = time.process_time()
    assert len(names(tmp_path)) == archive.MAX_MEMBERS
    assert time.process_time() - before < 5

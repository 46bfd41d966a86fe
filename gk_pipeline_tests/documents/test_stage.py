"""A year's files to batches: what a worker that dies, a link and a second name cost."""

import os
import signal
from collections.abc import Sequence
from functools import partial

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from ways import QINGXI, YUNLING, gk

from gk_pipeline.documents import stage
from gk_pipeline.documents.stage import Fingerprint, fingerprint, form_labels, read_batch, read_year, year_sources
from gk_pipeline.executors import map_guarded
from gk_pipeline.forms import shipped_forms
from gk_pipeline.schemas.catalog import Batch

LABELS = form_labels(shipped_forms())


def read_or_die(groups: Sequence[Sequence[Fingerprint]], labels: Sequence[str]) -> Batch:
    if any(found.source.path.name.startswith("deadly") for same in groups for found in same):
        os.kill(os.getpid(), signal.SIGKILL)
    return read_batch(groups, labels)


@pytest.fixture
def folder(tmp_path):
    year = tmp_path / "raw" / "2022"
    year.mkdir(parents=True)
    (year / "a.txt").write_bytes(YUNLING.read_bytes())
    (year / "b.txt").write_bytes(YUNLING.read_bytes())
    (year / "c.html").write_bytes(QINGXI.read_bytes())
    (year / "d.txt").write_bytes(b"")
    return year


def groups(folder):
    return [[fingerprint(source)] for source in year_sources(folder, folder.parent)]


def read(folder):
    *batches, files = read_year(year_sources(folder, folder.parent), shipped_forms())
    return batches, files["documents.files"]


def test_a_deadly_file_is_refused_and_the_rest_of_its_batch_is_as_if_it_were_alone(folder):
    (folder / "deadly.txt").write_bytes(b"x")
    [batch] = map_guarded(partial(read_or_die, labels=LABELS), [groups(folder)], 1, stage._RESCUE)
    deadly = pl.col("path") == "2022/deadly.txt"
    [row] = batch["documents.files"].filter(deadly).to_dicts()
    assert (row["read_status"], "died of it (signal or status 9)" in row["error"]) == ("refused", True)
    assert batch["documents.findings"].filter(deadly)["code"].to_list() == ["reader_died"]
    (folder / "deadly.txt").unlink()
    others = read_batch(groups(folder), LABELS)
    for name, frame in others.items():
        kept = batch[name].filter(~deadly) if "path" in frame.columns else batch[name]
        assert_frame_equal(kept, frame)


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_another_name(folder, tmp_path):
    (tmp_path / "secret.txt").write_bytes(YUNLING.read_bytes() + b"secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "a.txt")
    _, files = read(folder)
    status = dict(files.select("path", "read_status").iter_rows())
    assert (status["2022/out.txt"], status["2022/in.txt"]) == ("refused", "duplicate")
    [error] = files.filter(path="2022/out.txt")["error"]
    assert "link that leads out of the folder" in error


def test_a_link_to_an_archive_outside_is_not_looked_into(folder, tmp_path):
    (tmp_path / "all.zip").write_bytes(b"PK\x03\x04")
    (folder / "all.zip").symlink_to(tmp_path / "all.zip")
    _, files = read(folder)
    assert files.filter(path="2022/all.zip")["read_status"].to_list() == ["refused"]


def test_a_link_to_a_folder_is_told_of(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (folder / "more").symlink_to(tmp_path / "other")
    (folder / "again").symlink_to(folder)
    _, files = read(folder)
    errors = dict(files.filter(pl.col("path").is_in(["2022/more", "2022/again"])).select("path", "error").iter_rows())
    assert "leads out of the folder" in errors["2022/more"]
    assert "link to a folder" in errors["2022/again"]


def test_extract_tells_of_a_link_out_of_the_folder_and_follows_one_given_by_name(folder, tmp_path):
    (tmp_path / "elsewhere.txt").write_bytes(YUNLING.read_bytes())
    link = folder / "out.txt"
    link.symlink_to(tmp_path / "elsewhere.txt")
    errors = {found["path"]: found["error"] for found in gk("extract", folder).objects}
    assert "leads out" in errors[str(link)]
    [followed] = gk("extract", link).objects
    assert followed["error"] is None


def test_what_a_browser_saves_beside_a_page_is_skipped(folder):
    for name in ("c_files", "e_files"):
        (folder / name).mkdir()
        (folder / name / "logo.png").write_bytes(b"\x89PNG\r\n")
    _, files = read(folder)
    status = dict(files.select("path", "read_status").iter_rows())
    assert (status["2022/c_files/logo.png"], status["2022/e_files/logo.png"]) == ("skipped", "refused")

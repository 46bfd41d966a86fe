"""Commands that cannot write where they are told end in one line."""

import pytest
from typer.testing import CliRunner

from gk_pipeline.assets.panel import store_panel
from gk_pipeline.cli.app import app


@pytest.fixture
def gk(lake, monkeypatch):
    store_panel(lake, lambda *_: None)
    monkeypatch.setenv("GK_DATA", str(lake.folder.parent))
    monkeypatch.setattr("gk_pipeline.cli.publishing.shipped_forms", lambda: lake.forms)
    return lambda *words: CliRunner().invoke(app, list(map(str, words)))


def told(ended):
    assert ended.exit_code == 1
    assert ended.exception is None or isinstance(ended.exception, SystemExit)
    [line] = ended.stderr.strip().splitlines()
    return line


def test_a_release_into_a_file_is_refused(gk, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert str(tmp_path / "file") in told(gk("release", tmp_path / "file", "--name", "x"))
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_site_over_the_root_of_a_disk_is_refused(gk):
    assert told(gk("pages", "/")) == "/ cannot be the folder of a site: name one in it."


def test_a_full_disk_is_told(gk, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device", "releases/x")

    monkeypatch.setattr("gk_pipeline.warehouse.release.write._write_texts", full)
    assert "No space left on device" in told(gk("release", tmp_path / "releases", "--name", "x"))

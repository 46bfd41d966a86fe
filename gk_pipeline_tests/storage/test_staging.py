"""A layer's year is stored whole or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gk_pipeline.definitions import STEPS
from gk_pipeline.storage.checked import CheckedBatch
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.parquet import OutOfOrder
from gk_pipeline.storage.staging import LayerBusy, staging
from gk_pipeline.storage.stored import JointBatches, StoredTable

SECTIONS = ["sections.reports", "sections.sections", "sections.findings"]

WRITES_AND_WAITS = """
import sys, time
from pathlib import Path
from gk_pipeline.forms import load_forms
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.staging import staging
from gk_pipeline.storage.stored import JointBatches, StoredTable

lake = Lake(Path(sys.argv[1]), load_forms(Path(sys.argv[2])))
names = lake.names("sections")
batches = list(JointBatches([StoredTable(lake, name, (2019,)) for name in names]))
with staging(lake, "sections", 2019, {}) as staged:
    staged.append(batches[0])
    if sys.argv[3] == "between commits":
        next(iter(staged.finish().values())).commit()
    print("ready", flush=True)
    time.sleep(60)
"""


def batches_of(lake: Lake, year: int = 2019):
    return JointBatches([StoredTable(lake, name, (year,)) for name in SECTIONS])


def snapshot(folder: Path) -> dict[Path, tuple[int, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def write_sections(lake: Lake, batches: list[CheckedBatch]) -> None:
    with staging(lake, "sections", 2019, {}) as staged:
        for batch in batches:
            staged.append(batch)


def killed_while_writing(lake: Lake, when: str) -> None:
    forms = Path(__file__).parents[1] / "fixtures" / "forms"
    command = [sys.executable, "-c", WRITES_AND_WAITS, str(lake.folder), str(forms), when]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        writer.send_signal(signal.SIGKILL)


def test_a_killed_run_leaves_the_old_year_whole(lake):
    before = {path: kept for path, kept in snapshot(lake.folder).items() if path.suffix == ".parquet"}
    killed_while_writing(lake, "before the first commit")
    after = snapshot(lake.folder)
    assert {path: after[path] for path in before} == before
    assert len(list(batches_of(lake))) == 3


def test_a_year_is_written_again_after_a_killed_run(lake, raw, store_layer):
    killed_while_writing(lake, "before the first commit")
    store_layer(STEPS[1], lake, 2019, raw)
    assert not list(lake.folder.rglob("*.staged"))


def test_a_run_killed_between_two_commits_leaves_nothing_that_is_read(lake, raw, store_layer):
    killed_while_writing(lake, "between commits")
    with pytest.raises(UnsoundLake, match=r"a run was cut off.*Materialize sections of 2019 again"):
        batches_of(lake)
    store_layer(STEPS[1], lake, 2019, raw)
    assert len(batches_of(lake)) > 0


def test_the_same_year_again_touches_no_file(lake, raw, store_layer, monkeypatch):
    monkeypatch.setattr("gk_pipeline.documents.stage.BATCH_DOCUMENTS", 2)
    before = {path: kept for path, kept in snapshot(lake.folder).items() if path.suffix != ".lock"}
    for step in STEPS:
        store_layer(step, lake, 2019, raw)
    after = {path: kept for path, kept in snapshot(lake.folder).items() if path.suffix != ".lock"}
    assert after == before


def test_a_run_that_fails_leaves_the_old_year_and_no_litter(lake):
    first, *_ = batches_of(lake)
    before = {path: kept for path, kept in snapshot(lake.folder).items() if path.suffix != ".lock"}
    with pytest.raises(OutOfOrder):
        write_sections(lake, [first, first])
    after = {path: kept for path, kept in snapshot(lake.folder).items() if path.suffix != ".lock"}
    assert after == before


def test_two_runs_do_not_write_the_same_year(lake):
    with (
        pytest.raises(RuntimeError, match="not committed"),
        staging(lake, "sections", 2019, {}),
        pytest.raises(LayerBusy, match="wait for it"),
        staging(lake, "sections", 2019, {}),
    ):
        pass


def test_a_table_that_a_stage_forgot_is_an_error(lake):
    batch, *_ = batches_of(lake)
    del batch["sections.findings"]
    with pytest.raises(KeyError, match=r"sections\.findings"):
        write_sections(lake, [batch])


def test_what_is_staged_but_not_committed_is_not_sealed(lake):
    before = lake.manifest("sections", 2019)
    with pytest.raises(RuntimeError, match="written but not committed"), staging(lake, "sections", 2019, {}) as staged:
        staged.finish()
    assert lake.manifest("sections", 2019) == before

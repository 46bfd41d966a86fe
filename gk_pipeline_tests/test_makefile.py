"""What make would do, from its dry run."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from ways import REPOSITORY

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def would_do(*arguments: str) -> list[str]:
    """The commands of a target, each with single spaces."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DAGSTER_HOME", "GK_DATA")}
    command = ["make", "--dry-run", "--directory", str(REPOSITORY), *arguments]
    dry = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return [" ".join(line.split()) for line in dry.splitlines()]


def test_a_run_takes_years_and_workers():
    assert '.venv/bin/gk run --years "2019-2020, 2022" --workers 2' in would_do(
        "run", "YEARS=2019-2020, 2022", "WORKERS=2"
    )
    assert ".venv/bin/gk run" in would_do("run")


def test_the_instance_is_set_up_once_and_then_left_to_its_operator(tmp_path: Path):
    home = f"DAGSTER_HOME={tmp_path}"
    assert f"cp dagster.yaml {tmp_path}/dagster.yaml" in would_do("ui", home)
    own = tmp_path / "dagster.yaml"
    own.write_text("# edited\n", encoding="utf-8")
    os.utime(own, (0, 0))
    assert "cp dagster.yaml" not in would_do("ui", home)


def test_every_data_folder_has_a_history_of_runs_of_its_own(tmp_path: Path):
    assert f"cp dagster.yaml {tmp_path}/dagster/dagster.yaml" in would_do("run", f"GK_DATA={tmp_path}")

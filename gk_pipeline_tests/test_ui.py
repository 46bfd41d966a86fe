"""The UI as an operator uses it: a backfill asked for over GraphQL, against a server started as `make ui` starts it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gk_pipeline.materialize import materialize_years

pytestmark = pytest.mark.starts_first

ROOT = Path(__file__).parents[1]
LAUNCH = """
mutation Launch($params: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $params) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}
"""
STATUS = """
query Status($id: String!) {
  partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status numCancelable } }
}
"""
DAEMONS = "{ instance { daemonHealth { allDaemonStatuses { healthy required } } } }"
ASSETS = "{ assetNodes { assetKey { path } isPartitioned } }"


class Server:
    """A running `dagster dev` over a folder of its own."""

    def __init__(self, port: int, home: Path) -> None:
        self.url = f"http://127.0.0.1:{port}/graphql"
        self.home = home

    def ask(self, query: str, **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["data"]

    def backfill(self, years: list[str]) -> str:
        """Ask for every partitioned asset of those years, in that order; the backfill's id."""
        nodes = self.ask(ASSETS)["assetNodes"]
        keys = [{"path": node["assetKey"]["path"]} for node in nodes if node["isPartitioned"]]
        launched = self.ask(LAUNCH, params={"assetSelection": keys, "partitionNames": years})["launchPartitionBackfill"]
        assert launched["__typename"] == "LaunchBackfillSuccess", launched
        return launched["backfillId"]

    def outcome(self, backfill: str) -> str:
        """Wait for a backfill; how it ended."""
        done = ("COMPLETED_SUCCESS", "COMPLETED_FAILED", "COMPLETED", "FAILED", "CANCELED")
        status = ""

        def ended() -> bool:
            nonlocal status
            status = self.ask(STATUS, id=backfill)["partitionBackfillOrError"]["status"]
            return status in done

        wait_until(ended, seconds=600)
        return status


def wait_until(reached: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if reached():
            return
        time.sleep(1)
    raise TimeoutError(f"not reached within {seconds} s")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    shutil.copytree(ROOT / "data" / "raw", home / "data" / "raw")
    dagster_home = home / "dagster"
    dagster_home.mkdir()
    shutil.copy(ROOT / "dagster.yaml", dagster_home)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DAGSTER_HOME": str(dagster_home), "GK_DATA": str(home / "data")}
    command = [str(Path(sys.executable).with_name("dagster")), "dev", "-w", "workspace.yaml", "-h", "127.0.0.1"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "-p", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started = Server(port, home)

        def answers() -> bool:
            assert process.poll() is None, (home / "log").read_text()
            try:
                daemons = started.ask(DAEMONS)["instance"]["daemonHealth"]["allDaemonStatuses"]
                ready = all(daemon["healthy"] for daemon in daemons if daemon["required"])
                return ready and bool(started.ask(ASSETS)["assetNodes"])
            except (urllib.error.URLError, ConnectionError):
                return False

        try:
            wait_until(answers, seconds=300)
            yield started
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)


def stored(lake: Path, without: str = "") -> dict[str, bytes]:
    files = (path for path in sorted(lake.rglob("*.parquet")) if path.relative_to(lake).parts[0] != without)
    return {path.relative_to(lake).as_posix(): path.read_bytes() for path in files}


def test_a_backfill_over_graphql_in_any_order_stores_what_gk_run_stores(server: Server, tmp_path: Path) -> None:
    raw, lake = server.home / "data" / "raw", server.home / "data" / "lake"
    backfill = server.backfill(["2024", "2020", "2023", "2021"])
    places = {"raw": raw, "lake": tmp_path / "lake", "duckdb": tmp_path / "gk.duckdb"}
    assert all(outcome.succeeded for outcome in materialize_years([2020, 2021, 2023, 2024], **places))
    assert server.outcome(backfill) == "COMPLETED_SUCCESS"
    by_run = stored(tmp_path / "lake")
    assert len(by_run) >= 4 * 15
    assert {name: by_run[name] for name in by_run if not name.startswith("panel/")} == stored(lake, without="panel")
    wait_until(lambda: stored(lake) == by_run, seconds=300)  # the sensor links the years once all of them are made


def test_a_year_materialized_again_is_left_as_it_is(server: Server, tmp_path: Path) -> None:
    raw, lake = server.home / "data" / "raw", server.home / "data" / "lake"
    places = {"raw": raw, "lake": lake, "duckdb": tmp_path / "gk.duckdb"}
    assert (lake / "facts").exists()
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in lake.rglob("*.parquet")}
    assert all(outcome.succeeded for outcome in materialize_years([2023], **places))
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in lake.rglob("*.parquet")} == before

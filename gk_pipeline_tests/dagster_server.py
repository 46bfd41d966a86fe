"""A Dagster server over a folder of its own, started as `make ui` starts it, and what is asked of it."""

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
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ways import REPOSITORY

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
ENDED = ("COMPLETED_SUCCESS", "COMPLETED_FAILED", "COMPLETED", "FAILED", "CANCELED")


class Server:
    """A running `dagster dev`, its address and the folder that holds its data."""

    def __init__(self, port: int, home: Path) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.home = home

    def ask(self, query: str, **variables: Any) -> Any:
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)["data"]

    def backfill(self, years: list[str]) -> str:
        """Ask for every partitioned asset of those years, in that order; the backfill's id."""
        nodes = self.ask(ASSETS)["assetNodes"]
        keys = [{"path": node["assetKey"]["path"]} for node in nodes if node["isPartitioned"]]
        launched = self.ask(LAUNCH, params={"assetSelection": keys, "partitionNames": years})["launchPartitionBackfill"]
        assert launched["__typename"] == "LaunchBackfillSuccess", launched
        return str(launched["backfillId"])

    def outcome(self, backfill: str) -> str:
        """Wait for a backfill; how it ended."""
        status = ""

        def ended() -> bool:
            nonlocal status
            status = self.ask(STATUS, id=backfill)["partitionBackfillOrError"]["status"]
            return status in ENDED

        wait_until(ended, seconds=600)
        return status

    def ready(self) -> bool:
        """Whether it answers, and its daemons run."""
        try:
            daemons = self.ask(DAEMONS)["instance"]["daemonHealth"]["allDaemonStatuses"]
            return all(daemon["healthy"] for daemon in daemons if daemon["required"]) and bool(
                self.ask(ASSETS)["assetNodes"]
            )
        except (urllib.error.URLError, ConnectionError):
            return False


def wait_until(reached: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if reached():
            return
        time.sleep(1)
    raise TimeoutError(f"not reached within {seconds} s")


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """A server over the sample reports, copied into `home`."""
    shutil.copytree(REPOSITORY / "data" / "raw", home / "data" / "raw")
    dagster_home = home / "dagster"
    dagster_home.mkdir()
    shutil.copy(REPOSITORY / "dagster.yaml", dagster_home)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DAGSTER_HOME": str(dagster_home), "GK_DATA": str(home / "data")}
    command = [str(Path(sys.executable).with_name("dagster")), "dev", "-w", "workspace.yaml", "-h", "127.0.0.1"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, "-p", str(port)],
            cwd=REPOSITORY,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        started = Server(port, home)

        def answers() -> bool:
            assert process.poll() is None, (home / "log").read_text()
            return started.ready()

        try:
            wait_until(answers, seconds=300)
            yield started
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)

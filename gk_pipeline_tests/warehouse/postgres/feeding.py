"""Feed a lake to a database, in a process of its own that can be killed: URI, lake, forms.

Prints a line before every statement, `copy` before a COPY, so that whoever kills it can choose the moment.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gk_pipeline.forms import load_forms
from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.postgres.feed import feed
from gk_pipeline.warehouse.postgres.server import PostgresServer, Session


def announced(method: Callable[..., Any]) -> Callable[..., Any]:
    def told(*arguments: Any, **named: Any) -> Any:
        sys.stdout.write(f"{method.__name__}\n")  # at once: several connections are at work
        sys.stdout.flush()
        return method(*arguments, **named)

    return told


if __name__ == "__main__":
    uri, folder, forms = sys.argv[1:]
    Session.run, Session.rows, Session.copy = map(announced, (Session.run, Session.rows, Session.copy))  # type: ignore[method-assign]
    feed(PostgresServer(uri), Lake(Path(folder), load_forms(Path(forms))))

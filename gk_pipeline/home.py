"""Where everything lies: one folder that holds the reports, the lake and the database."""

import os
from pathlib import Path


def data_home() -> Path:
    """The folder that GK_DATA names, else `data` under the current one."""
    return Path(os.environ.get("GK_DATA", "data"))

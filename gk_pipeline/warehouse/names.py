"""Which tables of the lake leave it."""

from collections.abc import Iterable


def warehouse_names(names: Iterable[str]) -> list[str]:
    """Those of the lake's tables that are loaded."""
    whole = ("quality.findings", "panel.findings")
    return [name for name in names if name in whole or not name.endswith(".findings")]

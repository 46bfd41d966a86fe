"""`gk propose`: a year's cells in doubt, written where a person fills them in, and nothing of a person's lost."""

from pathlib import Path

import polars as pl

from gk_pipeline.facts.proposals import begun, proposals
from gk_pipeline.schemas.tables import CELL
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.stored import StoredTable


def propose_year(year: int, home: Path, facts: pl.DataFrame, lake: Lake) -> tuple[str, bool]:
    """Write the proposals of a year, given its located facts; a line that says how it went, and whether it did.

    In doubt are disputed cells and corrections that other years veto. Proposals of a year without any are removed.
    """
    path = home / "corrections" / f"{year}.proposed.yaml"
    line = begun(path.read_text(encoding="utf-8", errors="replace")) if path.exists() else None
    if line is not None:
        told = f"{path}:{line}: somebody has begun to fill this in, so nothing is written"
        return f"{told}. Move what is filled in to {year}.yaml, take the rest out, then propose again.", False
    said, note = _settlements(year, lake)
    vetoed = said.filter(settlement_kind="vetoed").select(CELL)
    doubtful = pl.concat([facts.filter(status="disputed"), facts.join(vetoed, on=CELL, how="semi")]).unique(
        maintain_order=True
    )
    if doubtful.is_empty():
        path.unlink(missing_ok=True)
        return f"{year}: no cell is in doubt{note}", True
    repairs = StoredTable(lake, "facts.repairs", (year,)).scan().collect()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(proposals(doubtful, repairs, said, year), encoding="utf-8")
    reports = doubtful.n_unique(["path", "ordinal"])
    return f"{year}: {_count(doubtful.height, 'cell')} in doubt of {_count(reports, 'report')}: {path}{note}", True


def _settlements(year: int, lake: Lake) -> tuple[pl.DataFrame, str]:
    """What other years say of cells of the year; nothing, and a note, where the panel is older than the facts."""
    try:
        return StoredTable(lake, "panel.settlements", (year,)).scan().collect(), ""
    except UnsoundLake as reason:
        return lake.models["panel.settlements"].no_rows(), f" (without what other years say: {reason})"


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"

"""How a report stands as a whole: whether it is ready, wants a look, or cannot be right."""

from collections.abc import Iterable
from typing import Literal

from gk_pipeline.pictures.judgements.suspects import broken_errors
from gk_pipeline.pipeline import JudgedReport

Standing = Literal["faulty", "warned", "sound"]

_NOT_READY = frozenset(("disputed", "missing", "deduced"))
"""Statuses of cells that want a look; a deduced one prints no number, so that a draft with it is not ready."""


def standing(report: JudgedReport, statuses: Iterable[str]) -> Standing:
    """Faulty with a broken law that is true by definition; sound where there is nothing to look at."""
    if broken_errors(report):
        return "faulty"
    told = any(finding.severity != "note" for finding in report.findings)
    return "warned" if told or not _NOT_READY.isdisjoint(statuses) else "sound"

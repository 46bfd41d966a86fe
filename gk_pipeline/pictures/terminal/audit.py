"""`gk audit --ticks`: what a sample that people looked at says of all verified numbers."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from gk_pipeline.auditing import Sample
from gk_pipeline.quality.audit import CONFIDENCE, Tick, silent_errors


def audit_picture(sample: Sample, ticks: Sequence[Tick]) -> RenderableType:
    """The counts, the silent error rate with its bound, and the cells that were found wrong; a tick a cell."""
    found = silent_errors(ticks)
    wrong = [cell.name for cell, tick in zip(sample.cells, ticks, strict=True) if tick == "wrong"]
    years = ", ".join(map(str, sample.draw.years))
    looked_at = found.n_right + found.n_wrong
    drawn = f"{len(ticks)} cells drawn with seed {sample.draw.seed} from {sample.population:,} verified ones of {years}"
    most = f"with {CONFIDENCE:.0%} confidence at most {_percent(found.bound)} of the verified cells"
    lines = [
        f"{drawn}: {found.n_right} as published, {found.n_wrong} not, {found.n_unclear} unclear or not looked at",
        f"silent errors: {found.n_wrong} of {looked_at}; {most}",
    ]
    if found.n_unclear:
        lines.append(f"where the unclear ones are wrong too: at most {_percent(found.bound_if_unclear)}")
    lines.append(_other_than_zero(sample, ticks))
    return Group(*map(Text, lines), *(Text(f"not as published: {name}", style="red") for name in wrong))


def _other_than_zero(sample: Sample, ticks: Sequence[Tick]) -> str:
    """What the drawn cells that are not 0 say: most cells are 0, and a wrong number is rarer among those."""
    found = silent_errors([tick for cell, tick in zip(sample.cells, ticks, strict=True) if cell.value])
    looked_at = found.n_right + found.n_wrong
    if not looked_at:
        return "of cells other than 0: none was looked at, so nothing is known of them"
    unclear = f", {_percent(found.bound_if_unclear)} where the unclear ones are wrong too" if found.n_unclear else ""
    return f"of cells other than 0: {found.n_wrong} of {looked_at}; at most {_percent(found.bound)} of these{unclear}"


def _percent(share: float) -> str:
    """Rounded up, for it is a bound."""
    return f"{-(-share * 10_000 // 1) / 100:.2f} %"

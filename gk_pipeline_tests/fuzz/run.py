"""Fuzz by hand: `python -m fuzz.run TRIALS [KIND...]` prints what came of so many mutations of each kind."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence

from fuzz.originals import ORIGINALS
from fuzz.trial import LOST, NEVER, Outcome, trials
from gk_pipeline.executors import map_guarded
from gk_pipeline.sections.detection import MAIN_TABLE

_BATCH = 50


def outcomes(kinds: Iterable[str], count: int, workers: int = 2) -> list[Outcome]:
    """The outcomes of the first `count` trials of each kind."""
    seeds = [(kind, seed) for kind in kinds for seed in range(count)]
    batches = [seeds[start : start + _BATCH] for start in range(0, len(seeds), _BATCH)]
    return [outcome for batch in map_guarded(trials, batches, workers, LOST) for outcome in batch]


def faults(found: Sequence[Outcome]) -> list[str]:
    """What may never be: crashes, hangs, and cells of the applications table that are wrong without a sign."""
    return [
        f"{one.kind} {one.seed}: {one.refused or [cell for cell in one.silent if cell.startswith(MAIN_TABLE)]}"
        for one in found
        if one.refused in NEVER or any(cell.startswith(MAIN_TABLE) for cell in one.silent)
    ]


def shares(found: Sequence[Outcome]) -> str:
    """How many mutated documents were read, and the cells of each table by fate."""
    lines = []
    for kind in dict.fromkeys(one.kind for one in found):
        own = [one for one in found if one.kind == kind]
        refused = Counter(one.refused for one in own if one.refused is not None)
        lines.append(f"{kind}: {len(own)} mutated, {sum(refused.values())} refused {dict(refused.most_common(4))}")
        cells: Counter[tuple[str, str]] = sum((one.cells for one in own), Counter())
        for table in sorted({table for table, _ in cells}):
            fates = {fate: cells[table, fate] for fate in ("same", "flagged", "exchanged", "silent")}
            lines.append(f"  {table}: {', '.join(f'{fate} {count}' for fate, count in fates.items())}")
    return "\n".join(lines)


if __name__ == "__main__":
    found = outcomes(sys.argv[2:] or list(ORIGINALS), int(sys.argv[1]))
    print(shares(found))
    print("\n".join(faults(found)) or "no crash, no hang, no cell of the applications table silently wrong")

"""Time a document from bytes to judged cells beside the forty-line label walk over the same text files.

Both run in this process after start-up, turn by turn, so that a busy machine slows both. Prints the median of each,
their ratio, and where our time goes. Needs the shared reports; without them it says so.
"""

import importlib
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gk_pipeline.documents.read import read_path
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.machine import as_json
from gk_pipeline.pipeline import judge, read_document

SHARED = Path(__file__).parents[2] / "shared"
ROUNDS = 60


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    files = sorted((SHARED / "reports").glob("*.txt"))
    if not files:
        sys.exit(f"no text reports in {SHARED / 'reports'}: nothing to compare")
    sys.path.insert(0, str(SHARED / "tools"))
    sys.argv = sys.argv[:1]  # the label walk reads what its command line names as soon as it is imported
    walk = importlib.import_module("label_walk").extract
    forms = shipped_forms()
    labels = form_labels(forms)
    print(
        f"{'file':28} {'label walk':>11} {'read':>8} {'judge':>8} {'json':>8} {'reading ÷ walk':>15} {'all ÷ walk':>11}"
    )
    ratios, alls = [], []
    for file in files:
        times: dict[str, list[float]] = {"walk": [], "read": [], "judge": [], "json": []}
        for _ in range(ROUNDS):
            times["walk"].append(timed(partial(walk, file)))
            start = time.perf_counter()
            reports = read_document(file, read_path(file, labels), forms)
            read = time.perf_counter()
            judged = judge(reports, forms)
            done = time.perf_counter()
            lines = [as_json(report) for report in judged]
            written = time.perf_counter()
            assert lines
            for name, span in (("read", read - start), ("judge", done - read), ("json", written - done)):
                times[name].append(span * 1000)
        median = {name: statistics.median(spans) for name, spans in times.items()}
        ratios.append(median["read"] / median["walk"])
        alls.append((median["read"] + median["judge"] + median["json"]) / median["walk"])
        shown = "".join(f" {median[name]:8.2f}" for name in ("read", "judge", "json"))
        print(f"{file.name:28} {median['walk']:8.2f} ms{shown} {ratios[-1]:15.2f} {alls[-1]:11.2f}")
    print(f"mean ratio: reading {statistics.mean(ratios):.2f}, with laws and JSON {statistics.mean(alls):.2f}")


if __name__ == "__main__":
    main()

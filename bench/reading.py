"""Time a document from bytes to read cells beside the forty-line label walk over the same text files.

Both run in this process after start-up, turn by turn, and are timed in seconds of the processor, so that a busy machine
slows both; sentences are read and laws applied to all that was read, as `gk extract` does it. Prints the median of each
and the ratio.
Needs the shared reports; without them it says so.
"""

import gc
import importlib
import statistics
import sys
import time
from pathlib import Path

from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.guarded import BATCH_FILES
from gk_pipeline.machine import as_json
from gk_pipeline.pipeline import judge
from gk_pipeline.reports import ReadReport, read_file, with_claims

SHARED = Path(__file__).parents[2] / "shared"
ROUNDS = 60


def main() -> None:
    files = sorted((SHARED / "reports").glob("*.txt"))
    if not files:
        sys.exit(f"no text reports in {SHARED / 'reports'}: nothing to compare")
    sys.path.insert(0, str(SHARED / "tools"))
    sys.argv = sys.argv[:1]  # the label walk reads what its command line names as soon as it is imported
    walk = importlib.import_module("label_walk").extract
    forms = shipped_forms()
    labels = form_labels(forms)
    gc.freeze()  # as gk extract does at its start
    gc.set_threshold(50_000, 20, 100)
    walks: dict[Path, list[float]] = {file: [] for file in files}
    reads: dict[Path, list[float]] = {file: [] for file in files}
    reports: list[ReadReport] = []
    for _ in range(ROUNDS):
        for file in files:
            start = time.process_time()
            walk(file)
            middle = time.process_time()
            reports += read_file(file, forms, labels)
            walks[file].append(middle - start)
            reads[file].append(time.process_time() - middle)
    start = time.process_time()
    reports = [with_claims(report, forms) for report in reports]
    sentences = (time.process_time() - start) / len(reports)
    start = time.process_time()
    judged = judge(reports[:BATCH_FILES], forms)
    laws = (time.process_time() - start) / len(judged)
    start = time.process_time()
    written = sum(len(as_json(report)) for report in judged)
    json = (time.process_time() - start) / len(judged)

    print(f"{'file':28} {'label walk':>11} {'reading':>11} {'ratio':>7}")
    walked, read = 0.0, 0.0
    for file in files:
        one, other = statistics.median(walks[file]), statistics.median(reads[file])
        walked, read = walked + one, read + other
        print(f"{file.name:28} {one * 1000:8.2f} ms {other * 1000:8.2f} ms {other / one:7.2f}")
    each = 1000 / len(files)
    print(f"{'a document':28} {walked * each:8.2f} ms {read * each:8.2f} ms {read / walked:7.2f}")
    print(f"the numbers of its sentences {sentences * 1000:.2f} ms a document")
    print(f"laws {laws * 1000:.2f} ms and JSON {json * 1000:.2f} ms a document, {written / len(judged) / 1000:.0f} kB")


if __name__ == "__main__":
    main()

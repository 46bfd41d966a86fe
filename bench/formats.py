"""Time the reader of each format beside the bare load of a library: seconds of the processor, in one process."""

import statistics
import time
from collections.abc import Callable
from io import BytesIO

import openpyxl

from gk_pipeline.documents import xlsx

ROUNDS = 20


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in range(60):
        book.active.append([f"{row}、本年新收政府信息公开申请数量", *range(row, row + 15)])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


FORMATS: dict[str, tuple[bytes, Callable[[bytes], object], Callable[[bytes], object]]] = {
    "xlsx, openpyxl": (workbook(), lambda raw: xlsx.read(raw, ()), lambda raw: openpyxl.load_workbook(BytesIO(raw))),
}
"""For each format a file, our reader, and the library alone."""


def seconds(read: Callable[[bytes], object], raw: bytes) -> float:
    start = time.process_time()
    read(raw)
    return time.process_time() - start


def main() -> None:
    for name, (raw, ours, bare) in FORMATS.items():
        rounds = [(seconds(ours, raw), seconds(bare, raw)) for _ in range(ROUNDS)]
        own, other = (statistics.median(times) for times in zip(*rounds, strict=True))
        print(f"{name:24} {own * 1000:8.2f} ms {other * 1000:8.2f} ms bare {own / other:6.2f}")


if __name__ == "__main__":
    main()

"""Scanned copies of sample reports, and what becomes of their cells: right, in doubt, or silently wrong.

Samples of data/raw are printed in several typefaces, rendered, turned, blurred, shaded, speckled and pressed into JPEG;
then they are read and judged as `gk extract` does it. The same seed gives the same scans.
"""

import argparse
import time
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import numpy as np
from scans import LOOKS, printed, rendered, scanned, together, worn
from tables.lawful import Key, Report, lawful
from tables.paper import Style, page
from tables.writers import html

from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.pipeline import JudgedReport, judge, judged_reports
from gk_pipeline.reports import read_document
from gk_pipeline.schemas.exact import decimal

FORMS = shipped_forms()
LABELS = tuple(form_labels(FORMS))
RAW = Path(__file__).parents[1] / "data" / "raw"
SAMPLES = ("2020/xiayi.txt", "2023/suqian.html", "2024/huaian.html")
TABLES = ("applications", "proactive_disclosure", "review_litigation")
DOUBT = ("disputed", "missing")
OUTCOMES = ("right", "in doubt, as read right", "in doubt", "silent wrong")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=1, help="scans of each sample, typeface and resolution")
    options.add_argument("--looks", nargs="*", default=list(LOOKS), choices=list(LOOKS), help="typefaces")
    options.add_argument("--dpi", nargs="*", type=int, default=[150, 200])
    options.add_argument("--invented", type=int, default=0, help="invented reports instead of the samples")
    options.add_argument("--show", action="store_true", help="name the cells that are not right")
    asked = options.parse_args()
    reports = [invented(seed) for seed in range(asked.invented)] or [sample(name) for name in SAMPLES]
    totals: dict[tuple[int, str], Counter[str]] = {}
    seconds, pages, refused = 0.0, 0, 0
    for title, report in reports:
        for look in asked.looks:
            pdf = printed(paper(title, report), LOOKS[look])
            for dpi in asked.dpi:
                images = rendered(pdf, dpi)
                for seed in range(asked.seeds):
                    random = np.random.default_rng([seed, dpi, *look.encode(), *title.encode()])
                    tiff = together([scanned(image, worn(random, dpi), random) for image in images])
                    start = time.process_time()
                    judged = judged_scan(tiff)
                    seconds, pages = seconds + time.process_time() - start, pages + len(images)
                    if judged is None:
                        refused += 1
                        print(f"refused: {title}, {look}, {dpi} dpi, seed {seed}", flush=True)
                        continue
                    for table, counted in outcomes(judged, report.values, f"{look}, {dpi}, {seed}", asked.show).items():
                        totals.setdefault((dpi, table), Counter()).update(counted)
    print(f"| dpi | table | cells | {' | '.join(OUTCOMES)} |\n|---:|---|---:|" + "---:|" * len(OUTCOMES))
    for (dpi, table), counted in sorted(totals.items()):
        print(f"| {dpi} | {table} | {counted.total()} | {' | '.join(str(counted[one] or '·') for one in OUTCOMES)} |")
    print(f"\n{pages} pages, {refused} reports refused; {seconds / max(pages, 1):.1f} s of one core a page.")


def sample(name: str) -> tuple[str, Report]:
    """The title and the tables of a sample, with the values that are read in it."""
    [judged] = judged_reports([RAW / name], FORMS)
    who = judged.read.identity
    assert who is not None
    known = {(table.code, table.form) for table in judged.read.tables}
    tables = {table.code: table for form in FORMS for table in form.tables if (table.code, table.form) in known}
    values = {
        (one.cell.table_code, one.cell.item, one.cell.measure): decimal(one.micro).normalize()
        for one in judged.cells
        if one.micro is not None
    }
    title = f"{who.organization}{who.stated_year}年政府信息公开工作年度报告"
    return title, Report(
        tuple(tables[code] for code in ("proactive_disclosure", "applications", "review_litigation")), values
    )


def invented(seed: int) -> tuple[str, Report]:
    """A report that keeps every law, on a form and of a size that the seed chooses."""
    random = np.random.default_rng(seed)
    filling = str(random.choice(["sparse", "dense", "persons"]))
    return "云岭县人民政府2022年政府信息公开工作年度报告", lawful(str(random.choice(["2019", "2021"])), filling, seed)


def paper(title: str, report: Report) -> str:
    """The page of a report; a cell without a value is printed blank."""
    blank = {(table.code, cell.item, cell.measure): None for table in report.tables for cell in table.cells}
    style = Style(number=lambda value, kind: "" if value is None else f"{value:f}")  # noqa: ARG005
    return html([title, *page(Report(report.tables, blank | report.values), style)[1:]])


def judged_scan(tiff: bytes) -> JudgedReport | None:
    """The report in a scan, judged; None where it is refused."""
    reports = read_document(Path("scan.tif"), read_bytes(tiff, "scan.tif", LABELS), FORMS)
    return next((one for one in judge(reports, FORMS) if one.read.error is None), None)


def outcomes(judged: JudgedReport, truth: Mapping[Key, Decimal], scan: str, show: bool) -> dict[str, Counter[str]]:
    """For each table how many of its cells came out how."""
    found: dict[str, Counter[str]] = {table: Counter() for table in TABLES}
    cells = {(one.cell.table_code, one.cell.item, one.cell.measure): one for one in judged.cells}
    for key, value in truth.items():
        one = cells.get(key)
        number = None if one is None or one.micro is None else decimal(one.micro)
        sure = one is not None and one.status not in DOUBT
        if sure:
            outcome = "right" if number == value else "silent wrong"
        else:
            outcome = "in doubt, as read right" if number == value else "in doubt"
        found[key[0]][outcome] += 1
        if show and outcome in ("in doubt", "silent wrong") and one is not None:
            read = one.cell.printed or one.cell.candidates
            print(
                f"{outcome}: {scan}: {'.'.join(key)} {value}, {number} {one.status}, read {read} {one.cell.confidence}"
            )
    return found


if __name__ == "__main__":
    main()

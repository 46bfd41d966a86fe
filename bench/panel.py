"""200 bodies over 2019 to 2025 with injected breaks, revisions, a missing year, and errors carried through every total.

Pages are written, read and judged year by year as `gk run` does it, then linked. Printed is what was injected and what
was found of each kind, what was reported besides, and whether the panel is the same in ten random orders of the years.
The same seed gives the same bodies.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from changes import CHANGES, Injected
from series import YEARS, Key, Report, page, series, steady

from gk_pipeline.assets.layer import Work, Workshop
from gk_pipeline.assets.panel import store_panel
from gk_pipeline.definitions import STEPS
from gk_pipeline.forms import shipped_forms
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.staging import staging
from gk_pipeline.storage.stored import StoredTable

FORMS = shipped_forms()
FORM_OF = {year: next(form for form in FORMS if form.code == ("2019" if year <= 2020 else "2021")) for year in YEARS}
SEED = 20_261_125
ORDERS = 10
LAYERS = ("documents", "sections", "tables", "facts", "quality")
PLACES = [f"{a}{b}" for a in "云青白松明柳清绿石金" for b in ("岭县", "溪市", "水县", "江区")]
OFFICES = ("水利局", "教育局", "财政局", "民政局", "司法局")


@dataclass(frozen=True)
class Body:
    """A body, what was done to it, and its pages."""

    name: str
    injected: Injected
    reports: dict[int, Report]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--orders", type=int, default=ORDERS, help="random orders of the years")
    options.add_argument("--seed", type=int, default=SEED)
    asked = options.parse_args()
    bodies = made(np.random.default_rng(asked.seed))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        paths = write(bodies, home / "raw")
        lake = Lake(home / "lake", FORMS)
        for year in YEARS:
            read(lake, year, home / "raw")
        began = time.process_time()
        store_panel(lake, lambda *_: None)
        seconds = time.process_time() - began
        print("\n".join(outcomes(lake, bodies, paths)))
        same = sum(same_in_another_order(lake, home, number, asked.seed) for number in range(asked.orders))
        print(
            f"\nThe same panel in {same} of {asked.orders} random orders; "
            f"{len(bodies)} bodies linked in {seconds:.1f} s."
        )


def made(random: np.random.Generator) -> list[Body]:
    """The bodies, each with its change."""
    names = [place + office for place in PLACES for office in OFFICES]
    changes = [change for change, count in CHANGES for _ in range(count)]
    bodies = []
    for name, change in zip(names, changes, strict=True):
        injected = None
        while injected is None:
            reports = series(name, FORM_OF, random)
            injected = change(reports, random) if steady(reports) else None
        bodies.append(Body(name, injected, reports))
    return bodies


def write(bodies: list[Body], raw: Path) -> dict[str, Report]:
    """Write all pages, and tell which page is which report."""
    paths = {}
    for number, body in enumerate(bodies):
        pages = [*body.reports.values(), *body.injected.more]
        for copy, report in enumerate(pages):
            path = raw / str(report.year) / f"{number:03d}_{copy}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page(report), encoding="utf-8")
            os.utime(path, (0, 0))
            paths[str(path.relative_to(raw))] = report
    return paths


def read(lake: Lake, year: int, raw: Path) -> None:
    """All layers of a year, as their assets make them."""
    for step in STEPS:
        tables = {name: StoredTable(lake, name, (year,)) for name in step.reads}
        work = Work(step.layer, year, lake, tables, Workshop(raw, raw.parent / "corrections", 1, lambda *_: None))
        with staging(lake, step.layer, year, lake.stored(step.reads, year)) as staged:
            for batch in step.make(work):
                staged.append(batch)
            for table in staged.finish().values():
                table.commit()
    print(f"{year} read", file=sys.stderr)


def outcomes(lake: Lake, bodies: list[Body], paths: dict[str, Report]) -> list[str]:
    """A row for each kind: how many were injected, how many found, what else was reported of these bodies."""
    found = Found(lake, paths)
    kinds: dict[str, Counter[str]] = {}
    for body in bodies:
        count = kinds.setdefault(body.injected.kind, Counter())
        count["bodies"] += 1
        count.update(found.links(body))
        count.update(found.cells(body))
        count.update(found.revisions(body))
    columns = (
        "bodies",
        "to find",
        "found",
        "reported besides",
        "wrong and given as certain",
        "of these vetoed",
        "open",
    )
    lines = ["| kind | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    for kind, count in kinds.items():
        lines.append(f"| {kind} | " + " | ".join(str(count[column] or "·") for column in columns) + " |")
    return lines


class Found:
    """What the panel says of each body."""

    def __init__(self, lake: Lake, paths: dict[str, Report]) -> None:
        def rows(name: str) -> pl.DataFrame:
            return StoredTable(lake, name, tuple(YEARS)).scan().collect()

        files = rows("documents.files").select("document_id", "path", "report_year")
        reports = rows("sections.reports").join(files, on=["document_id", "report_year"])
        self.paths = paths
        self.path_of = dict(reports.select("report_id", "path").iter_rows())
        self.id_of = {path: report for report, path in self.path_of.items()}
        self.told = [
            (paths[path].name, year, message.split(" ")[0])
            for path, year, message in rows("panel.findings").select("path", "report_year", "message").iter_rows()
        ]
        asked = rows("quality.findings").filter(pl.col("code") == "report_revised")
        self.revised = {(paths[path].name, year) for path, year in asked.select("path", "report_year").iter_rows()}
        self.current = {
            (paths[self.path_of[report]].name, year): paths[self.path_of[report]]
            for report, year in rows("panel.current_reports").select("report_id", "report_year").iter_rows()
        }
        cell = ["report_id", "table_code", "item", "measure"]
        self.facts = {
            tuple(row[:4]): (row[4], row[5]) for row in rows("facts.facts").select(*cell, "status", "value").iter_rows()
        }
        self.settled = {
            tuple(row[:4]): (row[4], row[5])
            for row in rows("panel.settlements").select(*cell, "settlement_kind", "value").iter_rows()
        }
        self.of_report: dict[int, list[tuple[object, ...]]] = {}
        for key in self.facts:
            self.of_report.setdefault(key[0], []).append(key)

    def links(self, body: Body) -> Counter[str]:
        """The findings about its years, against those that must be there."""
        told = {(year, law) for name, year, law in self.told if name == body.name}
        wanted = body.injected.links
        besides = told - wanted - body.injected.may_be_told
        return Counter({"to find": len(wanted), "found": len(told & wanted), "reported besides": len(besides)})

    def cells(self, body: Body) -> Counter[str]:
        """Every cell of its current reports: is one that claims to be certain wrong, and is every wrong one settled?"""
        count: Counter[str] = Counter()
        injected = body.injected
        for year, report in body.reports.items():
            key = self.id_of[next(path for path, one in self.paths.items() if one is report)]
            truth: dict[Key, int] = {**report.numbers, **injected.truth.get(year, {})}
            disputed = [cell for cell in self.of_report[key] if self.facts[cell][0] == "disputed"]
            for cell in self.of_report[key]:
                status, value = self.facts[cell]
                ruling = self.settled.get(cell)
                true = truth[cell[1:]]
                if status == "corrected" and value != true:
                    count["wrong and given as certain"] += 1
                    count["of these vetoed"] += ruling is not None and ruling[0] == "vetoed"
                elif status == "corrected" and ruling is not None:
                    count["reported besides"] += 1
                if ruling is not None and ruling[0] == "settled" and ruling[1] != true:
                    count["wrong and given as certain"] += 1
            if year in injected.truth and injected.must in ("settled", "corrected"):
                count["to find"] += 1
                right = all((self.settled.get(c) or self.facts[c])[1] == truth[c[1:]] for c in self.of_report[key])
                sure = all(c in self.settled for c in disputed)
                count["found"] += right and sure
            count["open"] += sum(cell not in self.settled for cell in disputed)
        return count

    def revisions(self, body: Body) -> Counter[str]:
        """Whether the right page is current, and whether a person is told."""
        year = body.injected.revision
        told = {(name, its_year) for name, its_year in self.revised if name == body.name}
        if year is None:
            return Counter({"reported besides": len(told)})
        found = told == {(body.name, year)} and self.current[body.name, year] is body.injected.current
        return Counter({"to find": 1, "found": int(found), "reported besides": len(told - {(body.name, year)})})


def same_in_another_order(lake: Lake, home: Path, number: int, seed: int) -> bool:
    """Whether the panel is the same, byte by byte, when the years come in a random order, and one of them twice."""
    random = np.random.default_rng([seed, number])
    other = Lake(home / f"order_{number}", FORMS)
    for place, year in enumerate(random.permutation(YEARS).tolist()):
        for layer in LAYERS:
            for source in [lake.beside(layer, year, "json"), *(lake.file(name, year) for name in lake.names(layer))]:
                target = other.folder / source.relative_to(lake.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
        if place == len(YEARS) - 1 or random.random() < 0.3:
            store_panel(other, lambda *_: None)
    files = [(name, year) for name in lake.names("panel") for year in YEARS]
    return all(lake.file(*one).read_bytes() == other.file(*one).read_bytes() for one in files)


if __name__ == "__main__":
    main()

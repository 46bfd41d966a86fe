"""A small form of our own, a few reports on it, and a lake made from them by the real stages.

Dagster takes a second to import: only the fixtures that need it do so.
"""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, settings

from gk_pipeline.documents import stage as documents_stage
from gk_pipeline.forms import Form, load_forms
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.manifest import Manifest
from gk_pipeline.storage.parquet import StoredFile, TableFile
from gk_pipeline.storage.staging import staging
from gk_pipeline.storage.stored import StoredTable

if TYPE_CHECKING:
    from gk_pipeline.assets.layer import LayerStep


settings.register_profile("a busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("a busy machine")  # no test depends on time


def pytest_configure(config: pytest.Config) -> None:
    """Checks by partition and data versions are new in dagster, whose version is pinned."""
    config.addinivalue_line("filterwarnings", "ignore:.* is currently in (preview|beta)")
    config.addinivalue_line("markers", "starts_first: mostly waits for other processes; meanwhile others can work")
    config.option.loadscopereorder = False  # or xdist takes the files with most tests first


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures` says where screenshots are kept; without it they are only taken."""
    parser.addoption("--pictures", type=Path, help="the folder in which screenshots are kept")


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a test puts its screenshots."""
    folder: Path = request.config.getoption("--pictures") or tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which workers take the files."""
    items.sort(key=lambda item: item.get_closest_marker("starts_first") is None)


FIXTURES = Path(__file__).parent / "fixtures"

LAWFUL = (1, 2, 3, 4, 5, 9, 5, 7, 12)
UNLAWFUL = (1, 2, 4, 4, 5, 9, 5, 7, 12)
BLANK = (1, "", 3, 4, 5, 9, 5, 7, 12)

REPORT = """{organization}{year}年政府信息公开工作年度报告
一、总体情况
　　本年接待来访。
二、来访接待情况
来访事项\t单独来访\t集体来访\t合计来访
咨询查阅事项\t{0}\t{1}\t{2}
投诉举报事项\t{3}\t{4}\t{5}
全部来访事项\t{6}\t{7}\t{8}
"""

Tamper = Callable[[Lake, str, int, Callable[[pl.DataFrame], pl.DataFrame]], None]


def write_report(folder: Path, name: str, values: Sequence[object] = LAWFUL, year: int = 2019) -> Path:
    """A report on the form of visits in a year's folder."""
    path = folder / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(REPORT.format(*values, organization=f"{name}县人民政府", year=year), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def forms() -> tuple[Form, ...]:
    return load_forms(FIXTURES / "forms")


@pytest.fixture
def report() -> Callable[..., Path]:
    return write_report


def store(step: "LayerStep", lake: Lake, year: int, raw: Path) -> None:
    """What the asset of a layer does, without Dagster."""
    from gk_pipeline.assets.layer import Work, Workshop

    tables = {name: StoredTable(lake, name, (year,)) for name in step.reads}
    work = Work(step.layer, year, lake, tables, Workshop(raw, raw.parent / "corrections", 1, lambda *_: None))
    with staging(lake, step.layer, year, lake.stored(step.reads, year)) as staged:
        for batch in step.make(work):
            staged.append(batch)
        for table in staged.finish().values():
            table.commit()


@pytest.fixture(scope="session")
def store_layer() -> Callable[["LayerStep", Lake, int, Path], None]:
    return store


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five reports of 2019 in batches of two, one of them unlawful, one with a blank; one report of 2020."""
    raw = tmp_path_factory.mktemp("raw")
    for name, values in {"甲": LAWFUL, "乙": UNLAWFUL, "丙": BLANK, "丁": LAWFUL, "戊": LAWFUL}.items():
        write_report(raw / "2019", name, values)
    write_report(raw / "2020", "甲", year=2020)
    return raw


@pytest.fixture(scope="session")
def stored_years(raw: Path, forms: tuple[Form, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    from gk_pipeline.definitions import STEPS

    folder = tmp_path_factory.mktemp("lake")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents_stage, "BATCH_DOCUMENTS", 2)
        for year in (2019, 2020):
            for step in STEPS:
                store(step, Lake(folder, forms), year, raw)
    return folder


@pytest.fixture
def lake(stored_years: Path, forms: tuple[Form, ...], tmp_path: Path) -> Lake:
    """A lake of 2019 and 2020 that a test may spoil."""
    return Lake(Path(shutil.copytree(stored_years, tmp_path / "lake")), forms)


@pytest.fixture(scope="session")
def rewrite() -> Tamper:
    """Change a stored table batch by batch and seal it, as a faulty program would."""

    def rewrite(lake: Lake, name: str, year: int, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
        path, layer = lake.file(name, year), name.partition(".")[0]
        before = StoredFile(path)
        changed = TableFile(path.with_suffix(".changed"), lake.models[name], ordered=False)
        for number in range(before.n_batches):
            changed.append(change(before.batch(number)))
        digest = changed.close()
        changed.path.replace(path)
        manifest = lake.manifest(layer, year)
        Manifest({**manifest.files, name: digest}, manifest.made_from).save(lake.beside(layer, year, "json"))

    return rewrite

"""Making a release: beside its place first, then put there whole by one rename; nothing is ever written over."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.parquet import force_to_disk
from gk_pipeline.warehouse.release.descriptor import descriptor, refers_to_reports
from gk_pipeline.warehouse.release.manifest import ReleasedFile, ReleaseManifest, described, own_code
from gk_pipeline.warehouse.release.page import page
from gk_pipeline.warehouse.release.star_tables import released_star
from gk_pipeline.warehouse.release.tables import (
    REPORTS,
    Released,
    ReleaseRefused,
    Years,
    released_tables,
    sound_years,
)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def write_release(lake: Lake, out: Path, name: str, dictionary: str) -> Path:
    """Write a release of all years of the lake into the folder `out/name`, and return it; it has the dictionary's text.

    The same lake and code give the same bytes: there is no clock in it. Raises ReleaseRefused when that release exists,
    when its name cannot be a folder's, or when the lake is not whole; UnsoundLake when its files are not sound.
    """
    target = out / name
    if not _NAME.fullmatch(name):
        raise ReleaseRefused(f"{name!r} cannot name a release: use letters, digits, dots and dashes, such as 2026.1.")
    if os.path.lexists(target):
        raise ReleaseRefused(f"{target} exists, and no release is ever written over. Give this one another name.")
    of_layers = released_tables(lake)
    years = sound_years(lake, of_layers)
    with released_star(lake, years) as of_star, _staged(out, name) as folder:
        tables: tuple[Released, ...] = (*of_star, *of_layers)
        files = {table.name: _write_table(table, years, folder) for table in tables}
        _check_references(tables, folder)
        package = _package(name, tables, files)
        readme = page(name, own_code(), {table: of.rows or 0 for table, of in files.items()}, list(years))
        _write_texts({"datapackage.json": package, "dictionary.md": dictionary, "README.md": readme}, folder)
        _seal(name, files, folder)
        _put_in_place(folder, target)
    return target


def file_of(name: str) -> str:
    """The path of a table within a release."""
    return f"{name.replace('.', '/')}.parquet"


@contextmanager
def _staged(out: Path, name: str) -> Iterator[Path]:
    out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=out))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_table(table: Released, years: Years, folder: Path) -> ReleasedFile:
    path = folder / file_of(table.name)
    path.parent.mkdir(exist_ok=True)
    schema = pl.DataFrame(schema=table.schema).to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd", version="2.6", write_page_checksum=True) as writer:
        for batch in table.batches(years):
            writer.write_table(batch.to_arrow(compat_level=pl.CompatLevel.oldest()))
            rows += batch.height
    return described(path, rows)


def _check_references(tables: Sequence[Released], folder: Path) -> None:
    """Hold the release to what its package says of reports; raises ReleaseRefused when a row is about none."""
    reports = pl.scan_parquet(folder / file_of(REPORTS))
    for table in filter(refers_to_reports, tables):
        rows = pl.scan_parquet(folder / file_of(table.name))
        lost = rows.join(reports, on=["report_year", "report_id"], how="anti").select(pl.len()).collect().item()
        if lost:
            raise ReleaseRefused(f"{lost} rows of {table.name} are about reports that the lake does not hold.")


def _package(name: str, tables: Sequence[Released], files: Mapping[str, ReleasedFile]) -> str:
    told = {table: {"path": file_of(table), "bytes": of.bytes, "sha256": of.sha256} for table, of in files.items()}
    package = descriptor(name, own_code().version, tables, told)
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _write_texts(texts: Mapping[str, str], folder: Path) -> None:
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")


def _seal(name: str, tables: Mapping[str, ReleasedFile], folder: Path) -> None:
    files = {file_of(table): of for table, of in tables.items()}
    files.update({path.name: described(path, None) for path in sorted(folder.iterdir()) if path.is_file()})
    ReleaseManifest(name, own_code(), files).save(folder)


def _put_in_place(folder: Path, target: Path) -> None:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        else:
            force_to_disk(path)
    try:
        if target.exists():  # an empty folder would be replaced by the rename, a full one never is
            raise FileExistsError
        folder.rename(target)
    except OSError as error:
        raise ReleaseRefused(f"{target} could not be put in its place ({error}); nothing was released.") from error
    force_to_disk(target.parent)

"""From a layer's step, a function that makes batches, to the assets that Dagster shows for its tables."""

import inspect
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import dagster as dg
import polars as pl

from gk_pipeline.assets.description import asset_key, code_version, column_schema, table_description
from gk_pipeline.assets.metadata import table_metadata
from gk_pipeline.executors import WorkerLost, map_batches
from gk_pipeline.facts.correction_file import BadCorrections
from gk_pipeline.forms import Form
from gk_pipeline.partitions import report_years
from gk_pipeline.schemas.catalog import Batch
from gk_pipeline.schemas.table import BrokenPromise, Layer, Table
from gk_pipeline.storage.checked import BadBatch, CheckedBatch, derive
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.storage.parquet import OutOfOrder
from gk_pipeline.storage.staging import LayerBusy, StagedTable, staging
from gk_pipeline.storage.stored import JointBatches, StoredTable

EXPLAINED = (BadBatch, BadCorrections, BrokenPromise, OutOfOrder, UnsoundLake, LayerBusy, WorkerLost, OSError)
"""Errors whose message tells an operator what is wrong, so that it becomes the first line of the failed run."""

Progress = Callable[[int, str, int, int], None]
"""Told the year, the layer, how much of it is done and how much there is: files in documents, then batches."""


@dataclass(frozen=True)
class Workshop:
    """Where reports and people's corrections lie, how many processes read, and who is told how far they are."""

    raw: Path
    corrections: Path
    workers: int
    progress: Progress


@dataclass(frozen=True)
class Work:
    """What a step works on: a layer and year, and the tables it reads."""

    layer: Layer
    year: int
    lake: Lake
    tables: Mapping[str, StoredTable]
    workshop: Workshop

    @property
    def corrections(self) -> Path:
        """The file of people's corrections of the year."""
        return self.workshop.corrections / f"{self.year}.yaml"

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that say what can stand in the tables."""
        return self.lake.forms

    def map(self, stage: Callable[[Batch], Batch]) -> Iterator[CheckedBatch]:
        """What the stage makes of each batch of the tables, held to its promises."""
        batches = JointBatches(list(self.tables.values()))
        made = map_batches(partial(derive, stage, self.forms), batches, self.workshop.workers)
        for done, batch in enumerate(made, start=1):
            yield batch
            self.tell(done, len(batches))

    def tell(self, done: int, total: int) -> None:
        """Tell whoever watches how far the step is."""
        self.workshop.progress(self.year, self.layer, done, total)


@dataclass(frozen=True)
class LayerStep:
    """A layer, the tables it is made from, and the function that makes its batches."""

    layer: Layer
    reads: tuple[str, ...]
    make: Callable[[Work], Iterable[CheckedBatch]]

    def lineage(self, tables: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """What Dagster draws each table of the layer from.

        They are made in one pass. An arrow from every table read to every table made would hide the way, so the first
        table has the arrows from other layers, and the others come from it. Tables of one step with different sources
        would be worse than hard to read: Dagster then refuses, now and then, to backfill them together.
        """
        first, *others = tables
        return {first: self.reads, **dict.fromkeys(others, (first,))}


def layer_step(layer: Layer, *reads: str) -> Callable[[Callable[[Work], Iterable[CheckedBatch]]], LayerStep]:
    """Make a function the step of a layer; its docstring is the text that Dagster shows."""
    return partial(LayerStep, layer, reads)


def layer_assets(step: LayerStep, forms: Sequence[Form]) -> dg.AssetsDefinition:
    """The assets of a layer's tables, materialized together by its step, a year at a time."""
    lake = Lake(Path(), forms)
    version = code_version(step.layer, forms)

    @dg.multi_asset(
        name=step.layer,
        description=inspect.getdoc(step.make),
        ins={_put(name): dg.AssetIn(key=asset_key(name), input_manager_key="lake") for name in step.reads},
        outs={_put(name): _out(lake.models[name], step, version) for name in lake.names(step.layer)},
        internal_asset_deps={
            _put(name): set(map(asset_key, sources)) for name, sources in step.lineage(lake.names(step.layer)).items()
        },
        partitions_def=report_years,
    )
    def materialize(
        context: dg.AssetExecutionContext,
        lake: dg.ResourceParam[LakeIOManager],
        workshop: dg.ResourceParam[Workshop],
        **tables: StoredTable,
    ) -> Iterator[dg.Output[StagedTable]]:
        by_name = {table.name: table for table in tables.values()}
        work = Work(step.layer, int(context.partition_key), lake.lake, by_name, workshop)
        try:
            yield from _outputs(step, work)
        except EXPLAINED as error:
            raise dg.Failure(f"{step.layer} of {work.year}: {error}") from error

    return materialize


def _outputs(step: LayerStep, work: Work) -> Iterator[dg.Output[StagedTable]]:
    started = time.monotonic()
    made_from = work.lake.stored(step.reads, work.year)
    with staging(work.lake, step.layer, work.year, made_from) as staged:
        for batch in step.make(work):
            staged.append(batch)
        for name, table in staged.finish().items():
            about = table_metadata(name, pl.scan_parquet(table.staged), work.forms)
            seconds = round(time.monotonic() - started, 2)
            metadata = {"dagster/row_count": table.n_rows, **about, "seconds": seconds}
            yield dg.Output(table, _put(name), metadata, data_version=dg.DataVersion(table.digest))


def _out(model: type[Table], step: LayerStep, version: str) -> dg.AssetOut:
    return dg.AssetOut(
        key=[step.layer, model.lake_name()],
        group_name=step.layer,
        description=table_description(model, inspect.getdoc(step.make)),
        metadata={"dagster/column_schema": column_schema(model)},
        io_manager_key="lake",
        kinds={"polars", "parquet"},
        owners=["team:data"],
        code_version=version,
    )


def _put(name: str) -> str:
    """`layer.table` as a name of an input or output."""
    return name.replace(".", "__")

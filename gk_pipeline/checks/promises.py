"""Our own promises, held against what is stored: every table's model and every identity between tables, as errors."""

import re
from collections.abc import Iterator, Sequence
from inspect import getdoc
from pathlib import Path

import dagster as dg
import pandera.errors
import polars as pl

from gk_pipeline.assets.description import asset_key
from gk_pipeline.checks.verdict import OFFENDERS_SHOWN, WITH_ITS_YEAR, Verdict, year_of
from gk_pipeline.forms import Form
from gk_pipeline.partitions import report_years
from gk_pipeline.schemas.catalog import IDENTITIES, Batch
from gk_pipeline.schemas.table import BrokenPromise, Checked, Identity, Layer
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.lake import APART, Lake, UnsoundLake
from gk_pipeline.storage.stored import JointBatches, StoredTable

OFFENDER = {"batch": pl.Int64, "row": pl.Int64, "rule": pl.String, "in_column": pl.String, "case": pl.String}
"""Columns of the offending rows; `row` is null where a rule fails as a whole."""

Promise = tuple[str, str]
"""A table as `layer.table` and the name of a check on it."""


def promises(lake: Lake, layer: Layer) -> dict[Promise, type[Checked]]:
    """Every promise that a layer completes, and the table at which it is shown."""
    found: dict[Promise, type[Checked]] = {(name, "schema"): lake.models[name] for name in lake.names(layer)}
    for identity in IDENTITIES:
        if identity.needs()[-1] in lake.names(layer):
            home = next(name for name in identity.needs() if name in lake.names(layer))
            found[home, _snake(identity.__name__)] = identity
    return found


def judge_promises(lake: Lake, layer: Layer, year: int) -> dict[Promise, Verdict]:
    """How the stored year keeps each of them, batch by batch; those of tables that come apart, for the year at once."""
    kept = promises(lake, layer)
    needs = {promise: tables_needed(promise, model) for promise, model in kept.items()}
    apart = [promise for promise in kept if APART.issuperset(needs[promise])]
    batched = [promise for promise in kept if promise not in apart]
    names = dict.fromkeys(name for promise in batched for name in needs[promise])
    broken: dict[Promise, list[pl.DataFrame]] = {promise: [] for promise in kept}
    try:
        batches = JointBatches([StoredTable(lake, name, (year,)) for name in names])
        for number, batch in enumerate(batches.as_stored()):
            for promise in batched:
                broken[promise].append(offenders(promise[0], kept[promise], batch, lake.forms, number))
        for promise in apart:
            whole = {name: StoredTable(lake, name, (year,)).as_stored() for name in needs[promise]}
            broken[promise] = [offenders(promise[0], kept[promise], whole, lake.forms, 0)]
    except UnsoundLake as unsound:
        return dict.fromkeys(kept, not_sound(unsound))
    return {promise: summed_up(found) for promise, found in broken.items()}


def tables_needed(promise: Promise, model: type[Checked]) -> tuple[str, ...]:
    """The tables that show whether a promise is kept."""
    return model.needs() if issubclass(model, Identity) else (promise[0],)


def offenders(name: str, promise: type[Checked], batch: Batch, forms: Sequence[Form], number: int) -> pl.DataFrame:
    """The rows of a batch that break a promise of a table, as OFFENDER."""
    try:
        frame = promise.of(batch, forms) if issubclass(promise, Identity) else batch[name]
        promise.check(frame)
    except BrokenPromise as broken:
        return _failing_rows(broken, number)
    except pl.exceptions.PolarsError as error:
        return pl.DataFrame([(number, None, "can be compared", None, str(error))], schema=OFFENDER, orient="row")
    return pl.DataFrame(schema=OFFENDER)


def _failing_rows(broken: BrokenPromise, number: int) -> pl.DataFrame:
    if not isinstance(broken.__cause__, pandera.errors.SchemaErrors):
        raise broken
    cases: pl.DataFrame = broken.__cause__.failure_cases
    return cases.select(
        batch=pl.lit(number, pl.Int64),
        row=pl.col("index").cast(pl.Int64),
        rule=pl.col("check").cast(pl.String),
        in_column=pl.col("column").cast(pl.String),
        case=pl.col("failure_case").cast(pl.String),
    )


def not_sound(unsound: UnsoundLake) -> Verdict:
    """Of files that are not what was stored nothing else can be told."""
    rows = pl.DataFrame([(None, None, "sound files", None, str(unsound))], schema=OFFENDER, orient="row")
    return Verdict(rows, str(unsound), {"n_broken": 1})


def summed_up(found: Sequence[pl.DataFrame]) -> Verdict:
    """The verdict on a promise from the offending rows of each batch."""
    count = sum(frame.height for frame in found)
    first = pl.concat([pl.DataFrame(schema=OFFENDER), *(frame.head(OFFENDERS_SHOWN) for frame in found)])
    return Verdict(first, f"{count} rows break it" if count else "every row keeps it", {"n_broken": count})


def promise_checks(layer: Layer, forms: Sequence[Form]) -> dg.AssetChecksDefinition:
    """All promises of a layer in one pass over the year, with a result for each."""
    specs = {
        promise: dg.AssetCheckSpec(
            promise[1],
            asset=asset_key(promise[0]),
            description=f"{getdoc(model)}\n\n{WITH_ITS_YEAR}",
            partitions_def=report_years,
        )
        for promise, model in promises(Lake(Path(), forms), layer).items()
    }

    @dg.multi_asset_check(name=f"{layer}_promises", specs=list(specs.values()))
    def check(
        context: dg.AssetCheckExecutionContext, lake: dg.ResourceParam[LakeIOManager]
    ) -> Iterator[dg.AssetCheckResult]:
        verdicts = judge_promises(lake.lake, layer, year_of(context))
        for (name, rule), verdict in verdicts.items():
            yield verdict.result(dg.AssetCheckSeverity.ERROR, asset_key=asset_key(name), check_name=rule)

    return check


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()

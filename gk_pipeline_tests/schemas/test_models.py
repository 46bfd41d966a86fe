"""What every model promises of its columns: each promise is broken once for each column of each table."""

import sys
from decimal import Decimal

import duckdb
import pandera.polars as pa
import polars as pl
import pytest
from ways import FIXTURES

from gk_pipeline.forms import load_forms, shipped_forms
from gk_pipeline.schemas import facts
from gk_pipeline.schemas.catalog import FIXED, IDENTITIES, check_batch, full_name, lake_tables
from gk_pipeline.schemas.reference import REFERENCES
from gk_pipeline.schemas.table import YEAR, BrokenPromise, Identity, Reference, Table

from .promises import broken_by, broken_promises, column_checks, frame_checks

TOY = load_forms(FIXTURES / "toy_form")
MODELS = lake_tables(TOY)
COLUMNS = [(name, column) for name, model in MODELS.items() for column in model.polars_schema()]
REQUIRED = [(name, column) for name, column in COLUMNS if not MODELS[name].to_schema().columns[column].nullable]
OPTIONAL = [pair for pair in COLUMNS if pair not in REQUIRED]
LIMITED = [(name, column) for name, model in MODELS.items() for column in column_checks(model)]


KEYS = {
    "documents.files": ["path"],
    "documents.documents": ["document_id"],
    "documents.blocks": ["document_id", "block"],
    "documents.findings": ["finding"],
    "sections.reports": ["report_id"],
    "sections.sections": ["report_id", "section"],
    "sections.findings": ["finding"],
    "tables.cells": ["report_id", "table_code", "item", "measure"],
    "tables.lending": ["report_id", "item"],
    "tables.income": ["report_id", "item"],
    "tables.found_tables": ["report_id", "table_code"],
    "tables.claims": ["report_id", "claim"],
    "tables.findings": ["finding"],
    "facts.facts": ["report_id", "table_code", "item", "measure"],
    "facts.law_results": ["report_id", "law", "scope"],
    "facts.repairs": ["report_id", "repair"],
    "facts.revisions": ["organization_id", "report_year", "report_id"],
    "facts.revised_cells": ["report_id", "table_code", "item", "measure"],
    "facts.findings": ["finding"],
    "quality.findings": ["finding"],
    "quality.scorecard": ["report_year"],
    "panel.current_reports": ["organization_id", "report_year"],
    "panel.year_links": ["organization_id", "report_year", "law", "scope"],
    "panel.settlements": ["report_id", "table_code", "item", "measure"],
    "panel.rates": ["organization_id", "report_year", "rate"],
    "panel.panel": ["organization_id", "report_year", "indicator"],
    "panel.findings": ["finding"],
}
"""Every table of the lake and its key, which other programs depend on."""

FINDING = ["report_id", "table_code", "item"]
PLACE = ["block", "page", "line", "grid_row", "grid_column", "char_start", "char_end"]
MAY_BE_NULL = {
    "documents.files": ["document_id", "file_size", "modified", "source_url", "error"],
    "documents.documents": ["encoding", "title_text"],
    "documents.blocks": ["text", "grid_cells", "page", "line", "char_start", "confidence"],
    "documents.findings": FINDING,
    "sections.reports": ["organization", "organization_id", "stated_year", "published_on", "title", "form"],
    "sections.sections": [],
    "sections.findings": FINDING,
    "tables.cells": ["printed", "value", "printed_unit", "decimals", "candidates", "alignments", *PLACE, "confidence"],
    "tables.lending": ["adults", "children", "all_readers"],
    "tables.income": ["amount"],
    "tables.found_tables": [],
    "tables.claims": ["part_of", "limits", "page", "line", "grid_row", "grid_column"],
    "tables.findings": FINDING,
    "facts.facts": ["reported", "value"],
    "facts.law_results": ["left_value", "right_value", "difference", "tolerance", "claim", "matched"],
    "facts.repairs": ["value_from"],
    "facts.revisions": ["published_on"],
    "facts.revised_cells": ["reported", "current_reported"],
    "facts.findings": FINDING,
    "quality.findings": FINDING,
    "quality.scorecard": [],
    "panel.current_reports": [],
    "panel.year_links": [
        *("last_report_id", "left_value", "right_value", "difference", "least_value", "most_value", "open_because"),
    ],
    "panel.settlements": ["reported", "value", "last_report_id", "next_report_id"],
    "panel.rates": ["form", "numerator", "denominator", "value", "open_because"],
    "panel.panel": ["value", "last_report_id", "last_value", "last_status", "open_because", "change"],
    "panel.findings": FINDING,
}
"""The columns of each table that may be null; every other one holds a value in every row."""


def subclasses(model):
    """Every class of the package that is made from a model, near or far."""
    for sub in model.__subclasses__():
        if sub.__module__.startswith("gk_pipeline.schemas"):
            yield sub
        yield from subclasses(sub)


def of_another_type(series):
    dtype = series.dtype
    if isinstance(dtype, pl.Decimal):
        return series.cast(pl.Decimal(20, 4), strict=False)
    others = {
        pl.Int64: pl.Int32,
        pl.Int32: pl.Int64,
        pl.Float64: pl.Float32,
        pl.String: pl.Categorical,
        pl.Datetime: pl.Date,
    }
    other = others.get(type(dtype))
    return (
        pl.Series(series.name, [None] * len(series), dtype=pl.Float64)
        if other is None
        else series.cast(other, strict=False)
    )


def test_the_valid_batch_keeps_every_promise(batch, toy):
    check_batch(batch, toy)
    assert broken_promises(batch, batch, toy) == set()


def test_the_valid_batch_has_rows_in_every_table(batch):
    assert set(batch) == set(MODELS)
    assert [name for name, frame in batch.items() if frame.is_empty()] == []


def test_the_valid_batch_shows_every_reading_status_and_verdict(batch):
    assert set(batch["tables.cells"]["reading"]) == {"number", "blank", "dash", "slash", "word", "lost", "absent"}
    assert set(batch["facts.facts"]["status"]) == set(facts.STATUSES)
    assert set(batch["documents.files"]["read_status"]) == {"read", "duplicate", "refused"}
    verdicts = set(batch["facts.law_results"].select("law_kind", "verdict").iter_rows())
    assert verdicts == {
        (kind, verdict)
        for kind in ("equality", "inequality")
        for verdict in ("holds", "broken", "used", "not_assessable")
    }


def test_a_frame_that_is_no_table_of_the_lake_is_refused(batch, toy):
    with pytest.raises(KeyError, match=r"tables\.visits"):
        check_batch({"tables.visits": batch["tables.lending"]}, toy)


def test_every_table_class_stands_in_the_lake():
    known = {model.__name__ for model in FIXED} | {model.__name__ for model in lake_tables(shipped_forms()).values()}
    known |= {model.__name__ for model in (*MODELS.values(), Reference, *REFERENCES)}
    written = [
        model for model in subclasses(Table) if getattr(sys.modules[model.__module__], model.__name__, None) is model
    ]
    assert {model.__name__ for model in written} - known == set()


def test_every_identity_is_held_against_batches():
    assert set(subclasses(Identity)) == set(IDENTITIES)


def test_every_table_has_its_key():
    assert {name: model.key_columns() for name, model in MODELS.items()} == KEYS


def test_no_column_may_be_null_but_those_whose_null_means_something():
    nullable = {
        name: [column for column, about in model.to_schema().columns.items() if about.nullable]
        for name, model in MODELS.items()
    }
    assert nullable == MAY_BE_NULL


def test_every_column_says_what_it_means_in_two_languages():
    for model in lake_tables(shipped_forms()).values():
        for column in model.to_schema().columns.values():
            assert column.description
            assert column.title
            assert not column.title.isascii()


def test_every_identity_compares_tables_of_the_lake():
    assert {name for identity in IDENTITIES for name in identity.needs()} <= set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_a_table_without_rows_keeps_its_promises(name):
    assert MODELS[name].check(MODELS[name].no_rows()).is_empty()


@pytest.mark.parametrize("model", [*MODELS.values(), *IDENTITIES], ids=lambda model: model.__name__)
def test_a_lazy_frame_is_refused(model):
    with pytest.raises(TypeError, match=f"{model.__name__}.check needs a collected frame"):
        model.check(pl.LazyFrame())


@pytest.mark.parametrize("name", MODELS)
def test_a_column_too_many_is_refused(batch, name):
    with pytest.raises(BrokenPromise, match=r"column_in_schema .*surplus"):
        MODELS[name].check(batch[name].with_columns(surplus=1))


@pytest.mark.parametrize("name", MODELS)
def test_columns_in_another_order_are_refused(batch, name):
    with pytest.raises(BrokenPromise, match="column_ordered"):
        MODELS[name].check(batch[name].select(reversed(batch[name].columns)))


@pytest.mark.parametrize("name", MODELS)
def test_a_row_twice_breaks_the_key(batch, name):
    twice = pl.concat([batch[name], batch[name].head(1)])
    assert ("keys_are_unique") in {check for _, check in broken_by(MODELS[name], twice)}


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_missing_column_is_refused(batch, name, column):
    with pytest.raises(BrokenPromise, match=rf"column_in_dataframe .*{column}"):
        MODELS[name].check(batch[name].drop(column))


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_column_of_another_type_is_refused(batch, name, column):
    spoiled = batch[name].with_columns(of_another_type(batch[name][column]))
    with pytest.raises(BrokenPromise) as broken:
        MODELS[name].check(spoiled)
    cases = broken.value.__cause__.failure_cases.filter(pl.col("check").str.starts_with("dtype"))
    assert cases["column"].to_list() == [column]


def test_a_grid_whose_cells_have_another_type_is_refused(batch):
    spoiled = batch["documents.blocks"].with_columns(
        pl.col("grid_cells").list.eval(pl.element().struct.with_fields(pl.field("line").cast(pl.Int64)))
    )
    with pytest.raises(BrokenPromise, match=r"dtype\('List"):
        MODELS["documents.blocks"].check(spoiled)


@pytest.mark.parametrize(("name", "column"), REQUIRED)
def test_a_null_where_a_value_is_promised_is_refused(batch, name, column):
    first = pl.int_range(pl.len()) == 0
    spoiled = batch[name].with_columns(pl.when(~first).then(pl.col(column)))
    assert (MODELS[name].__name__, column) in set(broken_by(MODELS[name], spoiled))


@pytest.mark.parametrize(("name", "column"), LIMITED)
def test_a_word_that_is_not_on_the_list_is_refused(batch, name, column):
    first = pl.int_range(pl.len()) == 0
    spoiled = batch[name].with_columns(pl.when(first).then(pl.lit("sometimes")).otherwise(pl.col(column)).alias(column))
    assert (MODELS[name].__name__, column) in set(broken_by(MODELS[name], spoiled))


@pytest.mark.parametrize(
    ("model", "check"),
    [(model, check) for model in [*MODELS.values(), *IDENTITIES] for check in frame_checks(model)],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)
def test_no_check_answers_with_null(batch, toy, model, check):
    """pandera takes a null answer for a pass, so a check must say yes or no whatever may be null."""
    frame = model.of(batch, toy) if issubclass(model, Identity) else batch[full_name(model)]
    nullable = [name for name, column in model.to_schema().columns.items() if column.nullable]
    nulls = [pl.lit(None, frame.schema[name]).alias(name) for name in nullable]
    for spoiled in [frame, frame.with_columns(nulls), *(frame.with_columns(null) for null in nulls)]:
        answer = getattr(model, check)(pa.PolarsData(lazyframe=spoiled.lazy(), key=None)).collect().to_series()
        assert answer.dtype == pl.Boolean
        assert answer.null_count() == 0


def test_no_column_is_an_sql_reserved_word():
    words = duckdb.sql("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'").fetchall()
    reserved = {word for (word,) in words}
    assert "select" in reserved
    columns = {column for model in lake_tables(shipped_forms()).values() for column in model.polars_schema()}
    names = {*columns, YEAR, *(part for name in lake_tables(shipped_forms()) for part in name.split("."))}
    assert names & reserved == set()


def test_no_table_of_the_lake_takes_the_place_of_another(tmp_path):
    text = (FIXTURES / "toy_form" / "toy.toml").read_text(encoding="utf-8")
    (tmp_path / "cells.toml").write_text(text.replace('"lending"', '"cells"'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"A form calls a table as another is called.*tables\.cells"):
        lake_tables(load_forms(tmp_path))


def test_a_broken_promise_names_model_rule_and_row(batch):
    spoiled = batch["tables.lending"].with_columns(report_id=pl.lit(None, pl.Int64))
    with pytest.raises(BrokenPromise) as broken:
        MODELS["tables.lending"].check(spoiled)
    first, second, *_ = str(broken.value).splitlines()
    assert first.startswith("Lending: ")
    assert second == "  not_nullable row 0 (report_id): None"


def test_the_arrow_schema_holds_the_types_of_the_polars_schema():
    for model in MODELS.values():
        assert pl.DataFrame(pl.from_arrow(model.arrow_schema().empty_table())).schema == model.polars_schema()


def test_a_frame_made_of_columns_is_sorted_by_its_key():
    made = MODELS["tables.income"].of_columns(
        {"report_id": [2, 1], "item": ["fines", "fines"], "form": ["2027"] * 2, "amount": [Decimal("1.5"), None]}
    )
    assert made["report_id"].to_list() == [1, 2]
    assert made["amount"].to_list() == [None, Decimal("1.500000")]


def test_a_frame_of_columns_needs_every_column():
    with pytest.raises(KeyError, match="form"):
        MODELS["tables.income"].of_columns({"report_id": [1], "item": ["fines"], "amount": [None]})

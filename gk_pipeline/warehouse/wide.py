"""A wide view of each table of each form: a row a body, year and item, its measures side by side."""

from collections.abc import Iterator, Sequence

from gk_pipeline.forms import Form, FormTable
from gk_pipeline.schemas.indicators import TRUST
from gk_pipeline.schemas.reference import Items
from gk_pipeline.warehouse.view import BODY, CELL, REPORT, SCOPE, View, same


def wide_views(forms: Sequence[Form]) -> Iterator[View]:
    """The views, named by table and form."""
    for form in forms:
        for table in form.tables:
            yield _wide(table)


def _wide(table: FormTable) -> View:
    measures = {code: f"{measure.label.text}, {measure.unit}" for code, measure in table.measures.items()}
    about = (
        f"{table.title_en} ({table.label.text}) on the form of {table.form}: a row an item of the current report of a "
        "body and year, a column a measure, the values of warehouse.facts. Null where an item does not have the "
        "measure or its value is not known; the status tells."
    )
    columns = {
        **BODY,
        **same(Items, "position"),
        "item": CELL["item"],
        **same(Items, "label"),
        **measures,
        "status": "状态: the least trusted status of the row's cells",
        **SCOPE,
        **REPORT,
    }
    values = (f"max(f.value) FILTER (WHERE f.measure = '{code}') AS \"{code}\"" for code in measures)
    # count … FILTER: duckdb 2.0.0 answers NULL to CASE WHEN sum(CASE WHEN … THEN 1 ELSE 0 END) > 0 THEN …
    ranks = (f"WHEN count(*) FILTER (WHERE f.status = '{status}') > 0 THEN '{status}'" for status in reversed(TRUST))
    newline = "\n"
    sql = f"""SELECT f.organization_id, f.report_year, i.position, f.item, i.label,
       {f",{newline}       ".join(values)},
       CASE {f"{newline}            ".join(ranks)}
       END AS status,
       f.scope, f.report_id
FROM warehouse.facts f
JOIN warehouse.items i ON i.form = f.form AND i.table_code = f.table_code AND i.item = f.item
WHERE f.table_code = '{table.code}' AND f.form = '{table.form}'
GROUP BY f.organization_id, f.report_year, i.position, f.item, i.label, f.scope, f.report_id"""
    return View(f"{table.code}_{table.form}", about, (*BODY, "item"), columns, sql)

"""The star that analysts query: small views over the tables of the layers, as SQL that DuckDB and Postgres both run."""

from collections.abc import Iterator, Sequence

from gk_pipeline.forms import Form
from gk_pipeline.schemas.facts import STATUSES, Facts, LawResults, Repairs
from gk_pipeline.schemas.indicators import Panel, Rates
from gk_pipeline.schemas.panel import Settlements
from gk_pipeline.schemas.quality import Scorecard
from gk_pipeline.schemas.reference import Items, Measures
from gk_pipeline.schemas.sections import Reports
from gk_pipeline.schemas.tables import Cells, FoundTables
from gk_pipeline.warehouse import ddl
from gk_pipeline.warehouse.ddl import meaning
from gk_pipeline.warehouse.reference import reference_rows
from gk_pipeline.warehouse.view import BODY, CELL, REPORT, SCHEMA, SCOPE, View, same
from gk_pipeline.warehouse.wide import wide_views

ORGANIZATIONS = View(
    "organizations",
    "A body that has a current report, with its name and level as the newest of them states them.",
    ("organization_id",),
    {
        "organization_id": "机构标识: the body, known by its name alone",
        "organization": "机构名称: its name as printed in its newest report",
        **same(Reports, "level"),
        "first_year": "首个年度: the first year with a report",
        "last_year": "最近年度: the last year with a report",
        "n_years": "年度数: years with a report",
    },
    """SELECT organization_id, organization, level, first_year, last_year, n_years
FROM (
    SELECT c.organization_id, r.organization, r.level,
           min(c.report_year) OVER (PARTITION BY c.organization_id) AS first_year,
           max(c.report_year) OVER (PARTITION BY c.organization_id) AS last_year,
           count(*) OVER (PARTITION BY c.organization_id) AS n_years,
           row_number() OVER (PARTITION BY c.organization_id ORDER BY c.report_year DESC) AS newest
    FROM panel.current_reports c
    JOIN sections.reports r ON r.report_year = c.report_year AND r.report_id = c.report_id
) AS named
WHERE newest = 1""",
)

FACTS = View(
    "facts",
    "A cell of the current report of a body and year, with what neighbouring years settle; a correction that a "
    "neighbour vetoes is disputed, with the printed number. Each body and year stands here once; reports that name no "
    "body are left out. Not all of it may be added up: totals stand beside their parts (add up leaf_facts), and "
    "consolidated reports beside those of the bodies that they count (add up one scope).",
    (*BODY, *CELL),
    {
        **BODY,
        **CELL,
        "value": "核定值: the number that laws and neighbours support, in `unit`; of a disputed cell the printed one; "
        "null when it is not known",
        "status": "状态: how far it can be trusted: verified, unverified, deduced, corrected, settled by another year, "
        "disputed, missing",
        **same(Facts, "reported"),
        "replaced": "被替换值: the number that a correction or settlement replaced, or the correction that a neighbour "
        "vetoed; null: none, also where neighbours settle a disputed cell as it is printed",
        "replaced_because": "替换理由: what speaks for the number, or against a correction; null: neither a correction "
        "nor a neighbour",
        **same(Facts, "unit", "form"),
        **SCOPE,
        **REPORT,
    },
    """SELECT c.organization_id, c.report_year, f.table_code, f.item, f.measure,
       CASE s.settlement_kind WHEN 'settled' THEN s.value WHEN 'vetoed' THEN f.reported ELSE f.value END AS value,
       CASE s.settlement_kind WHEN 'settled' THEN 'settled' WHEN 'vetoed' THEN 'disputed' ELSE f.status END AS status,
       f.reported,
       CASE WHEN s.settlement_kind = 'settled' THEN nullif(f.value, s.value)
            WHEN s.settlement_kind = 'vetoed' THEN nullif(f.value, f.reported)
            WHEN r.applied THEN f.reported END AS replaced,
       coalesce(s.evidence, r.why) AS replaced_because,
       f.unit, f.form, c.scope, f.report_id
FROM facts.facts f
JOIN panel.current_reports c ON c.report_year = f.report_year AND c.report_id = f.report_id
LEFT JOIN panel.settlements s
    ON s.report_year = f.report_year AND s.report_id = f.report_id
    AND s.table_code = f.table_code AND s.item = f.item AND s.measure = f.measure
LEFT JOIN facts.repairs r
    ON r.report_year = f.report_year AND r.report_id = f.report_id
    AND r.table_code = f.table_code AND r.item = f.item AND r.measure = f.measure AND r.applied""",
)

_FACT = tuple(FACTS.columns)

LEAF_FACTS = View(
    "leaf_facts",
    "The facts that are no sum of others and no part of another that stands here, so that nothing in a report is "
    "counted twice; over bodies add up one scope. What names the same row_adds_up_to can be added up over rows, what "
    "names the same column_adds_up_to over columns: what came in and what was decided are the same applications. What "
    "a report counts within another number, such as newly_disclosed of 2019 within total_disclosed, stands in facts "
    "alone.",
    FACTS.key,
    {
        **FACTS.columns,
        "row_adds_up_to": meaning(Items, "adds_up_to"),
        "column_adds_up_to": meaning(Measures, "adds_up_to"),
    },
    f"""SELECT {", ".join(f"f.{name}" for name in _FACT)}, i.adds_up_to AS row_adds_up_to,
       m.adds_up_to AS column_adds_up_to
FROM warehouse.facts f
JOIN warehouse.items i ON i.form = f.form AND i.table_code = f.table_code AND i.item = f.item
JOIN warehouse.measures m ON m.form = f.form AND m.table_code = f.table_code AND m.measure = f.measure
WHERE NOT i.is_total AND NOT m.is_total AND i.part_of IS NULL AND m.part_of IS NULL""",
)

_COUNTED = tuple(f"n_{status}" for status in STATUSES)

YEARS = View(
    "years",
    "A year: the files and reports that were found in it, and how far the cells of facts can be trusted.",
    ("report_year",),
    {
        "report_year": BODY["report_year"],
        "n_organizations": "机构数: bodies with a current report, whose cells stand in facts",
        **same(Scorecard, "n_files", "n_refused"),
        "n_reports": "报告数: reports found, also those that another one replaces and those that name no body",
        "n_perfect": "完好: of all reports found, those with no cell corrected, disputed or missing and no law of the "
        "form broken, before other years are asked",
        **same(Scorecard, *_COUNTED),
        "n_settled": "相邻年度核定: cells with that status",
    },
    f"""SELECT s.report_year,
       (SELECT count(*) FROM panel.current_reports c WHERE c.report_year = s.report_year) AS n_organizations,
       s.n_files, s.n_refused, s.n_reports, s.n_perfect,
       {", ".join(f"coalesce(f.{name}, 0) AS {name}" for name in (*_COUNTED, "n_settled"))}
FROM quality.scorecard s
LEFT JOIN (
    SELECT report_year,
           {", ".join(f"count(*) FILTER (WHERE status = '{name[2:]}') AS {name}" for name in (*_COUNTED, "n_settled"))}
    FROM warehouse.facts
    GROUP BY report_year
) f ON f.report_year = s.report_year""",
)

_RATE = (
    *("numerator", "denominator", "per", "value", "numerator_status", "denominator_status", "open_because"),
    "form",
)

RATES = View(
    "rates",
    "A rate of a body and year, with what was divided by what: panel.rates, with the scope of the report.",
    (*BODY, "indicator"),
    {**BODY, "indicator": meaning(Rates, "rate"), **same(Rates, *_RATE), **SCOPE, **REPORT},
    f"""SELECT t.organization_id, t.report_year, t.rate AS indicator, {", ".join(f"t.{name}" for name in _RATE)},
       c.scope, t.report_id
FROM panel.rates t
JOIN panel.current_reports c ON c.organization_id = t.organization_id AND c.report_year = t.report_year""",
)

_SERIES = tuple(name for name in Panel.polars_schema() if name not in BODY)

SERIES = View(
    "series",
    "A count or rate of a body and year beside the year before, with whether they may be compared: panel.panel, with "
    "the scope of the report.",
    (*BODY, "indicator"),
    {**BODY, **same(Panel, *_SERIES), **SCOPE},
    f"""SELECT t.organization_id, t.report_year, {", ".join(f"t.{name}" for name in _SERIES)}, c.scope
FROM panel.panel t
JOIN panel.current_reports c ON c.organization_id = t.organization_id AND c.report_year = t.report_year""",
)


_RESULT = (
    *("law", "scope", "table_code", "law_kind", "severity", "left_value", "right_value", "difference"),
    *("tolerance", "verdict", "claim", "matched"),
)

LAW_RESULTS = View(
    "law_results",
    "A law applied to the current report of a body and year, as printed: a correction leaves it broken. What a law of "
    "the form says stands in laws; narrative ones hold the numbers of sentences against the tables.",
    (*BODY, "law", "scope"),
    {**BODY, **same(LawResults, *_RESULT), **same(FoundTables, "form"), **REPORT},
    f"""SELECT c.organization_id, c.report_year, {", ".join(f"t.{name}" for name in _RESULT)}, p.form, t.report_id
FROM facts.law_results t
JOIN panel.current_reports c ON c.report_year = t.report_year AND c.report_id = t.report_id
LEFT JOIN tables.found_tables p
    ON p.report_year = t.report_year AND p.report_id = t.report_id AND p.table_code = t.table_code""",
)

_CHANGE = (
    *("repair", "table_code", "item", "measure", "explanation", "event", "repair_kind", "cause", "value_from"),
    *("value_to", "n_events", "rivals"),
)

REPAIRS = View(
    "repairs",
    "A change of a cell of a current report, applied or only proposed, with how many other explanations are as small, "
    "and what neighbouring years say of the cell. In facts stand those that are applied, and those whose settled_value "
    "is their value_to.",
    (*BODY, "repair"),
    {
        **BODY,
        **same(Repairs, *_CHANGE),
        "applied": "已采用: whether it was made in its own report, and no neighbouring year vetoes it",
        **same(Repairs, "why"),
        "settlement_kind": "相邻年度: what a neighbouring year says of the cell: settled or vetoed; null: nothing",
        "settled_value": "核定值: the number that the neighbours support; null where they settle nothing",
        **same(Settlements, "evidence"),
        **REPORT,
    },
    f"""SELECT c.organization_id, c.report_year, {", ".join(f"t.{name}" for name in _CHANGE)},
       t.applied AND s.settlement_kind IS DISTINCT FROM 'vetoed' AS applied, t.why, s.settlement_kind,
       CASE s.settlement_kind WHEN 'settled' THEN s.value END AS settled_value, s.evidence, t.report_id
FROM facts.repairs t
JOIN panel.current_reports c ON c.report_year = t.report_year AND c.report_id = t.report_id
LEFT JOIN panel.settlements s
    ON s.report_year = t.report_year AND s.report_id = t.report_id
    AND s.table_code = t.table_code AND s.item = t.item AND s.measure = t.measure""",
)

_PLACE = ("form", "printed", "reading", "printed_unit", "page", "line", "grid_row", "grid_column")

SOURCES = View(
    "sources",
    "Where each cell of a current report is printed: the file, and the page, line or grid cell in it.",
    FACTS.key,
    {
        **BODY,
        **CELL,
        **same(Cells, *_PLACE),
        "path": "文件路径: the first file with these bytes, below data/raw",
        **REPORT,
    },
    f"""SELECT c.organization_id, c.report_year, t.table_code, t.item, t.measure,
       {", ".join(f"t.{name}" for name in _PLACE)},
       (SELECT min(d.path) FROM documents.files d
        WHERE d.report_year = r.report_year AND d.document_id = r.document_id AND d.read_status = 'read') AS path,
       t.report_id
FROM tables.cells t
JOIN panel.current_reports c ON c.report_year = t.report_year AND c.report_id = t.report_id
JOIN sections.reports r ON r.report_year = t.report_year AND r.report_id = t.report_id""",
)

FIXED = (ORGANIZATIONS, FACTS, LEAF_FACTS, YEARS, RATES, SERIES, LAW_RESULTS, REPAIRS, SOURCES)


def views(forms: Sequence[Form]) -> tuple[View, ...]:
    """Every view, in an order in which they can be made."""
    return (*FIXED, *wide_views(forms))


def statements(forms: Sequence[Form]) -> Iterator[str]:
    """SQL that makes the star anew, over tables of the layers that are there; the same on DuckDB and on Postgres.

    A view or table of somebody else that rests on it makes Postgres refuse: nothing is dropped along.
    """
    made = views(forms)
    references = reference_rows(forms)
    yield f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"
    yield from (f"DROP VIEW IF EXISTS {view.full_name}" for view in reversed(made))
    for model, rows in references.items():
        yield ddl.drop_table(model)
        yield ddl.create_reference(model)
        yield from ddl.insert_rows(model, rows)
        yield from ddl.comments(model)
    for view in made:
        yield f"CREATE VIEW {view.full_name} AS\n{view.sql}"
        yield f"COMMENT ON VIEW {view.full_name} IS {ddl.quoted(view.about)}"
        for name, about in view.columns.items():
            yield f'COMMENT ON COLUMN {view.full_name}."{name}" IS {ddl.quoted(about)}'

"""Every law of every form has a case in which it must be broken: it, what must follow, and nothing else."""

import pytest

from gk_pipeline.forms import YEARLY

from .paper import FORMS, LAWFUL, judged, judged_all

APPLICATIONS_BROKEN = [
    (
        ("granted", "research_institution", 1),
        {("applications.row_total", "granted"), ("applications.outcomes_total", "research_institution")},
    ),
    (
        ("refused_third_party", "natural_person", 9),
        {("applications.row_total", "refused_third_party"), ("applications.outcomes_total", "natural_person")},
    ),
    (
        ("not_processed_reissue", "total", 4),
        {("applications.row_total", "not_processed_reissue"), ("applications.outcomes_total", "total")},
    ),
    (
        ("received", "natural_person", 21),
        {("applications.row_total", "received"), ("applications.balance", "natural_person")},
    ),
    (
        ("carried_out", "total", 1),
        {("applications.row_total", "carried_out"), ("applications.balance", "total")},
    ),
    (
        ("outcomes_total", "commercial_enterprise", 20),
        {
            ("applications.row_total", "outcomes_total"),
            ("applications.outcomes_total", "commercial_enterprise"),
            ("applications.balance", "commercial_enterprise"),
        },
    ),
]

BROKEN = {
    **{("applications", *cell): laws for cell, laws in APPLICATIONS_BROKEN},
    ("review_litigation", "administrative_review", "pending", 7): {
        ("review_litigation.total", "administrative_review")
    },
    ("review_litigation", "litigation_direct", "total", 1): {("review_litigation.total", "litigation_direct")},
}

BROKEN_ON = {
    "2019": {
        **BROKEN,
        ("proactive_disclosure", "regulations", "made", -1): {
            ("count.non_negative", "proactive_disclosure.regulations.made"),
        },
        ("proactive_disclosure", "procurement", "amount", "-3.5"): {
            ("count.non_negative", "proactive_disclosure.procurement.amount"),
        },
        ("proactive_disclosure", "licensing", "items_change", -121): {("count.non_negative", "licensing")},
        ("proactive_disclosure", "fees", "items_change", -3): {("count.non_negative", "fees")},
        ("proactive_disclosure", "regulations", "newly_disclosed", 5): {("disclosed.within_total", "regulations")},
        ("proactive_disclosure", "normative_documents", "total_disclosed", 4): {
            ("disclosed.within_total", "normative_documents"),
        },
    },
    "2021": {
        **BROKEN,
        ("proactive_disclosure", "penalties", "decisions", -1): {
            ("count.non_negative", "proactive_disclosure.penalties.decisions"),
        },
        ("proactive_disclosure", "fees", "amount", "-27.31"): {
            ("count.non_negative", "proactive_disclosure.fees.amount"),
        },
        ("proactive_disclosure", "regulations", "issued", 5): {("in_force.covers_issued", "regulations")},
        ("proactive_disclosure", "normative_documents", "issued", 49): {
            ("in_force.covers_issued", "normative_documents"),
        },
    },
    "2027": {
        ("lending", "science", "all_readers", 168): {
            ("lending.row_total", "science"),
            ("lending.column_total", "all_readers"),
        },
        ("lending", "literature", "children", 74): {
            ("lending.row_total", "literature"),
            ("lending.column_total", "children"),
            ("lending.mostly_literature", "children"),
        },
        ("lending", "science", "adults", -92): {
            ("lending.row_total", "science"),
            ("lending.column_total", "adults"),
            ("count.non_negative", "lending.science.adults"),
        },
        ("income", "all_income", "amount", "1.5681"): {("income.total", "amount")},
    },
}

CASES = [(form, cell, laws) for form, cells in BROKEN_ON.items() for cell, laws in cells.items()]


@pytest.mark.parametrize("form", LAWFUL)
def test_a_lawful_report_breaks_no_law(form):
    report = judged(form)
    assert report.laws("broken") == set()
    assert report.laws("holds") == set(report.results.select("law", "scope").iter_rows())


@pytest.mark.parametrize(("form", "cell", "laws"), CASES, ids=[f"{form} {cell}" for form, cell, _ in CASES])
def test_a_wrong_number_breaks_the_laws_it_stands_in_and_no_other(form, cell, laws):
    *place, printed = cell
    assert judged(form, {tuple(place): printed}).laws("broken") == laws


@pytest.mark.parametrize("form", LAWFUL)
def test_every_law_within_a_report_has_a_case_in_which_it_is_broken(form):
    stated = {row.law for table in FORMS[form].tables for row in table.laws if row.kind not in YEARLY}
    assert {law for _, broken in BROKEN_ON[form].items() for law, _ in broken} == stated


@pytest.mark.parametrize("form", LAWFUL)
def test_any_cell_one_too_high_breaks_exactly_its_equalities(form):
    tables = [table for table in FORMS[form].tables if any(row.kind == "equality" for row in table.laws)]
    cells = [(table, cell) for table in tables for cell in table.cells if cell.kind == "count"]
    places = [(table.code, cell.item, cell.measure) for table, cell in cells]
    lawful = judged(form)
    reports = judged_all(form, [{place: int(lawful.value(*place)) + 1} for place in places])
    for (table, cell), report in zip(cells, reports, strict=True):
        own = {
            (row.law, row.scope)
            for row in table.laws
            if row.kind == "equality" and cell.index in dict(row.coefficients)
        }
        broken = {(law, scope) for law, scope in report.laws("broken") if law != "lending.mostly_literature"}
        assert broken == own
        assert len(own) >= 1


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_law_between_years_is_not_judged_within_a_report(form):
    assert not any(law.startswith("year.") for law in judged(form).results["law"])


def test_both_sides_of_a_broken_law_are_told():
    report = judged("2019", {("review_litigation", "administrative_review", "pending"): 7})
    sides = report.results.filter(law="review_litigation.total", scope="administrative_review")
    assert sides.select("left_value", "right_value", "difference", "tolerance").row(0) == (11, 6, 5, 0)


def test_a_law_with_a_blank_member_is_not_assessable_and_has_no_sides():
    report = judged("2019", {("proactive_disclosure", "regulations", "newly_disclosed"): ""})
    sides = report.results.filter(law="disclosed.within_total", scope="regulations")
    assert sides["verdict"].item() == "not_assessable"
    assert sides.select("left_value", "right_value", "difference", "tolerance").row(0) == (None, None, None, None)


def test_reports_of_one_batch_do_not_touch_each_other():
    changes = [
        {},
        {("applications", "granted", "total"): ""},
        {("applications", "granted", "total"): 9},
        {("review_litigation", "litigation_direct", "upheld"): "—"},
    ]
    together = judged_all("2021", changes)
    for changed, report in zip(changes, together, strict=True):
        alone = judged("2021", changed)
        assert report.facts.drop("report_id").equals(alone.facts.drop("report_id"))
        assert report.results.drop("report_id").equals(alone.results.drop("report_id"))

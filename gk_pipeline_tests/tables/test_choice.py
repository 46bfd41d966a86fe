"""How far the laws of the applications table tell which value is whose, in rows that do not print their shape."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .lawful import lawful
from .outcome import Case, outcomes

REPORTS = [(form, filling) for form in ("2019", "2021") for filling in ("sparse", "dense", "persons", "organizations")]


def applications(form, filling, seed):
    """The rows of a lawful applications table as printed: for every item its numbers as text."""
    report = lawful(form, filling, seed)
    table = report.tables[1]
    return report, table, {item: [f"{value:f}" for _, value in report.row(table, item)] for item in table.items}


def written(report, table, rows):
    """The report as a page of text that prints these rows."""
    lines = [f"{_numbered(table.items[item].label)} {' '.join(values)}" for item, values in rows.items()]
    text = "\n".join(["三、收到和处理政府信息公开申请情况", *lines, "四、政府信息公开行政复议、行政诉讼情况"])
    truth = {key: value for key, value in report.values.items() if key[0] == table.code}
    return Case("report.txt", f"云岭县水利局2022年政府信息公开工作年度报告\n{text}".encode(), truth, frozenset(truth))


def _numbered(label):
    if label.number is None:
        return label.text
    return f"{label.number}.{label.text}" if label.number.isdigit() else f"{label.number}、{label.text}"


def read(form, filling, seed, damage):
    """What becomes of the cells of a report whose rows are damaged in place."""
    report, table, rows = applications(form, filling, seed)
    damage(rows, Random(seed))
    return outcomes([written(report, table, rows)])[0]


def wrong(counted):
    return {name: count for name, count in counted.items() if name.startswith(("silent", "misread"))}


def whole(counted):
    return not wrong(counted) and not counted["flagged"] and not counted["unprinted"]


@pytest.mark.parametrize(("form", "filling"), REPORTS)
@pytest.mark.parametrize("seed", range(3))
def test_a_value_lost_from_one_row_is_found(form, filling, seed):
    def damage(rows, random):
        del rows[random.choice(list(rows))][random.randrange(7)]

    assert whole(read(form, filling, seed, damage))


@pytest.mark.parametrize(("form", "filling"), REPORTS)
def test_a_number_that_is_no_cells_is_left_out(form, filling):
    def damage(rows, random):
        for item in random.sample(list(rows), 3):
            rows[item].insert(random.randrange(8), "27")

    counted = read(form, filling, 1, damage)
    assert wrong(counted) == {}
    assert counted["right"] + counted["deduced"] > 150


def _without_totals(rows, random):
    for values in rows.values():
        del values[-1]


@pytest.mark.parametrize(("form", "filling"), REPORTS[:3] + REPORTS[4:7])
def test_the_total_column_may_be_absent(form, filling):
    assert whole(read(form, filling, 1, _without_totals))


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_without_totals_the_last_numbers_may_be_totals_where_only_one_type_applied(form):
    counted = read(form, "organizations", 1, _without_totals)
    assert wrong(counted) == {}
    assert counted["flagged"]


@pytest.mark.parametrize(("form", "filling"), REPORTS)
@pytest.mark.parametrize("column", range(6))
def test_which_type_of_applicant_is_absent_is_not_guessed(form, filling, column):
    """Exchanged columns keep every law: without heads nothing tells them apart."""

    def damage(rows, random):
        for values in rows.values():
            del values[column]

    assert wrong(read(form, filling, 1, damage)) == {}


@pytest.mark.parametrize(("form", "filling"), REPORTS)
def test_two_rows_run_together_are_parted(form, filling):
    def damage(rows, random):
        items = list(rows)
        first = random.randrange(len(items) - 1)
        rows[items[first]] += rows[items[first + 1]]
        rows[items[first + 1]] = []

    assert whole(read(form, filling, 1, damage))


@pytest.mark.parametrize(("form", "filling"), REPORTS)
@pytest.mark.parametrize("by", ["row", "column"])
def test_values_in_a_block_behind_all_labels_go_to_their_rows(form, filling, by):
    def damage(rows, random):
        values = list(rows.values())
        block = values if by == "row" else zip(*values, strict=True)
        together = [value for own in block for value in own]
        for own in values:
            own.clear()
        values[-1] += together

    assert whole(read(form, filling, 1, damage))


@pytest.mark.parametrize(("form", "filling"), REPORTS)
def test_a_zero_lost_from_every_outcome_is_never_taken_for_another(form, filling):
    def damage(rows, random):
        for item, values in rows.items():
            zeros = [place for place, value in enumerate(values) if value == "0"]
            if zeros and item not in ("received", "carried_in", "outcomes_total", "carried_out"):
                del values[random.choice(zeros)]

    assert wrong(read(form, filling, 1, damage)) == {}


@pytest.mark.parametrize(("form", "filling"), REPORTS)
def test_a_wrong_number_elsewhere_does_not_mislead(form, filling):
    def damage(rows, random):
        first, second = random.sample(list(rows), 2)
        place = random.randrange(7)
        rows[first][place] = str(int(rows[first][place]) + 3)
        del rows[second][random.randrange(7)]

    found = [name.split() for name in read(form, filling, 1, damage) if name.startswith("silent: ")]
    assert [(status, value, truth) for *_, status, value, _, truth in found if float(value) != float(truth)] == []


def _damaged(values, how, random):
    place = random.randrange(len(values))
    if how == "lost":
        del values[place]
    elif how == "stray":
        values.insert(place, str(random.randrange(40)))
    elif how == "torn" and len(values[place]) > 1:
        values[place : place + 1] = [values[place][:1], values[place][1:]]
    elif how == "run together" and place + 1 < len(values):
        values[place : place + 2] = ["".join(values[place : place + 2])]


@settings(max_examples=60)
@given(
    st.sampled_from(REPORTS),
    st.integers(0, 10**6),
    st.lists(st.tuples(st.integers(0, 22), st.sampled_from(["lost", "stray", "torn", "run together"])), max_size=6),
)
def test_whatever_the_damage_no_cell_is_wrong(report, seed, damages):
    def damage(rows, random):
        items = list(rows)
        for number, how in dict(damages).items():
            _damaged(rows[items[number]], how, random)

    assert Counter(wrong(read(*report, seed, damage))) == Counter()


@pytest.mark.parametrize(("form", "filling"), REPORTS)
def test_a_few_rows_that_are_left_of_a_table_lack_no_common_column(form, filling):
    """Each may have lost another value; that all lack one column is no smaller damage where hardly any row is left."""

    def damage(rows, random):
        for item in list(rows)[3:-3]:
            del rows[item]
        for values in rows.values():
            del values[random.randrange(7)]

    assert wrong(read(form, filling, 1, damage)) == {}


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_totals_that_count_up_by_one_are_not_taken_for_running_numbers(form):
    """Rows that add up end in their total; a wrong number and a lost zero elsewhere are then told as ever."""

    report, table, rows = applications(form, "zeros", 1)
    counted = zip(list(rows)[2:6], "1234", strict=True)
    for item, total in (*counted, ("received", "10"), ("outcomes_total", "10")):
        rows[item] = [total, "0", "0", "0", "0", "0", total]
    truth = {
        (table.code, item, measure.code): Decimal(value)
        for item, values in rows.items()
        for measure, value in zip(table.parts[0].measures, values, strict=True)
    }
    rows[list(rows)[5]][0] = "40"
    del rows[list(rows)[8]][3]
    page = written(report, table, rows)
    assert whole(outcomes([replace(page, truth=truth, printed=frozenset(truth))])[0])

"""Cells in doubt as entries that a person fills in."""

from decimal import Decimal

import polars as pl
import pytest

from gk_pipeline.facts.correction_file import read_entries
from gk_pipeline.facts.proposals import begun, proposals
from gk_pipeline.forms import shipped_forms
from gk_pipeline.schemas.panel import Settlements

KEY = ["report_year", "path", "ordinal", "report_id", "table_code", "item", "measure", "reported"]
DISPUTED = pl.DataFrame(
    [
        (2022, "2022/a.txt", 0, 7, "applications", "received", "total", Decimal(16)),
        (2022, "2022/a.txt", 1, 8, "applications", "granted", "total", None),
    ],
    schema=KEY,
    orient="row",
)
REPAIRS = pl.DataFrame(
    [
        (7, 1, "applications", "received", "total", Decimal(12)),
        (7, 2, "applications", "received", "total", Decimal(10)),
        (7, 2, "applications", "carried_in", "total", Decimal(3)),
        (7, 3, "applications", "carried_out", "total", Decimal(4)),
    ],
    schema=["report_id", "explanation", "table_code", "item", "measure", "value_to"],
    orient="row",
)
NOTHING = Settlements.no_rows()
FILLED = {"value": "10", "reason": "a slip", "evidence": "the page", "by": "王小明", "on": "2024-11-25"}


def settled(kind, value):
    """A settlement of the first cell."""
    cell = (7, "applications", "received", "total", "org", kind)
    return Settlements.of_rows([(*cell, Decimal(16), value, "last_year", 1, None, "as last year says")])


def proposed(settlements=NOTHING):
    return proposals(DISPUTED, REPAIRS, settlements, 2022)


def test_an_entry_names_cell_and_print_and_each_explanation_by_itself():
    text = proposed()
    first, second = (text.index(f'- report: "2022/a.txt{number}"') for number in ("", "#2"))
    assert text[:first].endswith("#: 2022/a.txt\n#: may be 12\n#: or 10, and then applications.carried_in.total 3\n")
    assert "  cell: applications.received.total\n  printed: 16\n  value:\n" in text[first:second]
    assert '- report: "2022/a.txt#2"\n  cell: applications.granted.total\n  printed:\n' in text


def test_many_explanations_are_counted():
    many = pl.concat([REPAIRS.with_columns(explanation=pl.col("explanation") + 10 * n) for n in range(5)])
    assert "#: and 4 explanations more, see facts.repairs\n- report" in proposals(DISPUTED, many, NOTHING, 2022)


def test_what_other_years_say_goes_first():
    assert "#: other years settle it as 12 (as last year says)\n#: may be" in proposed(settled("settled", Decimal(12)))
    vetoed = proposed(settled("vetoed", None))
    assert "#: other years contradict its correction and support no number (as last year says)\n" in vetoed


def test_a_proposal_left_empty_is_no_correction(tmp_path):
    file = tmp_path / "2022.yaml"
    file.write_text(proposed(), encoding="utf-8")
    entries = read_entries(file, shipped_forms())
    assert entries.found == ()
    assert [fault.text[:40] for fault in entries.faults] == ["value, reason, evidence, by, on are empty"[:40]] * 2


def test_a_filled_in_proposal_is_a_correction(tmp_path):
    file = tmp_path / "2022.yaml"
    text = proposed()
    for name, value in FILLED.items():
        text = text.replace(f"  {name}:\n", f"  {name}: {value}\n")
    file.write_text(text, encoding="utf-8")
    first, second = read_entries(file, shipped_forms()).found
    assert (first.path, first.ordinal, first.printed, first.value) == ("2022/a.txt", 0, 16_000_000, 10_000_000)
    assert (second.ordinal, second.printed, second.cell) == (1, None, ("applications", "granted", "total"))


def test_nobody_has_begun_what_was_just_proposed():
    assert begun(proposed(settled("settled", Decimal(12)))) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  value:\n", "  value: 12\n"),
        ("  reason:\n", "  reason: |\n    of many lines\n"),
        ("  by:\n", "  by: 王小明\n"),
        ("  on:\n", "  on:\n  cause: reader\n"),
        ("  on:\n", "  on:\n# asked the office\n"),
        ("  on:\n", "  on: # tomorrow\n"),
    ],
)
def test_a_word_of_a_person_is_seen_with_its_line(old, new):
    text = proposed().replace(old, new, 1)
    untouched = proposed().splitlines()
    assert begun(text) == next(n for n, line in enumerate(text.splitlines(), 1) if line != untouched[n - 1])

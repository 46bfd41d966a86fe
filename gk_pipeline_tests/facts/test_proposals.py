"""Disputed cells as entries that a person fills in."""

from decimal import Decimal

import polars as pl
import pytest

from gk_pipeline.facts.corrections import BadCorrections, read_corrections
from gk_pipeline.facts.proposals import proposals
from gk_pipeline.storage.located import LOCATED

DISPUTED = pl.DataFrame(
    [
        (2022, "2022/a.txt", 0, 7, "applications", "received", "total", "number", Decimal(16), Decimal(16), "disputed"),
        (2022, "2022/a.txt", 1, 8, "applications", "granted", "total", "lost", None, None, "disputed"),
    ],
    schema=LOCATED,
    orient="row",
)
REPAIRS = pl.DataFrame(
    [(7, "applications", "received", "total", Decimal(value)) for value in (12, 10, 12)],
    schema=["report_id", "table_code", "item", "measure", "value_to"],
    orient="row",
)
FILLED = {"value": "10", "reason": "a slip", "evidence": "the page", "by": "王小明", "on": "2026-11-25"}


def test_an_entry_names_cell_and_print_and_what_would_settle_it():
    text = proposals(DISPUTED, REPAIRS, 2022)
    first, second = (text.index(f'- report: "2022/a.txt{number}"') for number in ("", "#2"))
    assert text[:first].endswith("# it would be 10, 12\n")
    assert "  cell: applications.received.total\n  printed: 16\n  value:\n" in text[first:second]
    assert '- report: "2022/a.txt#2"\n  cell: applications.granted.total\n  printed:\n' in text


def test_a_proposal_left_empty_is_no_correction(tmp_path):
    file = tmp_path / "2022.yaml"
    file.write_text(proposals(DISPUTED, REPAIRS, 2022), encoding="utf-8")
    with pytest.raises(BadCorrections, match="value, reason, evidence, by, on is empty"):
        read_corrections(file)


def test_a_filled_in_proposal_is_a_correction(tmp_path):
    file = tmp_path / "2022.yaml"
    text = proposals(DISPUTED, REPAIRS, 2022)
    for name, value in FILLED.items():
        text = text.replace(f"  {name}:\n", f"  {name}: {value}\n")
    file.write_text(text, encoding="utf-8")
    first, second = read_corrections(file)
    assert (first.path, first.ordinal, first.printed, first.value) == ("2022/a.txt", 0, 16_000_000, 10_000_000)
    assert (second.ordinal, second.printed, second.cell) == (1, None, ("applications", "granted", "total"))

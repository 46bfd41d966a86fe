"""What the charts of tables show."""

import polars as pl
import pytest

from gk_pipeline.assets.metadata import printed_totals
from gk_pipeline.forms import shipped_forms


def chart(table, *rows):
    """The texts of a chart over rows of form, item and measures."""
    measures = {measure for _, _, printed in rows for measure in printed}
    every = {code for form in shipped_forms() for code in form.table(table).measures} | measures
    told = [{"form": form, "item": item, **dict.fromkeys(every), **printed} for form, item, printed in rows]
    return printed_totals(pl.DataFrame(told, infer_schema_length=None).lazy(), table, shipped_forms())


def bars(svg):
    texts = [text.partition("</text>")[0] for text in svg.split("<text")[2:]]
    told = [text.rpartition(">")[2] for text in texts]
    return dict(zip(told[::2], told[1::2], strict=True))


def test_a_row_that_only_an_older_form_has_is_drawn():
    drawn = bars(
        chart(
            "applications",
            ("2019", "other", {"total": 7}),
            ("2019", "granted", {"total": 3}),
            ("2021", "granted", {"total": 2}),
            ("2021", "other_fee_unpaid", {"total": 1}),
        )
    )
    assert drawn == {"granted": "5", "other_fee_unpaid": "1", "other": "7"}


def test_columns_that_mean_something_else_are_not_added_up():
    drawn = bars(
        chart(
            "proactive_disclosure",
            ("2019", "regulations", {"total_disclosed": 20}),
            ("2021", "regulations", {"in_force": 8}),
        )
    )
    assert drawn == {"regulations (in_force)": "8", "regulations (total_disclosed)": "20"}


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_rows_of_a_form_that_was_not_printed_are_not_drawn(form):
    assert bars(chart("applications", (form, "received", {"total": 4}))) == {"received": "4"}


def test_the_chart_says_that_wholes_and_their_parts_are_added_up():
    assert "every report found, wholes and parts" in chart("applications", ("2019", "received", {"total": 4}))

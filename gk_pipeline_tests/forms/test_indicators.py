"""Counts and rates as the forms state them: cells that exist, and one meaning on every form."""

import pytest
from ways import FIXTURES

from gk_pipeline.forms import FormError, load_form, load_forms, shipped_forms

SOUND = (FIXTURES / "toy_form" / "toy.toml").read_text(encoding="utf-8")


def refused(folder, old, new):
    """What is said of the toy form with a text changed."""
    assert SOUND.count(old) >= 1, old
    (folder / "spoiled.toml").write_text(SOUND.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FormError) as error:
        load_form(folder / "spoiled.toml")
    assert str(error.value).startswith("spoiled.toml: ")
    return str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('[[indicators.count]]\ncode = "books"', '[[indicators.count]]\ncdoe = "books"', "says ['cdoe']"),
        ("[[indicators.rate]]", "[[indicators.ratio]]", "says ['ratio']"),
        ('numerator = ["literature"]', 'numreator = ["literature"]', "says ['numreator']"),
        ('numerator = ["literature"]', "", "numerator is missing"),
        ('numerator = ["literature"]', 'numerator = ["poetry"]', "there are no counts ['poetry']"),
        ('numerator = ["literature"]', "numerator = []", "is made of []"),
        ('denominator = ["science"]', 'denominator = ["science", "science"]', "names a count twice"),
        ('denominator = ["science"]', 'denominator = ["science", "fines"]', "counts of several tables"),
        ('cells = ["fines.amount"]', 'cells = ["fines.total"]', "table 'income' has no cells ['fines.total']"),
        ('cells = ["literature.all_readers"]', 'cells = ["literature.adults + literature.adults"]', "a cell twice"),
        ('table = "income"\ncells', 'table = "incmoe"\ncells', "which the form does not have"),
        ('each = ["adults", "children"]', 'each = ["adults", "babies"]', "no table has the measure 'babies'"),
        ("per = 100", 'per = "100"', "write a whole number"),
        ("per = 100", "per = 0", "write a whole number"),
        ('code = "fines_per_100"', 'code = "fines"', "the codes ['fines'] are used twice"),
    ],
)
def test_what_contradicts_itself_is_refused(tmp_path, old, new, says):
    assert says in refused(tmp_path, old, new)


def test_an_indicator_means_the_same_on_every_form(tmp_path):
    (tmp_path / "one.toml").write_text(SOUND, encoding="utf-8")
    other = SOUND.replace('code = "2027"', 'code = "2028"').replace("since = 2027", "since = 2028")
    (tmp_path / "two.toml").write_text(other, encoding="utf-8")
    assert len(load_forms(tmp_path)) == 2
    (tmp_path / "three.toml").write_text(
        other.replace('"2028"', '"2029"').replace("per = 100", "per = 1000"), encoding="utf-8"
    )
    with pytest.raises(FormError, match="the indicator 'fines_per_100' is another one than in form"):
        load_forms(tmp_path)


def test_a_count_stands_for_other_cells_on_another_form():
    by_form = {
        form.code: {count.code: [(cell.item, cell.measure) for cell in count.cells] for count in form.indicators.counts}
        for form in shipped_forms()
    }
    assert by_form["2019"]["other_processed"] == [("other", "total")]
    assert by_form["2021"]["other_processed"] == [
        (item, "total") for item in ("other_not_supplemented", "other_fee_unpaid", "other_miscellaneous")
    ]
    assert by_form["2019"].keys() == by_form["2021"].keys()


def test_the_outcomes_of_the_counts_are_all_outcomes():
    """No way to end an application is in no count, and none is in two."""
    parts = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other_processed")
    for form in shipped_forms():
        counts = {count.code: count for count in form.indicators.counts}
        counted = [cell for code in parts for cell in counts[code].cells]
        table = form.table("applications")
        total = next(row for row in table.laws if (row.law, row.scope) == ("applications.outcomes_total", "total"))
        summed = [table.cells[index] for index, sign in total.coefficients if sign > 0]
        assert sorted(counted, key=lambda cell: cell.index) == summed

"""What sentences may say about the tables is data, and data that contradicts itself is refused in words."""

import pytest
from ways import FIXTURES

from gk_pipeline.forms import FormError, load_form, shipped_forms
from gk_pipeline.forms.prose import admissible, prose_of, unknown_cells

SOUND = (FIXTURES / "toy_form" / "toy.toml").read_text(encoding="utf-8")


def prose():
    [one] = {form.prose for form in shipped_forms()}
    return one


def rule(**told):
    return {"subject": "lent", "table": "lending", "label": "借阅", "label_en": "lent", "counters": ["册"], **told}


@pytest.fixture
def spoiled(tmp_path):
    def spoiled(old, new):
        assert old in SOUND
        path = tmp_path / "form.toml"
        path.write_text(SOUND.replace(old, new), encoding="utf-8")
        return path

    return spoiled


def test_every_cell_that_the_rules_name_is_one_of_some_form():
    tables = [table for form in shipped_forms() for table in form.tables]
    assert unknown_cells(prose(), tables) == []


def test_every_rule_that_means_cells_means_some_on_the_form_in_force():
    table_of = {table.code: table for table in shipped_forms()[-1].tables}
    idle = [one.subject for one in prose().rules if one.cells and not admissible(table_of[one.table], one.cells)]
    assert idle == []


def test_a_group_stands_for_the_sum_of_its_rows():
    [one] = admissible(shipped_forms()[-1].table("applications"), ("unavailable.total",))
    assert [cell.item for cell in one.cells] == [
        "unavailable_not_held",
        "unavailable_needs_creation",
        "unavailable_still_unclear",
    ]


def test_a_cell_that_only_another_form_has_is_left_out():
    old, new = (form.table("applications") for form in shipped_forms())
    names = ("other_processed.total", "other.total")
    assert [one.name for one in admissible(old, names)] == ["other.total"]
    assert [one.name for one in admissible(new, names)] == ["other_processed.total"]


def test_a_sum_lacks_no_member():
    assert admissible(shipped_forms()[-1].table("applications"), ("received.total + received.yesterday",)) == ()


def test_a_cell_that_the_form_lacks_is_refused(spoiled):
    with pytest.raises(FormError, match=r"form\.toml: prose names what is no cell.*all_books: all_books\.nobody"):
        load_form(spoiled('["all_books.all_readers"]\nhead', '["all_books.nobody"]\nhead'))


def test_a_misspelt_key_is_refused(spoiled):
    with pytest.raises(FormError, match=r"says.*counter"):
        load_form(spoiled('phrases = ["借阅", "借出"]\ncounters', 'phrases = ["借阅", "借出"]\ncounter'))


def test_a_misspelt_list_of_words_is_refused():
    with pytest.raises(FormError, match=r"words.*says.*betwen"):
        prose_of({"words": {"betwen": []}, "claim": []})


def test_a_rule_without_cells_is_refused():
    with pytest.raises(FormError, match="names no cells"):
        prose_of({"claim": [rule(phrases=["借阅"])]})


def test_a_rule_without_a_phrase_is_refused():
    with pytest.raises(FormError, match="neither phrases nor behind"):
        prose_of({"claim": [rule(cells=["all_books.adults"])]})


def test_a_rule_without_a_counter_is_refused():
    told = rule(phrases=["借阅"], cells=["all_books.adults"])
    del told["counters"]
    with pytest.raises(FormError, match="counters"):
        prose_of({"claim": [told]})


def test_a_subject_told_twice_is_refused():
    told = rule(phrases=["借阅"], cells=["all_books.adults"])
    with pytest.raises(FormError, match=r"told twice.*lent"):
        prose_of({"claim": [told, told]})


def test_a_subject_within_an_unknown_one_is_refused():
    with pytest.raises(FormError, match=r"no rule has.*sold"):
        prose_of({"claim": [rule(phrases=["借阅"], cells=["all_books.adults"], within=["sold"])]})


def test_a_form_without_prose_is_read_without_its_sentences():
    form = load_form(FIXTURES / "forms" / "visits.toml")
    assert form.prose.rules == ()


def test_a_shared_vocabulary_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "form.toml"
    path.write_text('prose = "prose/none.toml"\n' + SOUND[: SOUND.index("[prose.words]")], encoding="utf-8")
    with pytest.raises(FormError, match=r"form\.toml: none\.toml"):
        load_form(path)

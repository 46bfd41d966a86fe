"""A form file that contradicts itself is refused, in words that name the file and the place."""

import re

import pytest
from ways import FIXTURES

from gk_pipeline.forms import FormError, load_form, load_forms

SOUND = (FIXTURES / "toy_form" / "toy.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A folder of form files, written from their texts."""

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def changed(old, new):
    assert old in SOUND, old
    return SOUND.replace(old, new, 1)


def law(**said):
    """A law of the lending table, as the file writes it."""
    about = {"code": "lending.more", "severity": "note", "statement": "s", "statement_zh": "句", "source": "w", **said}
    lines = [f"{key} = {value!r}" for key, value in about.items() if value is not None]
    return changed('[[table]]\ncode = "income"', "\n".join(["[[table.law]]", *lines, "", '[[table]]\ncode = "income"']))


LIMIT = '[[table.limit]]\nmost = 9\nsource = "why"\n'

CONTRADICTIONS = {
    "no sections": (SOUND.replace("[[section]]", "[[law]]"), "section is missing"),
    "no title": (changed('title = "公共图书馆服务年度报告（虚构格式）"', ""), "title is missing"),
    "no label": (changed(', label = "成人借阅册数"', ""), "label is missing"),
    "no items": (changed("items = [", "itmes = ["), "part '' says ['itmes']"),
    "no severity": (law(each="item", severity=None, sum=["adults"], equals=["children"]), "severity is missing"),
    "no each": (law(sum=["adults"], equals=["children"]), "each is missing"),
    "no sum": (law(each="item", equals=["children"]), "sum is missing"),
    "no toml": ("code = ", "Invalid value"),
    "unknown key of the form": ("until_year = 2030\n" + SOUND, "form '2027' says ['until_year']"),
    "unknown key of a section": (changed('number = "一"', 'nmuber = "一"'), "section 'overview' says ['nmuber']"),
    "unknown key of a table": (changed("title_en", "items_accross = true\ntitle_en"), "table 'lending' says"),
    "unknown key of a measure": (changed('kind = "amount"', 'knid = "amount"'), "measure 'amount' says ['knid']"),
    "unknown key of an item": (
        changed('label = "文学艺术类图书"', 'label = "文学艺术类图书", gruop = "x"'),
        "item 'literature' says ['gruop']",
    ),
    "unknown key of a law": (
        changed('equals = ["all_readers"]', 'eqauls = ["all_readers"]'),
        "law 'lending.row_total' says ['eqauls']",
    ),
    "a law of cells with a sum": (changed('kinds = ["count", "amount"]', 'sum = ["adults"]'), "may say"),
    "unknown kind": (changed('kind = "amount"', 'kind = "money"'), "measure 'amount' has kind 'money'; write one of"),
    "unknown severity": (
        changed('severity = "error"', 'severity = "fatal"'),
        "law 'lending.row_total' has severity 'fatal'; write one of",
    ),
    "unknown each": (law(each="row", sum=["adults"], equals=["children"]), "law 'lending.more' has each = 'row'"),
    "unknown group": (
        changed('label = "文学艺术类图书"', 'label = "文学艺术类图书", group = "novels"'),
        "item 'literature' stands under unknown group 'novels'",
    ),
    "unknown measure in a law": (
        law(each="item", sum=["adults", "students"], equals=["all_readers"]),
        "law 'lending.more' names 'students': table 'lending' has no such cell",
    ),
    "unknown item in a law": (
        law(each="measure", sum=["maps"], equals=["all_books"]),
        "law 'lending.more' names 'maps': table 'lending' has no such cell",
    ),
    "unknown item as a scope": (
        law(each="item", items=["maps"], sum=["adults"], equals=["children"]),
        "law 'lending.more' names 'adults': table 'lending' has no such cell",
    ),
    "unknown member of last year": (
        law(each="item", sum=["adults"], equals_last_year=["students"]),
        "law 'lending.more' names 'students'",
    ),
    "a lag over money": (
        changed(
            'code = "income.total"\neach = "measure"\nsum = ["fines", "copies"]\nequals = ["all_income"]',
            'code = "income.total"\neach = "measure"\nsum = ["fines"]\nequals_last_year = ["copies"]',
        ),
        "law 'income.total' adds up amounts of two years in 'amount'",
    ),
    "a law of cells with a measure that no table has": (
        changed('kinds = ["count", "amount"]', 'kinds = ["count"]\nmeasures = ["adults", "students"]'),
        "law 'count.non_negative' names the measures ['students']",
    ),
    "a law that compares with nothing": (
        law(each="item", sum=["adults", "children"]),
        "law 'lending.more' compares its sum with nothing",
    ),
    "a law that names a cell twice": (
        law(each="item", sum=["adults", "adults"], equals=["all_readers"]),
        "law 'lending.more' names a cell of 'literature' twice",
    ),
    "a law that names a cell on both sides": (
        law(each="item", sum=["adults", "children"], at_least=["adults"]),
        "law 'lending.more' names a cell of 'literature' twice",
    ),
    "a law that applies to no cell": (changed('kinds = ["count", "amount"]', 'kinds = ["cuont"]'), "apply to no cell"),
    "a law for no item": (
        law(each="item", items=[], sum=["adults"], equals=["children"]),
        "the laws ['lending.more'] apply to no cell",
    ),
    "a law twice for one scope": (
        law(code="lending.row_total", each="item", sum=["adults"], at_least=["children"]),
        "table 'lending' states a law twice for one scope",
    ),
    "a section code twice": (
        changed('code = "overview"', 'code = "lending"'),
        "sections use a code twice: ['lending']",
    ),
    "a table code twice": (
        changed('[[table]]\ncode = "income"', '[[table]]\ncode = "lending"'),
        "tables use a code twice: ['lending']",
    ),
    "an item code twice": (
        changed('code = "science"', 'code = "literature"'),
        "items and groups use a code twice: ['literature']",
    ),
    "a group called as an item": (
        changed("title_en", 'groups = [{ code = "science", label = "x" }]\ntitle_en'),
        "items and groups use a code twice: ['science']",
    ),
    "a chapter of items that are not there": (
        changed("title_en", 'chapters = [{ label = "x", from = "science", to = "poetry" }]\ntitle_en'),
        "chapter 'x' runs from 'science' to 'poetry'",
    ),
    "a measure code twice": (
        changed('code = "children"', 'code = "adults"'),
        "measures of one part use a code twice: ['adults']",
    ),
    "a measure called as a key": (changed('code = "amount"', 'code = "form"'), "no measure can be called 'form'"),
    "a code that cannot name a column": (changed('code = "adults"', 'code = "Adult readers"'), "['Adult readers']"),
    "a limit for a kind that the table lacks": (
        changed('[[table]]\ncode = "income"', f'{LIMIT}kind = "change"\n\n[[table]]\ncode = "income"'),
        "a limit is for the kind 'change': no measure of its table is of it",
    ),
    "a limit without a reason": (
        changed(
            '[[table]]\ncode = "income"', '[[table.limit]]\nkind = "count"\nmost = 9\n\n[[table]]\ncode = "income"'
        ),
        "source is missing",
    ),
    "a table in an unknown section": (
        changed('section = "income"', 'section = "finance"'),
        "table 'income' stands in unknown section 'finance'",
    ),
}


def test_the_sound_form_loads(folder):
    (form,) = load_forms(folder(sound=SOUND))
    assert form.code == "2027"


@pytest.mark.parametrize(("text", "says"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_told_with_file_and_place(folder, text, says):
    with pytest.raises(FormError) as refused:
        load_forms(folder(spoiled=text))
    assert str(refused.value).startswith("spoiled.toml: ")
    assert says in str(refused.value)


def test_a_law_that_adds_money_and_counts_is_refused(folder):
    text = changed('kind = "amount" }]', 'kind = "amount" }, { code = "times", label = "次数" }]')
    text += "\n[[table.law]]\ncode = 'income.mixed'\neach = 'item'\nsum = ['amount']\nequals = ['times']\n"
    text += "severity = 'note'\nstatement = 's'\nstatement_zh = '句'\nsource = 'w'\n"
    with pytest.raises(FormError, match=r"spoiled\.toml: law 'income\.mixed' adds up different units in 'fines'"):
        load_forms(folder(spoiled=text))


def test_a_measure_of_two_kinds_in_two_parts_is_refused(folder):
    part = '[[table.part]]\nmeasures = [{ code = "adults", label = "册", kind = "amount" }]\nitems = []\n\n'
    text = changed("[[table.law]]", part + "[[table.law]]")
    with pytest.raises(FormError, match=r"spoiled\.toml: table 'lending': measure 'adults' has two kinds"):
        load_forms(folder(spoiled=text))


def test_a_measure_of_two_kinds_in_two_forms_is_refused(folder):
    later = SOUND.replace('code = "2027"', 'code = "2031"').replace("since = 2027", "since = 2031")
    later = later.replace(
        '{ code = "amount", label = "收入金额", kind = "amount" }', '{ code = "amount", label = "收入金额" }'
    )
    with pytest.raises(FormError, match=r"later\.toml: income\.amount is 'count', but 'amount' in form 2027"):
        load_forms(folder(sound=SOUND, later=later))


def test_two_files_with_one_form_code_are_refused(folder):
    texts = folder(one=SOUND, other=SOUND.replace("since = 2027", "since = 2031"))
    with pytest.raises(
        FormError, match=rf"{re.escape(str(texts))}: two files share one of the codes \['2027', '2027'\]"
    ):
        load_forms(texts)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    (tmp_path / "spoiled.toml").write_bytes(SOUND.encode("gb18030"))
    with pytest.raises(FormError, match=r"spoiled\.toml: 'utf-8' codec can't decode"):
        load_form(tmp_path / "spoiled.toml")


def test_forms_are_loaded_oldest_first(folder):
    older = SOUND.replace('code = "2027"', 'code = "2001"').replace("since = 2027", "since = 2001")
    assert [form.code for form in load_forms(folder(a=SOUND, b=older))] == ["2001", "2027"]


def test_a_table_law_may_repeat_for_chosen_items_only(folder):
    text = law(each="item", items=["science"], sum=["adults"], at_least=["children"])
    (form,) = load_forms(folder(sound=text))
    assert [row.scope for row in form.table("lending").laws if row.law == "lending.more"] == ["science"]


def test_a_group_in_a_law_stands_for_its_items(folder):
    text = SOUND.replace("title_en", 'groups = [{ code = "both", label = "两类" }]\ntitle_en', 1)
    for item in ("文学艺术类图书", "科学普及类图书"):
        text = text.replace(f'label = "{item}"', f'label = "{item}", group = "both"')
    text = text.replace('sum = ["literature", "science"]', 'sum = ["both"]')
    (form,) = load_forms(folder(sound=text))
    table = form.table("lending")
    (row,) = [row for row in table.laws if (row.law, row.scope) == ("lending.column_total", "adults")]
    signs = {(table.cells[cell].item, sign) for cell, sign in row.coefficients}
    assert signs == {("literature", 1), ("science", 1), ("all_books", -1)}


def test_a_law_over_all_tables_puts_the_table_before_its_scope(folder):
    (form,) = load_forms(folder(sound=SOUND))
    scopes = [row.scope for row in form.table("income").laws if row.law == "count.non_negative"]
    assert scopes == ["income.fines.amount", "income.copies.amount", "income.all_income.amount"]

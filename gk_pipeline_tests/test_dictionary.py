"""The data dictionary: written from the models and the forms, complete, and the page in docs is the one it writes."""

import pytest
from ways import REPOSITORY, gk

from gk_pipeline.dictionary import dictionary
from gk_pipeline.forms import load_forms, shipped_forms
from gk_pipeline.schemas.catalog import full_name, lake_tables
from gk_pipeline.schemas.reference import REFERENCES
from gk_pipeline.warehouse.star import views

FORMS = shipped_forms()


@pytest.fixture(scope="module")
def page() -> str:
    return dictionary(FORMS)


def sections(page: str) -> dict[str, str]:
    """What stands under each heading of the second level."""
    parts = page.split("\n## ")[1:]
    return {part.partition("\n")[0]: part for part in parts}


def test_the_page_in_docs_is_the_one_the_command_prints(page):
    stored = (REPOSITORY / "docs" / "dictionary.md").read_text(encoding="utf-8")
    assert stored == page, "docs/dictionary.md is stale: run make docs"
    answer = gk("dictionary")
    assert (answer.out, answer.exit_code) == (page, 0)


def test_every_table_and_column_is_there_with_a_title_and_a_meaning(page):
    about = sections(page)
    for name, model in lake_tables(FORMS).items():
        rows = [line.split(" | ") for line in about[name].splitlines() if line.startswith("| `")]
        assert [row[0].split("`")[1] for row in rows] == list(model.polars_schema())
        assert all(len(row) == 4 and all(cell.strip(" |") for cell in row) for row in rows)


def test_every_table_and_column_of_the_star_is_there_with_a_meaning(page):
    about = sections(page)
    made = {view.full_name: list(view.columns) for view in views(FORMS)}
    made |= {full_name(model): list(model.polars_schema()) for model in REFERENCES}
    for name, columns in made.items():
        rows = [line.split(" | ") for line in about[name].splitlines() if line.startswith("| `")]
        assert [row[0].split("`")[1] for row in rows] == columns
        assert all(len(row) == 3 and all(cell.strip(" |") for cell in row) for row in rows)


def test_the_picture_of_the_star_shows_what_a_fact_belongs_to(page):
    diagram = page.partition("erDiagram")[2].partition("```")[0]
    for owner in ("organizations", "years", "items", "measures"):
        assert f"{owner} |o--o{{ facts : has" in diagram
    assert "forms |o--o{ items : has" in diagram
    assert "forms |o--o{ facts" not in diagram
    assert "VARCHAR organization_id PK" in diagram


def test_every_item_measure_and_law_of_every_form_is_there(page):
    about = sections(page)
    for form in FORMS:
        for table in form.tables:
            text = about[f"{form.code}: {table.code} {table.label.text}"]
            for cell in table.cells:
                assert f"`{cell.item}`" in text
                assert f"`{cell.measure}`" in text
            for law in table.laws:
                assert f"`{law.law}`" in text
                assert law.statement in text
                assert law.statement_zh in text


def test_every_row_of_a_markdown_table_has_as_many_cells_as_its_head(page):
    head = 0
    for line in page.splitlines():
        if not line.startswith("|"):
            head = 0
            continue
        head = head or line.count("|")
        assert line.count("|") == head, line


def test_a_new_form_is_in_the_dictionary_without_code(tmp_path):
    text = (REPOSITORY / "gk_pipeline" / "forms" / "2021.toml").read_text(encoding="utf-8")
    text = text.replace('code = "2021"', 'code = "2027"', 1).replace("since = 2021", "since = 2027", 1)
    (tmp_path / "2027.toml").write_text(text, encoding="utf-8")
    page = dictionary((*FORMS, *load_forms(tmp_path)))
    assert "# Form 2027" in page
    assert "report years from 2027 on" in page

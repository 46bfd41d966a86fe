"""The page on damages says what comes out today."""

from ways import REPOSITORY

from .page import GROUPS, page


def test_the_page_in_docs_is_what_comes_out():
    stored = (REPOSITORY / "docs" / "damage.md").read_text(encoding="utf-8")
    assert stored == page(), "docs/damage.md is stale: run make docs"


def test_every_group_of_damages_is_on_the_page():
    here = REPOSITORY / "gk_pipeline_tests" / "damage"
    groups = {module.__name__.rpartition(".")[2] for module in GROUPS.values()}
    assert groups == {path.stem for path in here.glob("test_*.py")} - {"test_page"}

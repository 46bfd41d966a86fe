"""The page of numbers in sentences says what the program does now."""

from claims_page import page
from ways import RAW, REPOSITORY

from gk_pipeline.documents.folder import list_files


def test_the_page_in_docs_is_the_one_that_the_samples_give():
    written = (REPOSITORY / "docs" / "claims.md").read_text(encoding="utf-8")
    assert page(list_files([RAW]), RAW) == written, "run `make docs`"

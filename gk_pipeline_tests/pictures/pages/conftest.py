"""A small lake with all that a page can say, and the site that is written of it."""

from pathlib import Path

import pytest

from gk_pipeline.pictures.pages.site import write_site
from gk_pipeline.storage.lake import Lake
from pictures.pages.shelf import stored_shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory, store_layer) -> Lake:
    """The lake of the seven reports, which no test may change."""
    return stored_shelf(tmp_path_factory.mktemp("shelf"), store_layer)


@pytest.fixture(scope="session")
def site(shelf, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "pages"
    write_site(shelf, folder)
    return folder

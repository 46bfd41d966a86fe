"""What terminal and pages share stands beside both, so that neither needs the other."""

from pathlib import Path

import pytest

from gk_pipeline import pictures

FOLDER = Path(pictures.__file__).parent
FORBIDDEN = {"pages": ("terminal",), "terminal": ("pages",), "judgements": ("pages", "terminal"), "charts": ("pages",)}


@pytest.mark.parametrize("package", FORBIDDEN)
def test_a_package_of_pictures_imports_nothing_that_is_not_below_it(package):
    sources = list((FOLDER / package).glob("*.py"))
    assert sources
    for path in sources:
        text = path.read_text(encoding="utf-8")
        assert not [name for name in FORBIDDEN[package] if f"gk_pipeline.pictures.{name}" in text], path.name

"""Debian's chromium, driven as a person drives it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

PROGRAM = shutil.which("chromium")
in_a_browser = pytest.mark.skipif(
    PROGRAM is None and not os.environ.get("GK_REQUIRE_SHARED"),  # the project's own check has to have one
    reason="chromium is not installed; on Debian: apt-get install chromium fonts-noto-cjk",
)
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATIENCE = 120_000
"""Milliseconds that a busy machine may take to show something."""


@contextmanager
def started() -> Iterator[Browser]:
    """A browser with a profile of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(width: int = 1400, height: int = 860) -> Iterator[Page]:
    """An empty page of that many pixels, in a browser of its own."""
    with started() as browser:
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE)
        yield page

"""Ways to read a page as a person would: by what its elements say in one language."""

from collections.abc import Sequence
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from gk_pipeline.forms import shipped_forms
from gk_pipeline.pictures.pages.draft import check_page
from gk_pipeline.pipeline import judged_reports


class Paged:
    """A page of HTML, parsed."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.root = LexborHTMLParser(source)

    def all(self, selector: str) -> Sequence[LexborNode]:
        return self.root.css(selector)

    def one(self, selector: str) -> LexborNode:
        [found] = self.all(selector)
        return found

    def texts(self, selector: str, lang: str = "zh") -> list[str]:
        return [said(element, lang) for element in self.all(selector)]

    def values(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [str(one.attributes[name]) for one in self.all(f"[{name}]")]

    def dead_links(self) -> list[str]:
        """Links within the page that lead nowhere, and ids of descriptions, names and cells that are not there."""
        there = set(self.values("id"))
        led = [one[1:] for one in self.values("href") if one.startswith("#")]
        for name in ("aria-describedby", "aria-labelledby"):
            led += [one for many in self.values(name) for one in many.split()]
        led += [one[:-1] for many in self.values("data-cells") for one in many.split()]
        return [one for one in led if one not in there]


def said(element: LexborNode, lang: str = "zh") -> str:
    """The text of an element in one language, white space as a browser has it."""
    alone = LexborHTMLParser(f"<table>{element.html}</table>" if element.tag in ("td", "th", "tr") else element.html)
    for other in alone.css(f"span[lang='{'en' if lang == 'zh' else 'zh'}']"):
        if lang == "zh" or (other.next is not None and other.next.attributes.get("lang") == "en"):
            other.decompose()
    return " ".join(alone.body.text().split())


def checked(path: Path, text: str) -> Paged:
    """The page of a draft with that text."""
    path.write_text(text, encoding="utf-8")
    forms = shipped_forms()
    return Paged(check_page(list(judged_reports([path], forms)), forms))


def read(path: Path) -> Paged:
    return Paged(path.read_text(encoding="utf-8"))


def rows_of(page: Paged, section: str) -> dict[str, list[str]]:
    """The rows of a section's table by their first cell."""
    rows = page.all(f"section[aria-labelledby={section}] tbody tr")
    return {said(row.css_first("th")): [said(cell) for cell in row.css("td:not(.bars)")] for row in rows}

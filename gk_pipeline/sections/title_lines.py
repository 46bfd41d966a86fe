"""Which of a document's lines are its title: one line or several, beside links to other reports and names of sites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from gk_pipeline.sections.title import (
    COMPILING_OFFICE,
    EDGES,
    LAST,
    LONGEST_LINE,
    Title,
    compact,
    is_organization_name,
    read_title,
)

_FIRST_HEADING = re.compile(r"[\s#*]*(?:一\s*[、.．]|第一部分|总体情况\s*$)")
_ANY_HEADING = re.compile(r"[\s#*]*(?:[一二三四五六七]\s*[、.．]|总体情况\s*$)")
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,2}[)）、.．]|\d{1,2}[.．、])")
_PUBLISHER = re.compile(r"(?:发布|发文|公开|制发)\s*(?:机构|机关|单位)\s*(?:[:：]\s*(?P<value>\S+)|$)")
_OPENING = re.compile(r".{6,100}?(?:报告|年报|[情统][况计]表?)(?=\s|一、)")
_BEFORE_SECTION_ONE = re.compile(r".{6,100}?(?:报告|年报|[情统][况计]表?)(?=\s*一\s*[、.．])")
_OF_A_TITLE = re.compile("报|公开|统计|通知|样|模")
_MARKDOWN = " #*"
_BARE_YEAR = re.compile(r"[(（]?[\d〇○◯零Oo一二三四五六七八九]{4}年?度?[)）]?")
_BRACKETED = re.compile(r"[(（].*[)）]")
_LINES_ABOVE = 3
"""Lines above the last one over which a title may be broken."""


def choose_title(lines: Sequence[str], page_title: str | None, end: int | None = None) -> Title | None:
    """Choose the document's title among the lines before its first section (and line `end`), and the page's title.

    Whether it is the title of a year's report is said by the page title where that names a year or qualifies itself,
    else by the title printed last. Of those that are left, titles of the year that the page title states come first,
    then those that name both a body and a year, then those of the body that the page title names, then the earliest. A
    printed title and a page title that state different years leave the year None: one of them is wrong, and nothing
    here tells which.
    """
    page = read_title(page_title) if page_title else None
    printed = [title for _, title in titles(lines, first_heading(lines, end))]
    candidates = [*printed, page] if page else printed
    if not candidates:
        return None
    deciding = page if page and (page.stated_year or page.qualifier) else candidates[max(len(printed) - 1, 0)]
    whole_year = deciding.qualifier is None
    candidates = [title for title in candidates if (title.qualifier is None) == whole_year]
    stated = {title.stated_year for title in printed if title in candidates} - {None}
    contradicted = bool(page and page.stated_year and stated and page.stated_year not in stated)

    def preference(title: Title) -> tuple[bool, int, bool]:
        if page is None:
            return False, _completeness(title), False
        same_year = page.stated_year is not None and not contradicted and title.stated_year == page.stated_year
        return same_year, _completeness(title), title.organization == page.organization

    best = max(candidates, key=preference)
    return replace(best, stated_year=None) if contradicted else best


def split_titles(lines: Sequence[str]) -> list[int]:
    """Find the lines at which a further report begins in a file that holds several; empty for a single report.

    A further report has a title with another body or period, and its sections start again at 一 before the next such
    title; so lists of links to other reports, repeated titles and running heads split nothing.
    """
    printed = list(titles(lines, len(lines)))
    starts: list[tuple[int, Title]] = []
    for position, (index, title) in enumerate(printed):
        if starts and not _differ(starts[-1][1], title):
            continue
        following = (start for start, later in printed[position + 1 :] if _differ(title, later))
        if _sections_start(lines[index : next(following, len(lines))]):
            starts.append((index, title))
    return [index for index, _ in starts[1:]]


def stated_publisher(lines: Sequence[str]) -> str | None:
    """Read the body that the page's metadata call its publisher (发布机构：X, also with X on the next line)."""
    for index, line in enumerate(lines):
        if ("机" not in line and "单" not in line) or len(line) > LONGEST_LINE:
            continue
        if match := _PUBLISHER.search(line):
            value = match["value"] or next((text for text in lines[index + 1 : index + 4] if text.strip()), "")
            name = compact(value)
            if is_organization_name(name):
                return name
    return None


def titles(lines: Sequence[str], end: int) -> Iterator[tuple[int, Title]]:
    """Yield every title before line `end` with the line where it begins, also one broken over several lines."""
    return ((first, title) for first, last, title in _all_titles(tuple(lines)) if last < end)


@lru_cache(maxsize=2)
def _all_titles(lines: tuple[str, ...]) -> list[tuple[int, int, Title]]:
    """Every title with its first and last line; remembered, since a document is asked for them more than once."""
    found = []
    for index, printed in enumerate(lines):
        if not _OF_A_TITLE.search(printed) or _NUMBERED.match(printed):
            continue
        line = printed.strip(EDGES)
        if opening := (_OPENING if len(line) > LONGEST_LINE else _BEFORE_SECTION_ONE).match(line):
            line = opening[0]
        title = read_title(line)
        if title is not None and _completeness(title) == 2:
            found.append((index, index, title))
        elif line[-1:] in LAST and len(line) <= LONGEST_LINE and (joined := _joined(lines, index, title)):
            found.append((joined[0], index, joined[1]))
        elif title is not None:
            found.append((index, index, title))
    return found


def _joined(lines: Sequence[str], index: int, alone: Title | None) -> tuple[int, Title] | None:
    """Read the title that ends with a line together with lines above it, a bracket below it, or the body below that.

    It must give both body and year; a title that says nothing alone may also be given its year. A body that stands
    beside the title is the site's, not the report's, if the page states another publisher or the text of a government's
    report says 我局; then nothing is joined.
    """
    near = [at for at in range(max(0, index - 8), min(index + 6, len(lines))) if lines[at].strip()]
    if index not in near:
        return None
    here = near.index(index)
    above = [near[max(0, here - count) : here + 1] for count in range(1, min(here, _LINES_ABOVE) + 1)]
    orders = list(above)
    below = near[here + 1 : here + 3]
    if below and _BRACKETED.fullmatch(compact(lines[below[0]])):
        orders += [[*order, below[0]] for order in ([index], *above)]
        orders += [[below[1], index, below[0]]] if len(below) > 1 and _is_body(lines[below[1]]) else []
    dated = None
    for order in orders:
        title = read_title("\n".join(lines[at].strip(_MARKDOWN) for at in order))
        if title is None or title.stated_year is None:
            continue
        if title.organization and not _disowned(title.organization, lines):
            return min(order), title
        if title.organization is None and dated is None:
            dated = min(order), title
    return dated if alone is None and dated and not _in_menu(lines, near, dated[0]) else None


def _is_body(line: str) -> bool:
    name = compact(line)
    return is_organization_name(name) and not COMPILING_OFFICE.search(name)


def _in_menu(lines: Sequence[str], near: Sequence[int], start: int) -> bool:
    """Whether the line above is a year as well: years of a menu are nobody's."""
    above = [at for at in near if at < start]
    return bool(above) and _BARE_YEAR.fullmatch(compact(lines[above[-1]])) is not None


def _disowned(name: str, lines: Sequence[str]) -> bool:
    publisher = stated_publisher(lines) or name
    other = not publisher.startswith(name) and not name.startswith(publisher)
    return other or (name.endswith(("政府", "市", "县", "区")) and any("我局" in line for line in lines))


def _completeness(title: Title) -> int:
    return (title.organization is not None) + (title.stated_year is not None)


def _differ(one: Title, other: Title) -> bool:
    organizations = {one.organization, other.organization} - {None}
    years = {one.stated_year, other.stated_year} - {None}
    return len(organizations) > 1 or len(years) > 1 or one.qualifier != other.qualifier


def first_heading(lines: Sequence[str], end: int | None = None) -> int:
    """Find the line of the first section heading before line `end`; `end` if there is none."""
    stop = len(lines) if end is None else end
    for index, line in enumerate(lines[:stop]):
        if len(line) < 40 and ("一" in line or "总体" in line) and _FIRST_HEADING.match(line):
            return index
    return stop


def _sections_start(lines: Sequence[str]) -> bool:
    """Tell whether the first section heading among the lines is that of section 一."""
    heading = next((line for line in lines if len(line) < 40 and _ANY_HEADING.match(line)), None)
    return heading is not None and _FIRST_HEADING.match(heading) is not None

"""Which of a document's lines are its title: one line or several, beside links to other reports and names of sites."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import takewhile

from gk_pipeline.sections.signature import organization_from_signature, stated_publisher
from gk_pipeline.sections.title import (
    COMPILING_OFFICE,
    EDGES,
    LAST,
    LONGEST_LINE,
    SENTENCE,
    Title,
    compact,
    is_organization_name,
    plain,
    read_title,
)

_FIRST_HEADING = re.compile(r"[\s#*]*(?:一\s*[、.．]|第一部分|总体情况\s*$)")
_ANY_HEADING = re.compile(r"[\s#*]*(?:[一二三四五六七]\s*[、.．]|总体情况\s*$)")
_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,2}[)）、.．]|\d{1,2}[.．、])")
_OPENING = re.compile(r".{6,100}?(?:报告|年报|[情统][况计]表?)(?=\s|一、)")
_BEFORE_SECTION_ONE = re.compile(r".{6,100}?(?:报告|年报|[情统][况计]表?)(?=\s*一\s*[、.．])")
_OF_A_TITLE = re.compile("报|報|公开|公開|统计|通知|样|模")
_LAST_WORDS = frozenset(("报告", "報告", "年报", "年報", "情况", "总结"))
"""Words with which a title ends; of one the last letter may stand alone on its line."""
_MAY_STATE_YEAR = re.compile("年|2")
_MARKDOWN = " #*"
_BARE_YEAR = re.compile(r"[(（]?[\d〇○◯零Oo一二三四五六七八九]{4}年?度?[)）]?")
_BRACKETED = re.compile(r"[(（].*[)）]")
_YEAR_IN_TEXT = re.compile(r"(?<!\d)(20\d\d)年(?!\d{1,2}月\d{1,2}日)")
_LINES_OF_TEXT = 40
_AGAIN_AND_AGAIN = 3
"""Times that a text names another year than its title from which on the title is in doubt: plans may name one twice."""
_LINES_ABOVE = 3
"""Lines above the last one over which a title may be broken."""


def choose_title(lines: Sequence[str], page_title: str | None, end: int | None = None) -> Title | None:
    """Choose the document's title among the lines before its first section (and line `end`), and the page's title.

    Whether it is the title of a year's report is said by the page title where that names a year or qualifies itself,
    else by the title printed last. Lists of links to other reports stand above a title and below: so the title nearest
    to the text is taken, and the year only if nothing printed contradicts it or the page title or the text confirms it.
    """
    page = read_title(page_title) if page_title else None
    found = list(titles(lines, first_heading(lines, end)))
    if not found and page is None:
        return None
    deciding = page if page and (page.stated_year or page.qualifier or not found) else found[-1][1]
    printed = [(at, title) for at, title in found if (title.qualifier is None) == (deciding.qualifier is None)]
    page = page if page and (page.qualifier is None) == (deciding.qualifier is None) else None
    year = _year(printed, page, lines)
    of_year = [title for _, title in printed if title.stated_year in (year, None)]
    if year is None and printed:
        return replace(printed[-1][1], stated_year=None)
    candidates = [page, *of_year] if page else of_year
    return _of_body(candidates, page, lines)


def _year(printed: Sequence[tuple[int, Title]], page: Title | None, lines: Sequence[str]) -> int | None:
    """The year that the page title states if it is printed too, else that of the nearest title; None in doubt.

    It is in doubt if titles differ and the text does not confirm it, or if the text only speaks of another year.
    """
    stated = {title.stated_year for _, title in printed} - {None}
    nearest = printed[-1][1].stated_year if printed else None
    said = page.stated_year if page else None
    if said and stated and said not in stated:
        return None
    if not stated or stated | {said or nearest} == {said or nearest}:
        return said or (nearest if nearest and not _speaks_of_another(lines, printed[-1][0], nearest) else None)
    confirmed = _year_of_text(lines, printed[-1][0])
    if said:
        return said if nearest in (said, None) or confirmed in (said, None) else None
    return confirmed if confirmed in stated and nearest in (confirmed, None) else None


def _of_body(candidates: Sequence[Title], page: Title | None, lines: Sequence[str]) -> Title:
    """The last and most complete title of the body whose report it is.

    Of several bodies it is the one that the page title names, else the one that signed, else that of the last title
    unless the others are a list; a body that the last title does not name must be nobody else's than the text's.
    """
    nearest = candidates[-1]
    bodies = {title.organization for title in candidates} - {None}
    body = next(iter(bodies)) if len(bodies) == 1 else None
    if len(bodies) > 1:
        signed = organization_from_signature(lines)
        unsigned = nearest.organization if len(bodies) == 2 else None
        body = (page and page.organization) or (signed if signed in bodies else unsigned)
    elif body and nearest.organization is None and not (page and page.organization) and _disowned(body, lines):
        body = None
    own = [title for title in candidates if title.organization in (body, None)]
    if not own:
        return replace(nearest, organization=None)
    rank = max(_completeness(title) for title in own)
    return next(title for title in reversed(own) if _completeness(title) == rank)


def _year_of_text(lines: Sequence[str], start: int) -> int | None:
    """The year of which the sentences from a line on speak most; None if two are named equally often."""
    counted = Counter(_years_in_text(lines, start)).most_common(2)
    if not counted or (len(counted) > 1 and counted[0][1] == counted[1][1]):
        return None
    return counted[0][0]


def _speaks_of_another(lines: Sequence[str], start: int, year: int) -> bool:
    """Whether the sentences from a line on never name the year, and another one again and again."""
    if year in _years_in_text(lines, start):
        return False
    return max(Counter(_years_in_text(lines, start)).values(), default=0) >= _AGAIN_AND_AGAIN


def _years_in_text(lines: Sequence[str], start: int) -> Iterator[int]:
    """Each year that the sentences from a line on name, in their order: most reports name their own in the first."""
    sentences = (line for line in lines[start : start + _LINES_OF_TEXT] if "，" in line or "。" in line)
    return (int(year) for line in sentences for year in _YEAR_IN_TEXT.findall(compact(line)))


def split_titles(lines: Sequence[str]) -> list[int]:
    """Find the lines at which a further report begins in a file that holds several; empty for a single report.

    A further report has a title with another body or period, and its sections start again at 一 before the next such
    title; so lists of links to other reports, repeated titles and running heads split nothing.
    """
    printed = list(titles(lines, len(lines)))
    headings = [index for index, line in enumerate(lines) if len(line) < 40 and _ANY_HEADING.match(line)]
    starts: list[tuple[int, Title]] = []
    following: dict[Title, int] = {}  # of each title the place of the next other one, which only moves on
    for position, (index, title) in enumerate(printed):
        if starts and not _differ(starts[-1][1], title):
            continue
        after = max(following.get(title, 0), position + 1)
        while after < len(printed) and not _differ(title, printed[after][1]):
            after += 1
        following[title] = after
        end = printed[after][0] if after < len(printed) else len(lines)
        first = bisect_left(headings, index)
        if first < len(headings) and headings[first] < end and _FIRST_HEADING.match(lines[headings[first]]):
            starts.append((index, title))
    return [index for index, _ in starts[1:]]


def titles(lines: Sequence[str], end: int) -> Iterator[tuple[int, Title]]:
    """Yield every title before line `end` with the line where it begins, also one broken over several lines."""
    return ((first, title) for first, last, title in _all_titles(tuple(lines)) if last < end)


@lru_cache(maxsize=2)
def _all_titles(lines: tuple[str, ...]) -> list[tuple[int, int, Title]]:
    """Every title with its first and last line; remembered, since a document is asked for them more than once."""
    found = []
    for index in _likely(lines):
        if _NUMBERED.match(lines[index]):
            continue
        line = lines[index].strip(EDGES)
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


def _likely(lines: Sequence[str]) -> Iterator[int]:
    """The lines with which a title may end: that have words of one, or are its last letter alone."""
    above = ""
    for index, line in enumerate(lines):
        word = line.strip()
        if _OF_A_TITLE.search(above if len(word) == 1 and above[-1:] + word in _LAST_WORDS else line):
            yield index
        above = word or above


def _joined(lines: Sequence[str], index: int, alone: Title | None) -> tuple[int, Title] | None:
    """Read the title that ends with a line together with lines above it, a bracket, or the body and the year below it.

    It must give both body and year; a title that says nothing alone may also be given its year. A body that stands
    beside the title is the site's, not the report's, if the page states another publisher, another body signed or the
    text of a government's report says 我局; then nothing is joined, and nothing of a menu is.
    """
    around = range(max(0, index - 8), min(index + 6, len(lines)))
    near = [at for at in around if lines[at] and not lines[at].isspace()]
    if index not in near or _is_sentence(lines[index]):
        return None
    here = near.index(index)
    upwards = reversed(range(max(0, here - _LINES_ABOVE), here))
    above = [near[first : here + 1] for first in takewhile(lambda first: not _is_sentence(lines[near[first]]), upwards)]
    orders = list(above)
    below = near[here + 1 : here + 3]
    if below and not _is_sentence(lines[below[0]]) and _BRACKETED.fullmatch(compact(lines[below[0]])):
        orders += [[*order, below[0]] for order in ([index], *above)]
        orders += [[below[1], index, below[0]]] if len(below) > 1 and _is_body(lines[below[1]]) else []
    orders += _cover(index, near[here + 1 :], lines)
    dated = None
    for order in orders:
        text = "\n".join([lines[at].strip(_MARKDOWN) for at in order])
        title = read_title(text) if _MAY_STATE_YEAR.search(plain(text)) else None
        if title is None or title.stated_year is None or _of_menu([at for at in order if at < index], lines, title):
            continue
        if title.organization and not _disowned(title.organization, lines):
            return min(order), title
        if title.organization is None and dated is None:
            dated = min(order), title
    return dated if alone is None else None


def _cover(index: int, below: Sequence[int], lines: Sequence[str]) -> list[list[int]]:
    """The order of a cover's lines that prints the body and one report year, as 2022年度, below the title."""
    bodies = [at for at in below[:2] if _is_body(lines[at])]
    years = [at for at in below if _is_bare_year(compact(lines[at]))]
    if len(bodies) != 1 or len(years) != 1 or years[0] not in below[:2] or "度" not in lines[years[0]]:
        return []
    bracketed = _BRACKETED.fullmatch(compact(lines[years[0]]))
    return [[*bodies, index, *years] if bracketed else [*bodies, *years, index]]


def _is_sentence(line: str) -> bool:
    return SENTENCE.search(line) is not None


def _is_body(line: str) -> bool:
    name = compact(line)
    return is_organization_name(name) and not COMPILING_OFFICE.search(name)


def _of_menu(above: Sequence[int], lines: Sequence[str], title: Title) -> bool:
    """Whether a year or a body among the lines above is one of several there, or a year of which the text knows not."""
    if not above:
        return False
    parts = {compact(lines[at]) for at in above}
    around = {compact(line) for line in lines[max(0, above[0] - _LINES_ABOVE) : above[-1] + 1]}
    years, bodies = ({part for part in around if kind(part)} for kind in (_is_bare_year, is_organization_name))
    if (len(years) > 1 and years & parts) or (len(bodies) > 1 and title.organization and bodies & parts):
        return True
    return bool(years & parts) and _year_of_text(lines, above[-1]) not in (title.stated_year, None)


def _is_bare_year(text: str) -> bool:
    return _BARE_YEAR.fullmatch(text) is not None


@lru_cache(maxsize=2)
def _known_bodies(lines: tuple[str, ...]) -> list[str]:
    return [body for body in (stated_publisher(lines), organization_from_signature(lines)) if body]


def _disowned(name: str, lines: Sequence[str]) -> bool:
    other = any(not body.startswith(name) and not name.startswith(body) for body in _known_bodies(tuple(lines)))
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

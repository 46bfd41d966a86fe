"""Why tables of the form are no year's report: a part of a year, a notice with a sample, two years compared."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from gk_pipeline.quality.finding import Finding
from gk_pipeline.sections.detection import Located, Span
from gk_pipeline.sections.stream import Stream
from gk_pipeline.sections.title import PART_OF_YEAR, Title, compact, is_organization_name, read_title, undecorated
from gk_pipeline.sections.title_lines import first_heading, titles

_MEANINGS = {
    "学年": "covers a school year",
    "[上前]半年|[Hh]1": "covers the first half of {year}",
    "[下后]半年|[Hh]2": "covers the second half of {year}",
    "半年|中期|年中": "covers half of {year}",
    "季|[Qq][1-4]": "covers only quarters of {year}",
    "月": "covers only months of {year}",
    "比|照": "compares reports",
    r"\d{4}|[〇○零一二]{4}": "covers several years",
}
"""What the qualifier of a title says; any other one (模板, XX) is that of a sample."""
_SAMPLE = "is a sample to be filled in"

_PERIOD = rf"[(（]?(?P<year>[\d〇○零一二三四五六七八九]{{4}}年度?)(?P<part>{PART_OF_YEAR})止?[)）]?"
_CAPTION = re.compile(
    rf"(?:填报.*[:：].*?|.*?(?:统计|报告|报表|数据|所属)(?:时间|期限|时段|周期|区间|期间|期)[:：]?[自从为]?)?{_PERIOD}"
)
_OVER_TABLE = re.compile(
    rf"(?:.{{0,12}}[为是系:：、.．])?{_PERIOD}[^，。；]{{0,20}}?(?:数据|情况|统计|报?表|申请|信息)(?:如下)?[)）]?[:：]?"
)
_ONLY_PART = re.compile(rf"[(（]?(?P<year>)(?P<part>{PART_OF_YEAR})[)）]?")
_LINES_OVER_TABLE = 3
_UP_TO = re.compile(
    r"[(（]?(?:.{0,8}(?:数据|统计|报?表|时间|日期|期限))?[:：]?[均都]?(?:截[至止]|统计[至到])[:：]?"
    r"(?P<year>20\d\d年)(?P<part>(?:1[01]|0?[1-9])月(?:份|\d\d?日|底|末)?)止?[)）]?"
)
_DAY_IN_FIGURES = re.compile(r"(?<!\d)(20\d\d)([./-])(\d\d?)\2(\d\d?)(?!\d)")
_TO_THE_END = re.compile(r"(?:12|十二)月[^月]*$")

_NOTICE = re.compile(r"(?P<sender>.*?)(?:转发.*)?关于.*公开.*(?:年报|报告).*(?:通知|函|通告)(?:[(（][^()（）]+[)）])?")
_ADDRESSEES = re.compile(r"[^。]{0,30}各[^。]{1,80}[:：]")
_LINES_OF_NOTICE = 3

_YEAR_OVER_COLUMN = re.compile(r"(?<!\S)(20\d\d)(?:年度?)?(?!\S)")
_YEAR_BEFORE_ROW = re.compile(r"(?<!\S)(20\d\d)年度?(?!\S)")
_YEAR = re.compile(r"(?=(20\d\d))")
_SENTENCE = re.compile("[，。；]")


def not_annual(
    stream: Stream,
    sections: Mapping[str, Span],
    tables: Mapping[str, Located],
    title: Title | None,
    page_title: str | None,
) -> Finding | None:
    """Why a document with tables of the form is not one year's report; None where it is one.

    The period that the title names decides, else that of a caption above the tables, else what else is printed there.
    """
    lines = stream.lines
    end = before_tables(stream, tables)
    compared = (_of_table(stream, sections, located) for located in tables.values())
    reason = (
        _of_title(title)
        or _of_caption(lines[:end], title)
        or _of_notice(lines, page_title, end)
        or next((found for found in compared if found), None)
    )
    if reason is None:
        return None
    message, evidence = reason
    advice = "Replace it by the report of the one whole year; if there is none, take it out of the year folder."
    return Finding("error", "not_an_annual_report", f"{message}: this is not the report of a year.", advice, evidence)


def before_tables(stream: Stream, tables: Mapping[str, Located]) -> int:
    """The number of pieces that are printed, at least in part, before the first table."""
    first = min((located.extent[0] for located in tables.values()), default=len(stream.text))
    piece, char = stream.place(first)
    return piece + (char > 0)


def _of_title(title: Title | None) -> tuple[str, str] | None:
    if title is None or title.qualifier is None:
        return None
    meanings = (text for pattern, text in _MEANINGS.items() if re.search(pattern, title.qualifier))
    year = str(title.stated_year or "a year")
    return f"The title says it {next(meanings, _SAMPLE).format(year=year)} ({title.qualifier})", title.text


def _of_caption(lines: Sequence[str], title: Title | None) -> tuple[str, str] | None:
    """The part of a year that a line above the tables says they count: 统计时间：2022年1-6月.

    From some month to December may be all the year there was for a body that is new. What stands right over a table
    may say more in its line than the period; a day up to which figures count is one of the year that the title names.
    """
    upwards = (at for at in reversed(range(len(lines))) if lines[at].strip())
    over_table = list(islice(upwards, _LINES_OVER_TABLE))
    for at, line in enumerate(lines):
        near = at in over_table
        if len(line) > 80 or not (near or "年" in line or "20" in line) or _SENTENCE.search(line.strip(" 。；")):
            continue
        text = _DAY_IN_FIGURES.sub(r"\1年\3月\4日", compact(line)).rstrip("。；")
        found = _CAPTION.fullmatch(text)
        if near:
            found = found or _OVER_TABLE.fullmatch(text) or _ONLY_PART.fullmatch(text)
        if found is None and (found := _UP_TO.fullmatch(text)) and title and title.stated_year:
            found = found if found["year"] == f"{title.stated_year}年" else None
        if found and not _TO_THE_END.search(found["part"]):
            return f"The line above the tables says they cover only {found['year']}{found['part']}", line.strip()
    return None


def _of_notice(lines: Sequence[str], page_title: str | None, end: int) -> tuple[str, str] | None:
    """The notice or letter that asks for reports and brings a form along; a report's own cover letter is none.

    A notice speaks to all whom it asks; a title of body and year behind it begins a report that is attached.
    """
    page = read_title(page_title) if page_title else None
    if page and page.stated_year:
        return None
    top = first_heading(lines, end)
    speaks_to_all = any(
        _ADDRESSEES.fullmatch(compact(line)) for line in lines[:end] if "各" in line and len(line) < 150
    )
    printed = [(at, title) for at, title in titles(lines, end) if title.qualifier is None]
    for last, notice in _notices(lines[:top], page_title):
        if read_title(notice) and not (speaks_to_all and notice.endswith("函")):
            continue
        attached = any(at > last and title.organization and title.stated_year for at, title in printed)
        if not attached and (speaks_to_all or not printed):
            return "It is a notice that asks for reports, with a form or a sample", notice
    return None


def _notices(lines: Sequence[str], page_title: str | None) -> Iterator[tuple[int, str]]:
    """Each notice about reports that the page title or some lines name, with the last line of it."""
    numbered = [(-1, page_title or "")] + [(at, line) for at, line in enumerate(lines) if line.strip()]
    for place, (last, line) in enumerate(numbered):
        if not undecorated(line).rstrip(")）").endswith(("通知", "函", "通告")):
            continue
        for first in range(place, max(-1, place - _LINES_OF_NOTICE), -1):
            text = compact(undecorated("".join(part for _, part in numbered[first : place + 1])))
            found = _NOTICE.fullmatch(text)
            if found and (not found["sender"] or is_organization_name(found["sender"])):
                yield last, text
                break


def _of_table(stream: Stream, sections: Mapping[str, Span], located: Located) -> tuple[str, str] | None:
    """The years that a table prints side by side, over its columns or before its rows."""
    start, last = located.extent
    heading = max((span[0] for span in sections.values() if span[0] <= start), default=start)
    first_item = min((hit.start for anchor, hit in located.anchors if anchor.item is not None), default=start)
    if len(set(_YEAR.findall(stream.text, heading, last))) < 2:
        return None
    above = [line for line in stream.printed(heading, first_item).split("\n") if not _SENTENCE.search(line)]
    years = {year for line in above for year in _YEAR_OVER_COLUMN.findall(line)}
    years |= set(_YEAR_BEFORE_ROW.findall(stream.printed(start, last)))
    if len(years) < 2:
        return None
    named = " and ".join(sorted(years))
    return f"The table {located.table.label.text} prints {named} side by side", named

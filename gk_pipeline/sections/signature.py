"""Which body signed a report and when: its signature, the page's metadata, and what the text says of itself."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from gk_pipeline.sections.title import (
    CHINESE_DIGITS,
    COMPILING_OFFICE,
    LONGEST_LINE,
    SUBJECT,
    compact,
    is_organization_name,
    plain,
)

_PUBLISHER = re.compile(r"(?:发布|发文|公开|制发)\s*(?:机构|机关|单位)\s*(?:[:：]\s*(?P<value>\S+)|$)")
_ONES = {"": 0} | {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}
_YEAR = r"(?P<year>[\d〇○◯零Oo一二三四五六七八九]{4})\s*"
_DAY = r"[\d一二三四五六七八九十]{1,3}"
_SPELLED = rf"年\s*(?P<month>{_DAY})\s*月\s*(?P<day>{_DAY})\s*[日号]"
_DATE = re.compile(rf"{_YEAR}(?:{_SPELLED}|(?P<mark>[-/.])\s*(?P<month2>\d\d?)\s*(?P=mark)\s*(?P<day2>\d\d?)(?!\d))")
_DATE_CELL = re.compile(rf"\s*{_DATE.pattern}[\sT]*(?:\d\d?:\d\d\S*)?\s*")
_SIGNATURE = re.compile(rf"(?P<name>.*?)[(（]?{_YEAR}{_SPELLED}[)）]?")
_NOT_A_DAY = re.compile(r"\s*(?:至|到|起|[—–~～-]+\s*\d|星期|周[一二三四五六日])")
_DATE_LABELS = {
    label: rank
    for rank, labels in enumerate(
        (
            ("发布时间", "发布日期"),
            ("公开日期", "公开时间"),
            ("印发日期", "发文日期", "发文时间"),
            ("成文日期", "成文时间", "生成日期"),
            ("时间", "日期"),
        )
    )
    for label in labels
}
_DATE_LABEL = re.compile(
    r"(?P<label>(?:发\s*[布文]|公\s*开|印\s*发|成\s*文|生\s*成)\s*(?:时\s*间|日\s*期))[\]】]?[\s:：]*"
)
_BARE_DATE_LABEL = re.compile(r"(?:^|(?<=[\s(（\[【|]))(?P<label>时\s*间|日\s*期)[\]】]?\s*[:：]\s*")
_LINE_HEAD = 400
_LONGEST_SIGNATURE = 100

_PLACE_LEFT_OUT = re.compile(r"省|县|区|州|旗|市(?![中南北]区)")
_SUBJECT_OF_REPORT = re.compile(
    rf"现(?:将|就|向社会公布|公布)(.{{2,40}}?)(?:关于)?(?:20\d\d年|二[〇○零O]..年|{SUBJECT})[^。；]*?(?:如下|公布|报告)"
)
_COMPILER = re.compile(
    r"本(?:年度)?(?:工作)?(?:年?度?报告|年报)[^。]{0,160}?由([^，,。；由]{3,40}?)(?:负责)?(?:编制|编写|根据|依据|按照)"
)


def published_on(lines: Sequence[str], stated_year: int | None = None) -> date | None:
    """Find the day on which the report was published: a labelled date of the page, else the date of the signature.

    发布 goes before 公开, 印发, 成文 and a bare 时间：. Periods, impossible dates, dates before the report's year, and
    what the page says of its own making (采集时间, 打印时间, today's date) are passed over.
    """
    labelled = min(_labelled_dates(lines, stated_year or 0), default=None)
    if labelled:
        return labelled[2]
    signatures = [(day, name) for day, name in _signatures(lines) if day.year >= (stated_year or 0)]
    days = {day for day, name in signatures if name} or {day for day, _ in signatures}
    return days.pop() if len(days) == 1 else None


def organization_from_signature(lines: Sequence[str]) -> str | None:
    """Find the body of a report whose title names none: from its signature, its opening sentence or its metadata.

    None unless everything found agrees. The general office of a government compiles the government's report as well as
    its own, so its name proves neither; and 市教育局 without its city is no name.
    """
    found = [name or "" for _, name in _signatures(lines)]
    for line in lines:
        if "现" in line and "公开" in line:
            found += _SUBJECT_OF_REPORT.findall(compact(line))
        if "由" in line and "本" in line and "报" in line:
            found += _COMPILER.findall(compact(line))
    found.append(stated_publisher(lines) or "")
    names = {
        name
        for name in found
        if is_organization_name(name) and not COMPILING_OFFICE.search(name) and not _PLACE_LEFT_OUT.match(name)
    }
    fullest = max(names, key=len, default=None)
    return (
        fullest if fullest and all(fullest.endswith(name) or fullest == f"{name}人民政府" for name in names) else None
    )


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


def _labelled_dates(lines: Sequence[str], earliest_year: int) -> Iterator[tuple[int, int, date]]:
    """Yield dates that follow a label, with the rank of the label and the line."""
    for index, line in enumerate(lines):
        if "期" not in line and "间" not in line:
            continue
        head = line[:_LINE_HEAD]
        labels = [
            *_DATE_LABEL.finditer(head),
            *(_BARE_DATE_LABEL.finditer(head) if ":" in head or "：" in head else ()),
        ]
        for match in labels:
            rank = _DATE_LABELS.get("".join(match["label"].split()))
            if value := line[match.end() :]:
                day = _leading_day(value)
            else:
                below = next((text for text in lines[index + 1 : index + 4] if text.strip()), "")
                day = _leading_day(below) if _DATE_CELL.fullmatch(plain(below)) else None
            if rank is not None and day and day.year >= earliest_year:
                yield rank, index, day


def _leading_day(value: str) -> date | None:
    """Read the date at the start of a value, unless it opens a period or is today's (with the day of the week)."""
    text = plain(value[:60]).lstrip()
    match = _DATE.match(text)
    return None if match is None or _NOT_A_DAY.match(text, match.end()) else _day(match)


def _signatures(lines: Sequence[str]) -> Iterator[tuple[date, str | None]]:
    """Yield the dates that stand alone in the second half of the document, with the body named before them."""
    printed = [line for line in lines if line.strip()]
    for index in range(len(printed) // 2, len(printed)):
        line = printed[index]
        if "年" not in line or len(line) > _LONGEST_SIGNATURE or line.rstrip()[-1] not in "日号⽇)）":
            continue
        match = _SIGNATURE.fullmatch(compact(line))
        day = _day(match) if match else None
        if match is None or day is None:
            continue
        name = match["name"] or (compact(printed[index - 1][:_LONGEST_SIGNATURE]) if index else "")
        if is_organization_name(name):
            yield day, name
        elif not match["name"]:
            yield day, None


def _day(match: re.Match[str]) -> date | None:
    """Read a matched date; None for a day that no calendar has."""
    parts = match.groupdict()
    month, day = parts["month"] or parts["month2"], parts["day"] or parts["day2"]
    try:
        return date(int(parts["year"].translate(CHINESE_DIGITS)), _count(month), _count(day))
    except ValueError:
        return None


def _count(text: str) -> int:
    """Read 9, 09, 九, 十九 or 二十九; 0 for anything else."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return 10 * _ONES.get(tens or "一", 0) * bool(ten) + _ONES.get(ones, -99)

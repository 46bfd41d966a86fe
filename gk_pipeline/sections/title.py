"""Whose report, and of which year: what the printed title of a yearly disclosure report says, and nothing guessed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD), "")
_PLAIN = _INVISIBLE | {
    code: unicodedata.normalize("NFKC", chr(code))
    for codes in (range(0x2F00, 0x2FD6), range(0xF900, 0xFA6E), range(0xFF10, 0xFF5B))  # radicals, doubles, full width
    for code in codes
    if chr(code).isalnum() or code < 0x3000
}
_CHINESE_DIGITS = str.maketrans("〇○◯零Oo一二三四五六七八九", "000000123456789")

_LONGEST_LINE = 120
_EDGES = " #*>•·●■◆◇★☆▲△▪=_-—\"'“”‘’《》〈〉「」『』【】[]"
_LAST = frozenset("报告)）年度0123456789")
_SENTENCE = re.compile(r"[。；，;,!?！？]")
_LABEL = re.compile(r"^(?:信息|文件|公文)?\s*(?:标\s*题|名\s*称|题\s*名)\s*[:：]\s*")
_SITE_NAME = re.compile(r"(?<=[报告)）])\s*[-_|－＿｜—–]+(?!.*(?:通知|解读|图解|模板))\D{0,80}$")

_YEAR = r"(?:[\d〇○◯零Oo一二三四五六七八九]+年度?|20\d\d(?!\d))"
SUBJECT = r"(?:(?:(?<!人民)政府|政务)?信息公开|政务公开)"
_TITLE = re.compile(
    rf"(?:关于)?(?P<first>{_YEAR})?(?:关于)?(?P<organization>.*?)(?:关于)?"
    rf"(?P<rest>(?:{_YEAR})?的?(?:年度)?(?P<subject>{SUBJECT})(?:[和与暨及、]{SUBJECT})?"
    rf"(?:年度|工作|情况|总结|的|{_YEAR})*(?:年报|报告)(?:[(（]?{_YEAR}[)）]?)?)"
)
_YEARS = re.compile(_YEAR)
_YEAR_LINE = re.compile(rf"[(（]{_YEAR}[)）]")
_YEAR_BETWEEN_NAMES = re.compile(rf"(.+?)({_YEAR})(.+)")

_NAME_CHARACTERS = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff〇·A-WYZa-wyz0-9()（）]{2,50}")
_NAME_ENDING = re.compile(
    r"(?:[省市区县州盟旗镇乡村局委厅办府会院署处所站队馆社室部园团场台城师段联协校厂]"
    r"|街道|中心|公司|银行|[支分]行|大学|[中小]学|小组|海关|本级|苏木|公署)(?:[(（][^()（）]+[)）])?$"
)
_NOT_IN_A_NAME = re.compile(
    r"我|您|某|的|是|在|已|按[时照]|现将|关于|根据(?!地)|截至|通过|及时|首页|位置|年度|年报|\d年|半年|季度"
    r"|发布(?!中心)|公布|公告|公示|填报|报送|上报|提交|印发|转发|通知|编制(?!委)|撰写|起草|做好|开展|完成|^推进|汇总|收到"
    r"|查看|下载|点击|阅读|浏览|详见|参[见阅]|图解|解读|附件|各[省市县区乡镇级地部单]"
    r"|(?<![资基])本[省市县区乡镇局委厅办院单部机街报年]|信息公开(?![办领工科中局处])"
)
_NAMELESS = re.compile(r"全?[省市县区州盟旗镇乡]?(?:本级)?(?:人民)?(?:政府)?(?:办公[室厅]|办)?|街道(?:办事处)?")
_FIRST_HEADING = re.compile(r"[\s#*]*(?:一\s*[、.．]|第一部分|总体情况\s*$)")
_ANY_HEADING = re.compile(r"[\s#*]*(?:[一二三四五六七]\s*[、.．]|总体情况\s*$)")
_PUBLISHER = re.compile(r"(?:发布|发文|公开|制发)\s*(?:机构|机关|单位)\s*(?:[:：]\s*(?P<value>\S+)|$)")
_OPENING = re.compile(r".{6,100}?(?:报告|年报)(?=\s|一、)")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed (white space squeezed), with the organization and the year that stand in it.

    `organization` has no white space, and half-width digits and letters. `stated_year` is None where no year is
    printed, where it is broken (202020年), or where what is printed contradicts itself.
    """

    text: str
    organization: str | None
    stated_year: int | None


def read_title(line: str) -> Title | None:
    """Read a line that is itself the title of a yearly disclosure report; None for any other line.

    A name must end the way names of bodies end, and hold no word of a sentence; a line that names neither a body nor a
    year (a menu's 政府信息公开年报) is no title. Where the year stands between two names, the body is left open.
    """
    if "报" not in line or "公" not in line or "年" not in line or len(line) > 4 * _LONGEST_LINE:
        return None
    if _SENTENCE.search(line):
        return None
    text = _undecorated(line)
    if len(text) > _LONGEST_LINE or text[-1:] not in _LAST:
        return None
    match = _TITLE.fullmatch(compact(text))
    if match is None:
        return None
    name, rest, first = match["organization"], match["rest"], match["first"] or ""
    if between := _YEAR_BETWEEN_NAMES.fullmatch(name):
        if not (is_organization_name(between[1]) and is_organization_name(between[3])):
            return None
        name, first = "", first + between[2]
    organization = name if is_organization_name(name) else None
    if organization is None and not _NAMELESS.fullmatch(name):
        return None
    if match["subject"] == "信息公开" and name.endswith(("大学", "学院", "学校", "中学", "小学")):
        return None
    years = _YEARS.findall(first) + _YEARS.findall(rest)
    if not years and (organization is None or not ("年度" in rest or "年报" in rest)):
        return None
    return Title(text, organization, _agreed_year(years))


def plain(text: str) -> str:
    """Make digits and letters half-width, and the radicals that PDF fonts put for characters plain characters."""
    return text.translate(_PLAIN)


def compact(text: str) -> str:
    """Make a text plain and take out all white space."""
    return "".join(plain(text).split())


def is_organization_name(name: str) -> bool:
    """Tell whether a text without white space is the name of one body: 沭阳县发展和改革局, but not 市政府 or 我局."""
    return (
        _NAME_CHARACTERS.fullmatch(name) is not None
        and not name[0].isdigit()
        and _NOT_IN_A_NAME.search(name) is None
        and _NAMELESS.fullmatch(name) is None
        and _NAME_ENDING.search(name) is not None
    )


def choose_title(lines: Sequence[str], page_title: str | None) -> Title | None:
    """Choose the document's title among the lines before its first section, and the title of the page.

    Titles of the year that the page title states come first, then those that name both a body and a year, then those of
    the body that the page title names, then the earliest. A printed title and a page title that state different years
    leave the year None: one of them is wrong, and nothing here tells which.
    """
    page = read_title(page_title) if page_title else None
    printed = [title for _, title in _titles(lines, _first_heading(lines))]
    candidates = [*printed, page] if page else printed
    if not candidates:
        return None
    stated = {title.stated_year for title in printed} - {None}
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

    A further report has a title with another body or year, and its sections start again at 一 before the next such
    title; so lists of links to other reports, repeated titles and running heads split nothing.
    """
    titles = list(_titles(lines, len(lines)))
    starts: list[tuple[int, Title]] = []
    for position, (index, title) in enumerate(titles):
        if starts and not _differ(starts[-1][1], title):
            continue
        following = (start for start, later in titles[position + 1 :] if _differ(title, later))
        if _sections_start(lines[index : next(following, len(lines))]):
            starts.append((index, title))
    return [index for index, _ in starts[1:]]


def stated_publisher(lines: Sequence[str]) -> str | None:
    """Read the body that the page's metadata call its publisher (发布机构：X, also with X on the next line)."""
    for index, line in enumerate(lines):
        if ("机" not in line and "单" not in line) or len(line) > _LONGEST_LINE:
            continue
        if match := _PUBLISHER.search(line):
            value = match["value"] or next((text for text in lines[index + 1 : index + 4] if text.strip()), "")
            name = compact(value)
            if is_organization_name(name):
                return name
    return None


def _undecorated(line: str) -> str:
    """Squeeze white space and take off markdown, quotes, a leading label and a trailing site name."""
    text = " ".join(line.translate(_INVISIBLE).split()).strip(_EDGES)
    return _SITE_NAME.sub("", _LABEL.sub("", text)).strip(_EDGES)


def _agreed_year(years: list[str]) -> int | None:
    """Read the one year that all printed years agree on; None for a broken one."""
    digits = {year.rstrip("年度").translate(_CHINESE_DIGITS) for year in years}
    only = digits.pop() if len(digits) == 1 else ""
    return int(only) if len(only) == 4 and only.startswith("20") else None


def _titles(lines: Sequence[str], end: int) -> Iterator[tuple[int, Title]]:
    """Yield every title before line `end` with the line where it begins, also one broken over two or three lines."""
    for index in range(end):
        line = lines[index]
        if "报" not in line:
            continue
        if len(line) > _LONGEST_LINE and (opening := _OPENING.match(line.lstrip())):
            line = opening[0]
        title = read_title(line)
        if title is not None and _completeness(title) == 2:
            yield index, title
        elif line.rstrip(_EDGES)[-1:] in _LAST and len(line) <= _LONGEST_LINE and (joined := _joined(lines, index)):
            yield joined
        elif title is not None:
            yield index, title


def _joined(lines: Sequence[str], index: int) -> tuple[int, Title] | None:
    """Read a title together with a bracketed year below it or up to two lines above it, if that names body and year.

    A body that stands above the title is the site's, not the report's, if the page states another publisher or the text
    of a government's report says 我局; then nothing is joined.
    """
    near = [at for at in range(max(0, index - 6), min(index + 4, len(lines))) if lines[at].strip()]
    here = near.index(index)
    spans = [(start, index) for start in reversed(near[max(0, here - 2) : here])]
    spans += [(index, at) for at in near[here + 1 : here + 2] if _YEAR_LINE.fullmatch(compact(lines[at]))]
    for start, end in spans:
        title = read_title("\n".join(lines[start : end + 1]))
        if title and title.organization and title.stated_year and not _disowned(title.organization, lines):
            return start, title
    return None


def _disowned(name: str, lines: Sequence[str]) -> bool:
    publisher = stated_publisher(lines) or name
    other = not publisher.startswith(name) and not name.startswith(publisher)
    return other or (name.endswith(("政府", "市", "县", "区")) and any("我局" in line for line in lines))


def _completeness(title: Title) -> int:
    return (title.organization is not None) + (title.stated_year is not None)


def _differ(one: Title, other: Title) -> bool:
    organizations = {one.organization, other.organization} - {None}
    years = {one.stated_year, other.stated_year} - {None}
    return len(organizations) > 1 or len(years) > 1


def _first_heading(lines: Sequence[str]) -> int:
    """Find the line of the first section heading; the number of lines if there is none."""
    for index, line in enumerate(lines):
        if len(line) < 40 and ("一" in line or "总体" in line) and _FIRST_HEADING.match(line):
            return index
    return len(lines)


def _sections_start(lines: Sequence[str]) -> bool:
    """Tell whether the first section heading among the lines is that of section 一."""
    heading = next((line for line in lines if len(line) < 40 and _ANY_HEADING.match(line)), None)
    return heading is not None and _FIRST_HEADING.match(heading) is not None

"""Whose report, and of which year: what the printed title of a yearly disclosure report says, and nothing guessed."""

import re
import unicodedata
from dataclasses import dataclass, replace

from gk_pipeline.sections.stream import without_pinyin

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_PLAIN = dict.fromkeys(_INVISIBLE, "") | {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for codes in (range(0x2F00, 0x2FD6), range(0xF900, 0xFA6E), range(0xFF10, 0xFF5B))  # radicals, doubles, full width
    for code in codes
    if chr(code).isalnum() or code < 0x3000
}
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")
CHINESE_DIGITS = str.maketrans("〇○◯零Oo一二三四五六七八九", "000000123456789")
"""The digits of 二〇二二年, with what is typed for its zero."""

LONGEST_LINE = 120
EDGES = " #*>•·●■◆◇★☆▲△▪=_-—\"'“”‘’《》〈〉「」『』【】[]"
LAST = frozenset("报告)）年度0123456789表书结况据计账比照较析板式本例知函示文划排算点路報xcflsdXCFLSD")
"""Characters with which a title ends."""
_TRADITIONAL = str.maketrans("開報務總結關於況與統計", "开报务总结关于况与统计")
_IN_TRADITIONAL = re.compile("公開|報告|年報")
_EDITION_WORD = "修[订正改]|更[正新]|公[开布示]|发布|上网|网[络站]|电子|文字|正式|最终|[终定]|审定"
_EDITION = re.compile(
    rf"(?:[(（【\[](?:(?:{_EDITION_WORD})[版稿本]|[附含].{{0,8}}(?:[表件图]|图解)|全文)[)）】\]]"
    r"|全文|\.(?:docx?|pdf|ofd|wps|html?|txt|xlsx?))+$",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"[及和与暨](?:(?:20)?\d\d年度?|下一?年度?|下一?步|来年|明年|今后)?的?(?:工作)?(?:计划|打算|安排|要点|思路)$"
)
_NAME_SET_OFF = re.compile(r"[(（【\[〔“]?([^()（）【】\[\]〔〕“”《》:：]{2,50})[)）】\]〕”]?[:：]?[“《]?(?=20\d\d年)")
_NAME_BEHIND = re.compile(r"((?:20\d\d年度?)?政府信息公开.*报告)[(（]([^()（）]{2,50})[)）]")
_MARK = re.compile(r"^[【\[]?(?:\D{0,3}年报|年度报告|全文|公开|公告|公示|报告)[】\]]\s*")
SENTENCE = re.compile(r"[。；，;,!?！？]")
_LABEL = re.compile(r"^(?:(?:信息|文件|公文)?\s*(?:标\s*题|名\s*称|题\s*名)|附\s*件\s*\d*)\s*[:：]\s*")
_SITE_NAME = re.compile(r"(?<=[报告)）表结况知函])\s*[-_|－＿｜—–]+(?!.*(?:通知|解读|图解|模板))\D{0,80}$")

_DIGIT = r"[\d〇○◯零Oo一二三四五六七八九]"
_YEAR = rf"(?:{_DIGIT}+年度?|20\d\d(?!\d))"
_TO = r"[-－–—―~～至到]+"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_WHOLE_YEAR = re.compile(
    rf"(?:(?:0?1|一)月?(?:份|0?1日)?{_TO}(?:20\d\d年)?|截[至止](?:{_DIGIT}{{4}}年)?)(?:12|十二)月(?:份|31日|底|末)?"
)
PART_OF_YEAR = (
    r"[上下前后]半年度?|半年度?|(?:第?[一二三四1-4](?:[、和至-]第?[一二三四1-4])*|前[两二三23]个?)季(?:度|(?=报))"
    rf"|{_MONTH}月?(?:份|\d\d?日)?{_TO}(?:20\d\d年)?{_MONTH}月(?:份|\d\d?日|底|末)?"
    r"|[Hh][12](?![\dA-Za-z])|[Qq][1-4](?![\dA-Za-z])|年中(?=工作|总结|报告|情况|统计)|中期(?=工作|总结|报告|情况|统计)"
)
_QUALIFIER = re.compile(
    rf"截[至止](?:{_DIGIT}{{4}}年)?{_MONTH}月(?:份|底|末|\d\d?日)?"
    rf"|{PART_OF_YEAR}|(?<=年){_MONTH}月份?(?![\d)）日]|$)"
    rf"|(?:{_DIGIT}{{4}}年?{_TO}(?:{_DIGIT}{{2}}){{1,2}})?学年度?"
    rf"|{_DIGIT}{{4}}年?度?(?:{_TO}|[、和与及]){_DIGIT}{{4}}(?:年度?)?"
    r"|(?:[两历]年|近[二三两]年)?(?:数据|情况)?(?:对比|对照|比较|比对)(?:分析)?(?:情况)?(?:一览)?表?"
    r"|参考文本|模板|样[表式本]|范[本例]|示例|格式|[Xx×]{2,}|某某?"
)
_PUBLISHED = re.compile(rf"[(（]{_YEAR}(?:{_MONTH}月(?:[\d一二三十]+日)?)?(?:(?<=[月日])|发布|公布|印发|公开)[)）]$")

SUBJECT = r"(?:(?:(?<!人民)政府|政务)?信息(?:主动)?公开|政务公开)"
_JOINT = r"(?:(?:法治政府建设|依法行政|依法治[国省市县区]|政务服务|电子政务)(?:工作)?(?:情况)?[和与暨及、])?"


def _title(subject: str, words: str, ending: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:关于)?(?P<first>{_YEAR})?(?:关于)?(?P<organization>.*?)(?:关于)?"
        rf"(?P<rest>(?:{_YEAR})?的?(?:年度)?{_JOINT}(?P<subject>{subject})(?:[和与暨及、]{subject})?"
        rf"(?:{words}|{_YEAR})*(?:{ending})(?:(?:{_TO})?[(（]?{_YEAR}[)）]?)?)"
    )


_TITLE = _title(SUBJECT, "年度|工作|情况|总结|的", "年报|报告[表书]?|总结")
_OTHER_TITLE = _title(
    rf"(?:{SUBJECT}|(?:政府信息)?依申请公开)",
    "年度|工作|情况|总结|的|数据|统计|申请|受理|办理|处理|答复|开展|推进|落实|自查|分析",
    "年报|报告|汇报|[月季]报|报表|[报表]|总结|小结|统计|数据|情况|台账|一览表|汇总表",
)
_COVER = re.compile(
    r"(?P<sender>.*?)关于(?:(?:印发|发布|公布|公开|公示|报送|上报|呈报|呈送|提交)"
    r"(?P<title>.+)的(?:通知|函|公告|公示|通告|报告|请示)|(?P<shown>.+)的公[告示])"
)
_ASKS_FOR_REPORTS = re.compile(r"关于(?:报送|上报|呈报|呈送|提交).*通知")
_YEARS = re.compile(_YEAR)
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
COMPILING_OFFICE = re.compile(r"(?:政府|政务公开|党政|党委)(?:办公室|办公厅|办)$")
"""Offices that compile a government's report as well as their own, so that their name proves neither."""


_WRAPPED = re.compile(r"(?<=[\u2e80-\u9fff])[ \t]*\n[ \t]*(?=[\u2e80-\u9fff])")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed (white space squeezed), with the organization and the year that stand in it.

    `organization` has no white space, and half-width digits and letters. `stated_year` is None where no year is
    printed, where it is broken (202020年), or where what is printed contradicts itself. `qualifier` is the printed word
    that makes it the title of something else than one year's report: 上半年, 1-6月, 2019-2020年, 对比表, 模板.
    """

    text: str
    organization: str | None
    stated_year: int | None
    qualifier: str | None = None


def read_title(line: str) -> Title | None:
    """Read a line that is itself the title of a disclosure report, or names one to be sent on; None for any other line.

    A name must end the way names of bodies end, and hold no word of a sentence; a line that names neither a body nor a
    year (a menu's 政府信息公开年报) is no title. Where the year stands between two names, the body is left open, and so
    it is in traditional characters, in which a name is spelled unlike the body's own.
    """
    if "公" not in line or len(line) > 4 * LONGEST_LINE or SENTENCE.search(line):
        return None
    text = undecorated(line)
    if len(text) > LONGEST_LINE or text[-1:] not in LAST:
        return None
    printed = compact(_MARK.sub("", text))
    squeezed = _PLAN.sub("", _EDITION.sub("", printed.translate(_TRADITIONAL)))
    squeezed = _with_name(squeezed)
    title = _read_cover(squeezed) or _read_qualified(text, squeezed)
    return replace(title, organization=None) if title and _IN_TRADITIONAL.search(printed) else title


def _with_name(text: str) -> str:
    """The title with a name that is set off from it, in brackets or by a colon, right before it."""
    if (behind := _NAME_BEHIND.fullmatch(text)) and is_organization_name(behind[2]):
        return behind[2] + behind[1]
    before = _NAME_SET_OFF.match(text)
    return before[1] + text[before.end() :] if before and is_organization_name(before[1]) else text


def _read_cover(text: str) -> Title | None:
    """Read the title of a report in that of the letter or notice it comes with: 关于印发《X局2022年…报告》的通知."""
    cover = _COVER.fullmatch(text)
    title = read_title(cover["title"] or cover["shown"]) if cover and not _ASKS_FOR_REPORTS.search(text) else None
    if cover is None or title is None or title.organization:
        return title
    sender = cover["sender"]
    known = is_organization_name(sender) and not COMPILING_OFFICE.search(sender)
    return replace(title, organization=sender if known else None)


def _read_qualified(text: str, squeezed: str) -> Title | None:
    """Read the title that is left when dates of publication and what qualifies it are taken out."""
    bare = _PUBLISHED.sub("", _WHOLE_YEAR.sub("", squeezed))
    qualifier = "".join(_QUALIFIER.findall(bare)) or None
    bare = (_QUALIFIER.sub("", bare) if qualifier else bare).replace("()", "").replace("（）", "")
    match = (_OTHER_TITLE if qualifier else _TITLE).fullmatch(bare)
    if match is None:
        return None
    name, rest, first = match["organization"], match["rest"], match["first"] or ""
    if between := _YEAR_BETWEEN_NAMES.fullmatch(name):
        if not (is_organization_name(between[1]) and is_organization_name(between[3])):
            return None
        name, first = "", first + between[2]
    organization = name if is_organization_name(name) else None
    left_of_sample = qualifier and _NAME_ENDING.fullmatch(name)  # 局 of XX局
    if organization is None and not _NAMELESS.fullmatch(name) and not left_of_sample:
        return None
    if not qualifier and match["subject"] == "信息公开" and name.endswith(("大学", "学院", "学校", "中学", "小学")):
        return None
    years = _YEARS.findall(first) + _YEARS.findall(rest)
    if not (years or qualifier or (organization and ("年度" in rest or "年报" in rest))):
        return None
    return Title(text, organization, _agreed_year(years), qualifier)


def plain(text: str) -> str:
    """Make digits and letters half-width, and the radicals that PDF fonts put for characters plain characters."""
    return _NOT_PLAIN.sub(lambda char: _PLAIN[char[0]], text)


def compact(text: str) -> str:
    """Make a text plain and take out all white space, and the reading of a rare character."""
    return "".join(plain(without_pinyin(text)).split())


def is_organization_name(name: str) -> bool:
    """Tell whether a text without white space is the name of one body: 沭阳县发展和改革局, but not 市政府 or 我局."""
    return (
        _NAME_CHARACTERS.fullmatch(name) is not None
        and not name[0].isdigit()
        and _NOT_IN_A_NAME.search(name) is None
        and _NAMELESS.fullmatch(name) is None
        and _NAME_ENDING.search(name) is not None
    )


def undecorated(line: str) -> str:
    """Squeeze white space and take off markdown, quotes, a leading label and a trailing site name.

    Where a line ends between two Chinese characters nothing stands.
    """
    text = " ".join(_WRAPPED.sub("", _UNSEEN.sub("", line)).split()).strip(EDGES)
    return _SITE_NAME.sub("", _LABEL.sub("", text)).strip(EDGES)


def _agreed_year(years: list[str]) -> int | None:
    """Read the one year that all printed years agree on; None for a broken one."""
    digits = {year.rstrip("年度").translate(CHINESE_DIGITS) for year in years}
    only = digits.pop() if len(digits) == 1 else ""
    return int(only) if len(only) == 4 and only.startswith("20") else None

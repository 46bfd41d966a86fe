"""Which body a report belongs to, how high it stands, when it published, and whose figures its tables count."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from gk_pipeline.sections.title import COMPILING_OFFICE, SUBJECT, compact, is_organization_name, plain
from gk_pipeline.sections.title_lines import stated_publisher

LEVELS = ("province", "city", "county", "township", "department", "unknown")

_PROVINCE = re.compile(
    r"(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海)省"
    r"|(?:北京|天津|上海|重庆)市|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区"
)
_GOVERNMENT = re.compile(r"(?:人民政府|政府|本级)+$")
_ZONE = re.compile(r"(?:开发|开放|园|高新|经开|新|示范|试验|保税|度假|风景名胜|景|保护|合作|功能|产业|社|库|灌)区$")
_ZONE_BOARD = re.compile(r"[区园城]管(?:理委员会|委会|委)$")
_TOWNSHIP = re.compile(r".(?:镇|乡|街道|苏木|街道办事处|街道办)$")
_CITY = re.compile(r".(?:市|自治州|州|盟|地区|盟行政公署|地区行政公署)$")
_COUNTY = re.compile(r".(?:县|旗|区)$")
_DEPARTMENT = re.compile(r".(?:局|委|厅|办|办公室|委员会|部|中心|(?<!办事)处|署|站|所|队|馆|社|协会|联合会)$")

_CHINESE_DIGITS = str.maketrans("〇○◯零Oo一二三四五六七八九", "000000123456789")
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

_CLAUSE = r"[^。；;，,\n]"
_RECEIVED = r"(?:收到|新收|受理|接收|办理|处理|答复)"
_APPLICATIONS = rf"(?:{_CLAUSE}{{0,20}}?公开{_CLAUSE}{{0,4}}?申请|{_CLAUSE}{{0,12}}?依申请)"
_COUNTED = (
    rf"{_RECEIVED}(?:(?:{_APPLICATIONS}|申请(?=\d|共|公开|信息)){_CLAUSE}{{0,20}}?\d"
    rf"|{_CLAUSE}{{0,8}}?\d+[件宗份条次起个](?:{_APPLICATIONS}|申请))"
)
_ITSELF = rf"(?:(?![所下]属|各){_CLAUSE}){{0,40}}?(?:{_COUNTED}|(?:未|没有){_RECEIVED}(?:{_APPLICATIONS}|申请公开))"
_WHOLE = r"(?:全[省市县区州盟旗](?!场)|各级(?:行政)?(?:机关|政府)|汇总各)"
_FIGURES_ARE = (
    rf"(?:报告|年报|所列|统计){_CLAUSE}{{0,8}}数据[均都仅只]?(?:为|是|系|含|包括|包含|涵盖){_CLAUSE}{{0,12}}?"
)
_CONSOLIDATED = re.compile(rf"(?<![对照据向为安健完齐]){_WHOLE}{_CLAUSE}{{0,40}}?{_COUNTED}|{_FIGURES_ARE}{_WHOLE}")
_OWN_VOICE = {
    "any": re.compile(
        rf"(?:[本我](?:机关|部门|单位)|本级){_ITSELF}"
        rf"|{_FIGURES_ARE}本(?:级|机关|部门|单位)(?![及和与、以])"
    ),
    "department": re.compile(rf"[本我][局委厅办院处站队所馆社会]{_ITSELF}"),
    "township": re.compile(rf"[本我](?:[镇乡]|街道|办事处){_ITSELF}"),
}
_OFFICE = re.compile(r"[省市县区州盟旗](?:人民)?政府办公[室厅]")


def normalized_name(organization: str) -> str:
    """Write a name the one way that every spelling of it shares: NFKC, then letters and digits only.

    White space, brackets, dots and all other punctuation fall away; what stands in brackets stays. This is the input of
    `organization_id`: changing it changes every id.
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", organization)))


def organization_id(organization: str) -> str:
    """Derive the provisional id of a body from its name alone: 'org-' and 12 hex digits of the sha256 of the name.

    Two bodies of one name (城关镇人民政府, 市教育局) share it, and a body that was renamed has two.
    """
    return f"org-{hashlib.sha256(normalized_name(organization).encode()).hexdigest()[:12]}"


def level(organization: str) -> str:
    """Judge the level of a body, one of LEVELS, from its name alone.

    A name in 市 is 'city': county-level cities cannot be told from the others. The office of a government
    (人民政府办公室) is a department, a street office (街道办事处) a township; the board of a zone (开发区管理委员会) is
    'unknown', and so is a 办事处 of which the name does not say that it is a street's.
    """
    name = normalized_name(organization)
    place = _GOVERNMENT.sub("", name)
    if _PROVINCE.fullmatch(place):
        return "province"
    if _TOWNSHIP.search(place):
        return "township"
    if _ZONE_BOARD.search(place) or (place == name and _ZONE.search(place)):
        return "unknown"
    if _CITY.search(place):
        return "city"
    if _COUNTY.search(place) and not place.endswith("自治区"):
        return "county"
    return "department" if _DEPARTMENT.search(name) else "unknown"


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


def scope(text: str, organization: str | None) -> str:
    """Tell whose figures a report counts: 'own', 'consolidated' or 'unknown'.

    Only a clause that counts applications, or says what the figures are, is evidence: 全市共收到申请276件,
    我局未收到申请. 我市 and a government's own name are none: they may mean the government or all its departments.
    """
    telling = (line for line in text.splitlines() if "申" in line or "数" in line)
    prose = "\n".join("".join(line.split()) for line in telling)
    rank = level(organization) if organization else "unknown"
    if organization and rank == "department":
        prose = prose.replace(compact(organization), "本机关")
        if COMPILING_OFFICE.search(organization):
            prose = _OFFICE.sub("本机关", prose)
    heard = {voice for voice, pattern in _OWN_VOICE.items() if pattern.search(prose)}
    if any("不" not in match[0] for match in _CONSOLIDATED.finditer(prose)):
        return "unknown" if heard else "consolidated"
    return "own" if heard & {"any", rank} else "unknown"


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
        return date(int(parts["year"].translate(_CHINESE_DIGITS)), _count(month), _count(day))
    except ValueError:
        return None


def _count(text: str) -> int:
    """Read 9, 09, 九, 十九 or 二十九; 0 for anything else."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return 10 * _ONES.get(tens or "一", 0) * bool(ten) + _ONES.get(ones, -99)

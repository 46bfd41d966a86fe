"""How the body of a report is known and how high it stands, and whose figures its tables count."""

import hashlib
import re
import unicodedata

from gk_pipeline.sections.title import COMPILING_OFFICE, compact

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

"""How bodies spell labels and numbers, and what they print around and between them."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from .changes import Change, after_heading, around, before_heading, each_grid, each_row
from .paper import Box, Grid, Page, Style, item_of, plain
from .writers import flat

Spell = Callable[[Random], Style]

FULL_WIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")


def _torn(random: Random) -> Callable[[str], str]:
    def tear(text: str) -> str:
        at = random.randrange(1, max(2, len(text)))
        return text[:at] + "\n" + text[at:] if random.random() < 0.7 else text

    return tear


def _spaced(random: Random) -> Callable[[str], str]:
    return lambda text: "".join(letter + random.choice(("", "", " ", "　", "\xa0")) for letter in text)


def thousands(value: Decimal, kind: str) -> str:
    return f"{value:,f}"


def signed(value: Decimal, kind: str) -> str:
    return f"{value:+}" if kind == "change" and value else plain(value, kind)


def full_width(value: Decimal, kind: str) -> str:
    return signed(value, kind).translate(FULL_WIDTH)


def _change_words(more: str, less: str, unit: str = "") -> Callable[[Decimal, str], str]:
    def spell(value: Decimal, kind: str) -> str:
        if kind != "change" or not value:
            return plain(value, kind)
        return (more if value > 0 else less) + str(abs(value)) + unit

    return spell


def _decimals(value: Decimal, kind: str) -> str:
    return f"{value:.4f}" if kind == "amount" else f"{value}"


def _floats(value: Decimal, kind: str) -> str:
    return f"{value:.6f}" if kind == "amount" else f"{value}.0"


STYLES: dict[str, Spell] = {
    "half-width brackets": lambda random: Style(bracket=lambda n: f"({n})", point=lambda n: f"{n}. "),
    "compatibility numbers": lambda random: Style(
        bracket=lambda n: chr(0x3220 + "一二三四五六七八九".index(n)), point=lambda n: chr(0x2487 + int(n))
    ),
    "circled numbers": lambda random: Style(point=lambda n: chr(0x245F + int(n))),
    "pauses after numbers": lambda random: Style(point=lambda n: f"{n}、", bracket=lambda n: f"{n}、"),
    "full-width points": lambda random: Style(point=lambda n: f"{n}．", item_mark=lambda n: f"{n}．"),
    "full-width numbers in labels": lambda random: Style(point=lambda n: f"{n}．".translate(FULL_WIDTH)),
    "labels without numbers": lambda random: Style(numbers_stand=False),
    "numbering restarted": lambda random: Style(item_mark=lambda n: "1、", bracket=lambda n: "（1）"),
    "straight quotes": lambda random: Style(quotes=('"', '"')),
    "no quotes": lambda random: Style(quotes=("", "")),
    "corner quotes": lambda random: Style(quotes=("「", "」")),
    "labels torn over lines": lambda random: Style(label=_torn(random)),
    "labels spaced": lambda random: Style(label=_spaced(random), head=_spaced(random), clause=_spaced(random)),
    "heads and groups in vertical letters": lambda random: Style(head="\n".join, group="\n".join),
    "clause with its law": lambda random: Style(clause=lambda text: "《政府信息公开条例》" + text),
    "clause in digits": lambda random: Style(clause=lambda text: text.replace("第二十条", "第20条")),
    "thousands separators": lambda random: Style(number=thousands),
    "signed changes": lambda random: Style(number=signed),
    "full-width digits": lambda random: Style(number=full_width),
    "changes in words": lambda random: Style(number=_change_words("增", "减")),
    "changes in long words": lambda random: Style(number=_change_words("增加", "减少", "项")),
    "changes with a spaced sign": lambda random: Style(number=_change_words("+ ", "- ")),
    "minus sign": lambda random: Style(number=_change_words("", "−")),
    "fixed decimals": lambda random: Style(number=_decimals),
    "numbers as floats": lambda random: Style(number=_floats),
    "no-break spaces": lambda random: Style(number=lambda value, kind: f"\xa0{plain(value, kind)}\xa0"),
    "zero-width characters": lambda random: Style(
        number=lambda value, kind: "\u200b" + plain(value, kind) + "\ufeff", label=lambda text: "\u200b" + text
    ),
}


TRADITIONAL = str.maketrans(
    "业举会体条范内务动区决减执报护开强当应总无数构机权没为现类纠纳组织经结继续维缴罚责询计许认议讼访诉说请购费规转过进这关项题额问国处复据属废与况个",
    "業舉會體條範內務動區決減執報護開強當應總無數構機權沒為現類糾納組織經結繼續維繳罰責詢計許認議訟訪訴說請購費規轉過進這關項題額問國處復據屬廢與況個",
)


def traditional(random: Random) -> Style:
    """Labels in traditional characters, as a Big5 edition prints them."""
    plain_style = Style()
    return Style(
        label=lambda text: text.translate(TRADITIONAL),
        head=lambda text: text.translate(TRADITIONAL),
        group=lambda text: text.translate(TRADITIONAL),
        headings=tuple(heading.translate(TRADITIONAL) for heading in plain_style.headings),
    )


def torn_numbers(random: Random) -> Style:
    """Long numbers broken over two lines of a narrow cell."""

    def spell(value: Decimal, kind: str) -> str:
        text = plain(value, kind) + ("万元" if kind == "amount" else "")
        at = random.randrange(2, len(text)) if len(text) > 3 else 0
        return text[:at] + "\n" + text[at:] if at and random.random() < 0.5 else text

    return Style(number=spell)


def review(how: str) -> Spell:
    return lambda random: Style(review=how)


def units_inside(random: Random) -> Style:
    return Style(number=lambda value, kind: plain(value, kind) + ("万元" if kind == "amount" else "件"))


def units_behind_a_space(random: Random) -> Style:
    return Style(number=lambda value, kind: plain(value, kind) + (" 万元" if kind == "amount" else " 件"))


def _in_yuan(value: Decimal, kind: str) -> str:
    return f"{value * 10_000:.0f}" if kind == "amount" else plain(value, kind)


def yuan(head: str) -> Spell:
    return lambda random: Style(money_head=head, number=_in_yuan)


def yuan_cell(unit: str) -> Spell:
    return lambda random: Style(
        money_head="", number=lambda value, kind: _in_yuan(value, kind) + (unit if kind == "amount" else "")
    )


def title_row(text: str) -> Change:
    """A first row of the disclosure table that says what the table is."""
    return each_grid(lambda grid, random: [[Box(text, columns=4)], *grid] if grid[0][0].role == "clause" else grid)


def varied_money_head(random: Random) -> Style:
    """The money column under a head the form does not know, its unit there."""

    def head(text: str) -> str:
        return text.replace("本年收费金额", "收费总额").replace("采购总金额", "采购金额")

    return Style(head=head, money_head="（元）", number=_in_yuan)


def letter_noughts(random: Random) -> Style:
    noughts = ("O", "o", "〇", "零", "Ｏ")
    return Style(number=lambda value, kind: plain(value, kind) if value else random.choice(("0", *noughts)))


def explained(random: Random) -> Style:
    notes = ("", "", "（含3项子项）", "(见第12条)", "（2022年新增）", "[注1]")
    return Style(label=lambda text: text + random.choice(notes))


def remark(box: Box, random: Random) -> str:
    return random.choice(("", "", "", "（其中修订1件）", "（含12件转办）", "(已核)"))


def footnote(box: Box, random: Random) -> str:
    """The mark of a footnote; a raised one behind 10 would make another number of it."""
    return random.choice(("", "", "①", "⑴", "*", "[1]", "" if box.text == "10" else "²"))


def ceremonious(random: Random) -> Style:
    """Counts and amounts as in a sentence."""

    def spell(value: Decimal, kind: str) -> str:
        return f"￥{_in_yuan(value, kind)}元整" if kind == "amount" else f"共{value}件" if value >= 0 else f"{value}件"

    return Style(number=spell)


def signed_money(random: Random) -> Style:
    return Style(number=lambda value, kind: "￥" * (kind == "amount") + _in_yuan(value, kind))


def signs_in_remarks(random: Random) -> Style:
    """A decrease printed as a number with a remark behind it."""
    remarks = ("（减）", "（减少）", "（比上年减少）", "(下降)")
    return Style(
        number=lambda value, kind: f"{abs(value)}{random.choice(remarks)}" if value < 0 else plain(value, kind)
    )


OTHER_NAMES = {
    "科研机构": "科研院所",
    "其他": "其它",
    "总计": "合计",
    "结果维持": "被维持",
    "结果纠正": "被纠正",
    "其他结果": "其它结果",
    "处理决定数量": "本年处理决定数",
}
CUT_OR_MISTYPED = {
    "商业企业": "企业",
    "社会公益组织": "社会公益",
    "法律服务机构": "法律服务机沟",
    "结果纠正": "结果纠",
    "尚未审结": "尚末审结",
    "本年制发件数": "本年制发",
    "现行有效件数": "现行有郊件数",
    "本年新公开数量": "本年新公开数里",
    "上一年项目数量": "上一年项目",
}

PROSE: list[Change] = [
    after_heading(0, "全年新收政府信息公开申请31件，上年结转2件，予以公开14件，部分公开3件，行政处罚 12 件。"),
    before_heading(1, "一、主动公开情况。行政许可 5 件，行政强制0件，规章 1 部。", "（三）不予公开3件 。"),
    after_heading(1, "本年制发规范性文件 3 件，行政许可12件", "行政处罚 2022 年共作出 77 件。"),
    before_heading(
        2, "全年行政许可 88 件。", "行政处罚 99 件；行政事业性收费 3.5 万元。", "政府集中采购 4 次，共 5 万元。"
    ),
    after_heading(2, "本年新收政府信息公开申请 31 件，上年结转政府信息公开申请数量 2 件 。", "其中：重复申请 3 件"),
    before_heading(3, "予以公开14件", "四、结转下年度继续办理 5 件", "结转下年度继续办理 1 2 3 4 5 6 7件，合计28件。"),
    after_heading(3, "行政复议 3 件，结果维持 1 件，结果纠正 2 件。"),
    before_heading(4, "行政复议 9 8 7", "复议后起诉 2 件", "2023 1 20"),
]

NAVIGATION = around(
    [
        "首页 > 政务公开 > 政府信息公开年报",
        [[Box("索引号"), Box("003/2023-00012"), Box("发布日期"), Box("2023-01-20")]],
        [[Box("年份"), Box("2021"), Box("2022")], [Box("行政许可"), Box("专栏"), Box("12")]],
    ],
    [
        [[Box("行政处罚"), Box("公示"), Box("34")], [Box("总计"), Box("5"), Box("6")]],
        "【打印本页】 【关闭窗口】 访问量：12345",
        "ICP备12345678号 电话：0370 6112233",
    ],
)


def spacer_columns(sheet: Page, random: Random) -> Page:
    """An empty cell before the first value or head in every row, as spreadsheets leave."""

    def space(row: list[Box]) -> list[Box]:
        at = next((n for n, box in enumerate(row) if box.role == "value" or box.role == "head"), None)
        if at is None or (row[0].role == "head" and row[0].columns > 1):
            return row if at is None else [row[0], Box("", role="space"), *row[1:]]
        at = max(at, 1) if row[0].text in ("信息内容", "案件") else at
        return [*row[:at], Box("", role="space"), *row[at:]]

    return [part if isinstance(part, str) else [space(row) for row in part] for part in sheet]


def spacers_behind(sheet: Page, random: Random) -> Page:
    """Every value and every head above one is two columns wide and its second place is a cell of its own."""

    def space(row: list[Box]) -> list[Box]:
        values = any(box.key for box in row)
        found: list[Box] = []
        for box in row:
            if box.key and values:
                found += [replace(box, columns=1), Box("", columns=2 * box.columns - 1, role="space")]
            elif box.role == "head" and box.text != "信息内容" and box.rows < 3:
                found.append(replace(box, columns=2 * box.columns))
            else:
                found.append(box)
        return found

    return [part if isinstance(part, str) else [space(row) for row in part] for part in sheet]


ghosts: Change = each_row(
    lambda row, random: [
        piece
        for box in row
        for piece in ((Box(""), box) if box.key and random.random() < 0.06 else (box,))
    ]
)  # fmt: skip


def subtotals(sheet: Page, random: Random) -> Page:
    """The groups print subtotals, each in a row of its own above the group."""

    def add(grid: Grid) -> Grid:
        found: Grid = []
        for row in grid:
            group = next((box for box in row if box.role == "group" and box.text != "三、本年度办理结果"), None)
            if group is None or group.rows < 2:
                found.append(row)
                continue
            lead = [replace(box, rows=box.rows + 3) for box in row if box.role == "group" and box is not group]
            found.append([*lead, replace(group, rows=1, columns=2), *[Box("3")] * 6, Box("18")])
            found.append([replace(group, text="其中"), *row[row.index(group) + 1 :]])
        return found

    return [part if isinstance(part, str) else add(part) for part in sheet]


def remark_column(sheet: Page, random: Random) -> Page:
    notes = ("", "已核", "见附件", "无变化")
    return [
        part
        if isinstance(part, str)
        else [[*row, Box(random.choice(notes) if item_of(row) else "备注")] for row in part]
        for part in sheet
    ]


def unit_column(sheet: Page, random: Random) -> Page:
    """A column of units between label and values of the disclosure table."""

    def add(row: list[Box]) -> list[Box]:
        if not (row[0].text == "信息内容" or any(box.key and box.key[0] == "proactive_disclosure" for box in row)):
            return row
        money = any(box.key and box.key[2] == "amount" for box in row)
        return [row[0], Box("单位" if row[0].text == "信息内容" else "万元" if money else "件"), *row[1:]]

    return [part if isinstance(part, str) else [add(row) for row in part] for part in sheet]


def second_table(sheet: Page, random: Random) -> Page:
    """Behind the tables, the same rows with other numbers: last year's, or those of the whole county."""

    def other(grid: Grid) -> Grid:
        return [[replace(box, text=str(random.randrange(90))) if box.key else box for box in row] for row in grid]

    found: Page = []
    for part in sheet:
        found += [part] if isinstance(part, str) else [part, "全县汇总如下。", other(part)]
    return found


def jammed(sheet: Page, random: Random) -> Page:
    """Two rows of a table drawn as one, their labels and values on two lines of each cell."""

    def jam(grid: Grid) -> Grid:
        found: Grid = []
        for row in grid:
            above = found[-1] if found else []
            alike = item_of(row) and above and item_of(above) and len(row) == len(above)
            if alike and row[0].role == above[0].role == "label" and random.random() < 0.4:
                pairs = zip(above, row, strict=True)
                found[-1] = [replace(a, text=f"{a.text}\n{'' if b.text == '0' else b.text}") for a, b in pairs]
            else:
                found.append(row)
        return found

    return [part if isinstance(part, str) else jam(part) for part in sheet]


def side_by_side(sheet: Page, random: Random) -> Page:
    """Rows of the same width printed two by two."""

    def pair(grid: Grid) -> Grid:
        found: Grid = []
        for row in grid:
            fits = found and item_of(row) and item_of(found[-1]) and row[0].role == found[-1][0].role == "label"
            if fits and random.random() < 0.5:
                found[-1] = [*found[-1], *row]
            else:
                found.append(row)
        return found

    return [part if isinstance(part, str) else pair(part) for part in sheet]


values_first: Change = each_row(
    lambda row, random: [*(b for b in row if b.key), *(b for b in row if not b.key)] if item_of(row) else row
)


def cut_in_two(sheet: Page, random: Random) -> Page:
    """A wide table cut: the labels twice, first with the left columns, then with the right ones."""
    found: Page = []
    for part in sheet:
        if isinstance(part, str) or not any(box.key and box.key[0] == "applications" for row in part for box in row):
            found.append(part)
            continue
        rows = [row for row in part if item_of(row)]
        lead = [[box for box in row if not box.key] for row in rows]
        cells = [[box for box in row if box.key] for row in rows]
        found.append([[*label, *own[:4]] for label, own in zip(lead, cells, strict=True)])
        found.append([[*label, *own[4:]] for label, own in zip(lead, cells, strict=True)])
    return found


def spans_off(by: int) -> Change:
    """Some spans of groups are a row too long or too short."""
    return each_row(
        lambda row, random: [
            replace(box, rows=box.rows + by) if box.role == "group" and box.rows > 2 and random.random() < 0.4 else box
            for box in row
        ]
    )


def wrapped_labels(sheet: Page, random: Random) -> Page:
    """Long labels break around their numbers, as text drawn from a PDF does."""

    def wrap(row: list[Box]) -> list[Box]:
        at = next((n for n, box in enumerate(row) if box.role == "label" and len(box.text) > 8), None)
        if at is None or not item_of(row) or random.random() < 0.5:
            return row
        half = len(row[at].text) // 2
        rest = replace(row[at], text=row[at].text[half:], columns=1)
        return [*row[:at], replace(row[at], text=row[at].text[:half]), *row[at + 1 :], rest]

    return [part if isinstance(part, str) else [wrap(row) for row in part] for part in sheet]


mistyped: Change = each_row(
    lambda row, random: [
        replace(box, text=box.text[:-3] + box.text[-2:])
        if box.role == "label" and len(box.text) > 6 and random.random() < 0.3
        else box
        for box in row
    ]
)

two_years: Change = each_row(
    lambda row, random: [
        piece for box in row for piece in ((box, Box(str(random.randrange(9)))) if box.key else (box,))
    ]
)


def read_down(sheet: Page) -> str:
    """Tables read column by column, as a bad extraction of a PDF does."""
    found: list[str] = []
    for part in sheet:
        if isinstance(part, str):
            found.append(part)
            continue
        rows = flat(part)
        found += [row[column] for column in range(len(rows[0])) for row in rows if row[column]]
    return "\n".join(found)


def _cells(sheet: Page) -> list[str]:
    return [text for part in sheet for text in ([part] if isinstance(part, str) else [b.text for r in part for b in r])]


def every_other_line(sheet: Page, random: Random) -> str:
    return "\n".join(text for text in _cells(sheet) if len(text) > 3 or random.random() < 0.5)


def repeated_lines_dropped(sheet: Page, random: Random) -> str:
    """A crawl that keeps a line only where it differs from the ten before it."""
    kept: list[str] = []
    for text in _cells(sheet):
        if text not in kept[-10:]:
            kept.append(text)
    return "\n".join(kept)

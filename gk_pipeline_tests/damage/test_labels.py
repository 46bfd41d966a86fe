"""Labels, heads and headings spelt, numbered, torn or explained in another way than the form prints them."""

import re
from collections.abc import Callable
from random import Random

import pytest
from tables import changes as c
from tables import spelling as s
from tables.paper import Style

from .damage import Damage, known, printed, result, trials

_NUMBERED = re.compile(r"((?:（.）|[一二三四]、|\d\.)?)(.+)", re.DOTALL)
_SHARE = 0.25
Slip = Callable[[str, int], str]
SLIPS: dict[str, Slip] = {
    "a letter left out": lambda text, at: text[:at] + text[at + 1 :],
    "another letter": lambda text, at: text[:at] + "臼" + text[at + 1 :],
    "a letter twice": lambda text, at: text[:at] + text[at] + text[at:],
    "two letters exchanged": lambda text, at: text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :],
}


def slipping(slip: Slip) -> s.Spell:
    """A quarter of the labels that are long enough, or numbered, are mistyped in one place."""

    def spell(random: Random) -> Style:
        def label(text: str) -> str:
            number, words = _NUMBERED.fullmatch(text).groups()  # type: ignore[union-attr]
            if len(words) < (4 if number else 6) or random.random() > _SHARE:
                return text
            return number + slip(words, random.randrange(1, min(len(words), 12)))

        return Style(label=label)

    return spell


def labelled(change: Callable[[str], str]) -> s.Spell:
    return lambda random: Style(label=change)


def headed(*headings: str) -> s.Spell:
    return lambda random: Style(headings=headings)


def one_label(label: str, instead: str) -> s.Spell:
    """One label spelt as given, its number kept."""
    return labelled(lambda text: text.replace(label, instead))


HEADINGS = Style().headings
SIX = "、".join(heading[2:] for heading in HEADINGS)

DAMAGES = [
    *(
        Damage(name, printed(name, style=s.STYLES[name]))
        for name in (
            "half-width brackets",
            "compatibility numbers",
            "circled numbers",
            "pauses after numbers",
            "full-width points",
            "full-width numbers in labels",
            "labels without numbers",
            "numbering restarted",
            "straight quotes",
            "no quotes",
            "corner quotes",
            "labels spaced",
            "heads and groups in vertical letters",
            "clause with its law",
            "clause in digits",
        )
    ),
    *(
        Damage(name, known(name))
        for name in (
            "labels torn over lines",
            "explanations in labels",
            "running numbers before labels",
            "subtotals printed",
            "an extra row",
            "traditional characters",
            "heads by another name",
            "heads cut off or mistyped",
        )
    ),
    *(
        Damage(f"labels mistyped: {name}", printed(f"slips, {name}", style=slipping(slip)))
        for name, slip in SLIPS.items()
    ),
    Damage(
        "a label mistyped: three letters left out (法规禁)",
        printed("three letters out", style=one_label("其他法律行政法规禁止公开", "其他法律行政止公开")),
    ),
    Damage(
        "规范性文件 on the form of 2021, 行政规范性文件 on that of 2019",
        printed(
            "the other form's 规范性文件",
            style=labelled(lambda t: {"规范性文件": "行政规范性文件", "行政规范性文件": "规范性文件"}.get(t, t)),
        ),
    ),
    Damage(
        "heads cut off (本年新 | 本年新)",
        printed(
            "heads cut off alike",
            changes=[
                c.other_heads(
                    {
                        "本年新制作数量": "本年新",
                        "本年新公开数量": "本年新",
                        "本年制发件数": "本年",
                        "本年废止件数": "本年",
                    }
                )
            ],
        ),
    ),
    Damage(
        "pinyin in brackets behind labels", printed("pinyin", style=labelled(lambda text: text + "（yǔ yǐ chǔ lǐ）"))
    ),
    Damage(
        "pinyin in brackets inside labels",
        printed(
            "pinyin inside", style=labelled(lambda text: text.replace("复", "复（fù）").replace("掌", "掌(zhǎng)"))
        ),
    ),
    Damage(
        "explanations that hold digits and other labels",
        printed(
            "other labels explained",
            style=labelled(
                lambda text: (
                    text
                    + {"规章": "（不含行政规范性文件 3 件）", "属于国家秘密": "（含商业秘密 2 件，其他处理 1 件）"}.get(
                        text.removeprefix("1."), "（含2.重复申请 3 件）" if "信访" in text else ""
                    )
                )
            ),
        ),
    ),
    Damage(
        "an extra row among the applications",
        printed(
            "an extra outcome", changes=[c.row_after("granted", "其中：网上申请", "3", "1", "0", "0", "0", "1", "5")]
        ),
    ),
    Damage(
        "an extra row among the decisions",
        printed(
            "an extra decision",
            changes=[c.row_after("licensing", "行政确认", "7"), c.row_after("coercion", "行政裁决", "9")],
        ),
    ),
    Damage(
        "titles of sections vary",
        printed(
            "other titles",
            style=headed(
                "一、工作总体情况",
                "二、政府信息主动公开情况",
                "三、政府信息公开申请收到和处理情况",
                "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
                "五、存在问题及整改举措",
                "六、其他需要报告事项",
            ),
        ),
    ),
    Damage(
        "numbering restarts at 一 for the tables",
        printed(
            "headings restarted",
            style=headed(
                "一、总体情况",
                "一、主动公开政府信息情况",
                "二、收到和处理政府信息公开申请情况",
                "三、政府信息公开行政复议、行政诉讼情况",
                "一、存在的主要问题及改进情况",
                "二、其他需要报告的事项",
            ),
        ),
    ),
    Damage("headings of 五 and 六 lost", printed("two headings lost", style=headed(*HEADINGS[:4], "", ""))),
    Damage("all headings lost", printed("all headings lost", style=headed(*[""] * 6))),
    Damage(
        "a heading mistyped",
        printed(
            "headings mistyped",
            style=headed("一、总体情兄", "二、主动公开政府信息清况", "三、收到和处理政府信息公开申情况", *HEADINGS[3:]),
        ),
    ),
    Damage(
        "the introduction lists all six titles",
        printed(
            "six titles listed",
            changes=[c.before_heading(0, f"本报告由{SIX}六个部分组成。", "本报告包括：" + "；".join(HEADINGS) + "。")],
        ),
    ),
    Damage(
        "sub-headings inside 一 restart at 一",
        printed(
            "sub-headings",
            changes=[
                c.after_heading(
                    0,
                    "一、主动公开情况",
                    "全年主动公开政府信息 428 条。",
                    "二、依申请公开情况",
                    "受理申请 31 件，予以公开 14 件。",
                    "三、监督保障情况",
                    "开展检查 2 次。",
                )
            ],
        ),
    ),
]


@pytest.mark.parametrize(("damage", "way", "form"), trials(DAMAGES))
def test_what_must_come_out_of_damaged_labels_does(damage: Damage, way: str, form: str):
    assert result(damage, way, form).faults(damage, way) == []

"""Each way in which a number of a sentence is or is not of the whole table: a wrong one that is found, a right one that
is left alone.
"""

import pytest
from told import RECEIVED, claims


def said(sentence):
    return [(one["subject"], one["printed"], one["verdict"]) for one in claims(sentence)]


def contradicted(sentence):
    return [one["printed"] for one in claims(sentence) if one["verdict"] == "broken"]


WRONG = {
    "a subject that the clause names": ("因政府信息公开被申请行政复议4件、行政诉讼2件，其中行政复议维持1件。", ["1"]),
    "zero in words": ("2022年，我局未收到政府信息公开申请。", ["未收到政府信息公开申请"]),
    "no case of either kind": (
        "未发生因政府信息公开引起的行政复议、行政诉讼。",
        ["未发生因政府信息公开引起的行政复议、行政诉讼"] * 2,
    ),
    "what is counted behind the number": ("2022年我局共收到58件政府信息公开申请。", ["58"]),
    "a noun alone": ("全年政府信息公开申请总量58件。", ["58"]),
    "numbers in turn": (f"{RECEIVED}，予以公开、部分公开、不予公开分别为21件、5件、4件。", ["21"]),
    "shares in turn": (f"{RECEIVED}，予以公开、部分公开的分别占47.5%、12.5%。", ["47.5"]),
    "shares of the numbers before": (f"{RECEIVED}，自然人31件、商业企业4件，占比分别为91.6%、10.5%。", ["91.6"]),
    "rows by their label": (f"{RECEIVED}，重复申请9件，需要另行制作8件，信访举报投诉类申请7件。", ["9", "8", "7"]),
    "last year without a word for comparing": (f"{RECEIVED}，上年20件，增长50%。", ["50"]),
    "each number behind a wrong opening": (
        "2022年，我局收到政府信息公开申请58件，其中自然人41件，办结60件，予以公开21件，结转下年9件。",
        ["58", "41", "60", "21", "9"],
    ),
    "a heading that says of what": (
        "（三）依申请公开。全年办结申请65件，予以公开33件，结转下年度9件。",
        ["65", "33", "9"],
    ),
    "a list of outcomes alone": ("依申请公开情况。不予公开3件、无法提供20件。", ["3", "20"]),
    "an applicant whose column says otherwise": (f"{RECEIVED}，其中自然人31件，予以公开8件。", ["8"]),
    "litigation beside reviews": ("因政府信息公开引发行政复议5件，行政诉讼4件。", ["5", "4"]),
    "a rate by its name": (f"{RECEIVED}，公开率59.3%。", ["59.3"]),
    "tenths": (f"{RECEIVED}，不予公开的占六成。", ["六"]),
    "more than was closed of this year's": ("2022年，我局答复政府信息公开申请35件。", ["35"]),
    "two years in one sentence": ("2021年收到政府信息公开申请20件，2022年收到政府信息公开申请38件，增长50%。", ["50"]),
    "kinds that exceed their whole": ("全年公开政府信息100件，其中政策类60件，动态类50件。", ["100"]),
}


@pytest.mark.parametrize("cause", WRONG)
def test_a_wrong_number_is_found(cause):
    sentence, wrong = WRONG[cause]
    assert contradicted(sentence) == wrong


RIGHT = [
    f"{RECEIVED}，受理36件，不予受理2件。",
    f"{RECEIVED}，已办结36件，2件正在办理，予以公开10件。",
    f"{RECEIVED}，其中网上申请20件，予以公开6件。",
    f"{RECEIVED}，其中涉及水利工程的12件，予以公开5件；涉及征地的20件，予以公开4件。",
    f"{RECEIVED}，自然人提出31件，予以公开9件；商业企业提出4件，予以公开1件。",
    f"{RECEIVED}（自然人31件，予以公开9件；商业企业4件，予以公开1件），办结40件。",
    f"{RECEIVED}，办结40件，予以公开16件（其中部分公开5件）。",
    f"{RECEIVED}，行政复议12件，其中因信息公开引起4件。",
    f"{RECEIVED}。对拟制公文标注公开属性，予以公开100件，不予公开50件。",
    f"{RECEIVED}。全年共答复12件热线。",
    f"{RECEIVED}，比上年增加18件，较2020年增长280%。",
    f"{RECEIVED}，比上年增加18件，自然人申请增长120%。",
    f"{RECEIVED}，比上年增加18件，高于全县平均增长40%。",
    "我局2020年、2021年、2022年分别收到政府信息公开申请10件、20件、38件。",
    "2022年，我局收到政府信息公开申请30件，局属水库管理处收到8件，合计38件。",
    "2022年，我局机关收到政府信息公开申请30件，局属单位收到8件。",
    "全年收到和处理政府信息公开申请38件。",
    "通过信函未收到政府信息公开申请。",
    "未收到政府信息公开申请的投诉。",
    "无政府信息公开举报，未发生行政诉讼败诉情况。",
    "全年公开政府信息412条，其中门户网站350条，水利动态120条，通知公告80条。",
    "全年公开政府信息412条，其中一季度100条、上半年200条、前三季度300条。",
    "全年公开政府信息412条，其中政策类12条，财政类4条，向市局报送信息500条，被采用120条。",
    "全年公开政府信息412条，其中较去年增加500条的栏目1个。",
    "全年公开政府信息412条，其中概况类12条，动态类400条（其中图片类380条）。",
    "因政府信息公开引发行政复议4件。全年办理行政复议案件300件，其中维持200件。",
]


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_sentence_is_left_alone(sentence):
    assert contradicted(sentence) == []


@pytest.mark.parametrize(
    ("printed", "verdict"),
    [
        ("30余件", "holds"),
        ("10余件", "broken"),
        ("50余件", "broken"),
        ("百余件", "broken"),
        ("约40件", "holds"),
        ("约100件", "broken"),
        ("40件左右", "holds"),
        ("近40件", "holds"),
        ("近30件", "broken"),
        ("不足40件", "holds"),
        ("不足30件", "broken"),
        ("不到38件", "broken"),
        ("38件以内", "holds"),
        ("超过30件", "holds"),
        ("超过42件", "broken"),
        ("38件以上", "holds"),
    ],
)
def test_a_hedged_number_is_held_to_what_it_leaves_open(printed, verdict):
    [one] = claims(f"2022年，我局收到政府信息公开申请{printed}。")
    assert one["verdict"] == verdict


def test_what_may_not_be_judged_says_why():
    sentences = ["收到申请58件。", f"{RECEIVED}。经查，共收到申请58件。", "制发规范性文件21件。"]
    assert [claims(sentence)[-1]["limits"] for sentence in sentences] == [
        "says not of what",
        "says not of what",
        "often counted otherwise",
    ]


def test_an_applicants_outcome_may_be_of_its_column():
    [_, _, granted] = claims(f"{RECEIVED}，自然人提出31件，予以公开9件。")
    assert (granted["part_of"], granted["matched"]) == (2, "granted.natural_person")


def test_a_zero_in_words_that_is_right_holds():
    [one] = claims(
        "2022年，我局无因政府信息公开引起的行政诉讼。", ("1\t0\t0\t0\t1\t0\t0\t1\t0\t1", "\t".join("0" * 10))
    )
    assert (one["subject"], one["value"], one["verdict"]) == ("litigation", 0, "holds")


def test_a_growth_is_held_to_its_own_sentence_even_where_nothing_says_of_what():
    assert contradicted("收到申请58件，比上年增加9件，增长20.0%。") == ["20.0"]

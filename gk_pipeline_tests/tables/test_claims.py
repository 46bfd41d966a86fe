"""Which numbers of a sentence are read, of what, and what keeps them from being surely about the table."""

import pytest
from told import RECEIVED, claims, judged


def subjects(sentence):
    return [one["subject"] for one in claims(sentence)]


def limits(sentence):
    return {one["subject"]: one["limits"] for one in claims(sentence)}


def test_a_claim_says_where_its_number_stands():
    [one] = claims(f"{RECEIVED}。")
    assert (one["printed"], one["counter"], one["value"], one["phrase"]) == ("38", "件", 38, "收到政府信息公开申请")
    assert one["source"]["line"] == 5
    assert one["sentence"] == f"{RECEIVED}。"


def test_full_width_digits_stand_as_printed():
    [one] = claims("2022年，我局收到政府信息公开申请３８件。")
    assert (one["printed"], one["value"], one["verdict"]) == ("３８", 38, "holds")


def test_chinese_numerals_are_read():
    [one] = claims("2022年，我局收到政府信息公开申请三十八件。")
    assert (one["printed"], one["value"], one["verdict"]) == ("三十八", 38, "holds")


def test_a_sentence_torn_into_lines_is_one():
    found = claims(
        "2022年，我局认真贯彻落实条例，收到政府信息公开\n申请38件，其中自然人31件，办理完毕并且按时\n答复的40件。"
    )
    assert [one["subject"] for one in found] == ["received", "natural_person", "closed"]


def test_a_number_torn_by_the_end_of_a_line_is_not_read():
    assert subjects("2022年，我局认真贯彻落实条例，全年收到政府信息公开申请3\n8件。") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "收到低保申请38件。",
        "受理行政许可申请38件次。",
        "办结信访件40件，答复网民留言38条。",
        "2019年收到政府信息公开申请38件。",
        "近五年累计收到政府信息公开申请38件。",
        "收到政府信息公开申请38人。",
        "不予受理政府信息公开申请38件。",
        "依据《条例》第二十条和国办公开办函〔2021〕30号文件办理。",
        "联系电话：0558-5555840。",
    ],
)
def test_what_speaks_of_something_else_is_no_claim(sentence):
    found = [one for one in claims(sentence) if one["subject"] in ("received", "handled", "closed")]
    assert found == []


def test_last_years_number_is_kept_but_not_judged():
    [one] = claims("2021年，我局收到政府信息公开申请30件。")
    assert (one["period"], one["verdict"]) == ("previous_year", None)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("通过网络收到政府信息公开申请30件。", "通过"),
        ("县教育局收到政府信息公开申请30件。", "县教育局"),
        ("全县收到政府信息公开申请30件。", "全县"),
        ("截至2022年底，收到政府信息公开申请30件。", "截至"),
        ("收到政府信息公开申请30件（含上年结转3件）。", "（含"),
        ("共收到政府信息公开申请30件，撤回2件。", "撤回"),
    ],
)
def test_words_that_may_narrow_a_number_are_kept(sentence, word):
    assert limits(sentence)["received"] == word


@pytest.mark.parametrize(
    "we", ["我局", "本机关", "云岭县水利局", "县水利局", "2022年度", "全年", "（二）依申请公开情况。2022年，我局共"]
)
def test_the_body_itself_narrows_nothing(we):
    assert limits(f"{we}收到政府信息公开申请38件。")["received"] is None


def test_a_number_behind_one_that_was_not_understood_is_in_doubt():
    assert limits(f"{RECEIVED}，转出2件，办理36件。")["handled"] == "转出2件"


def test_what_is_among_another_number_is_in_doubt():
    assert limits(f"{RECEIVED}，予以公开11件，其中自然人9件。")["natural_person"] == "其中"


def test_results_are_those_of_the_case_that_was_named_last():
    found = subjects("因政府信息公开被申请行政复议4件，维持2件，纠正1件；被提起行政诉讼2件，维持1件，其他结果1件。")
    assert found == [
        "review",
        "review.upheld",
        "review.overturned",
        "litigation",
        "litigation.upheld",
        "litigation.other_result",
    ]


def test_a_number_of_each_is_one_of_each():
    found = claims("因政府信息公开引起行政复议、行政诉讼案件各4件。")
    assert [(one["subject"], one["printed"]) for one in found] == [("review", "4"), ("litigation", "4")]


def test_a_number_of_two_subjects_is_of_both():
    [_, both] = claims(f"{RECEIVED}，予以公开、部分公开共计16件。")
    assert (both["subject"], both["matched"]) == ("granted + partly_granted", "granted.total + partly_granted.total")


def test_what_a_number_led_to_may_stand_behind_it():
    found = claims(f"{RECEIVED}，其中4件引起行政复议，4件为上年结转，2件转下年继续办理。")
    assert [(one["subject"], one["verdict"]) for one in found][1:] == [
        ("review", "holds"),
        ("carried_in", "holds"),
        ("carried_out", "holds"),
    ]


def test_a_share_alone_is_of_the_number_before_it():
    found = claims(f"{RECEIVED}，办结40件，其中予以公开11件，占27.5%。")
    assert (found[-1]["subject"], found[-1]["claim_kind"], found[-1]["verdict"]) == ("granted", "share", "holds")


def test_a_share_of_another_year_is_no_claim():
    *_, share = claims("2022年，全年办结政府信息公开申请40件，予以公开占27.5%。")
    assert (share["subject"], share["claim_kind"]) == ("granted", "share")
    assert claims("2020年，全年办结政府信息公开申请40件，予以公开占27.5%。") == []


def test_the_parts_of_a_whole_end_where_something_else_is_counted():
    found = claims("全年公开政府信息412条，其中网站公开300条、公示栏公开112条，回复留言500条。")
    assert [(one["claim_kind"], one["printed"]) for one in found] == [
        ("count", "412"),
        ("part", "300"),
        ("part", "112"),
    ]


def test_a_whole_without_parts_is_no_claim():
    assert claims("全年公开政府信息412条。") == []


def test_nothing_within_the_tables_is_a_claim():
    assert judged("无。").claims == ()


def test_a_change_is_read_with_its_sign():
    found = claims(f"{RECEIVED}，比上年减少2件，下降5%。")
    assert [(one["claim_kind"], one["value"]) for one in found][1:] == [("change", -2), ("growth", -5)]


@pytest.mark.parametrize("we", ["各", "、", "其中", "占", "（", "，，，", "2022年2022年", "38件38件38件"])
def test_scraps_of_sentences_are_read_without_failing(we):
    judged(f"{RECEIVED}{we}{we}38%{we}38件{we}，占{we}%。")


@pytest.mark.parametrize(
    "run",
    [
        "1",
        "依法依规",
        "申请",
        "公开、",
        "收到",
        "（",
        "2022年",
        "占",
        "38件，",
        "予以公开和",
        "收到政府信息公开申请38件，",
    ],
)
def test_a_long_run_of_anything_is_read_all_the_same(run):
    judged(f"{run * 5000}38件，收到政府信息公开申请{run * 5000}38件。")

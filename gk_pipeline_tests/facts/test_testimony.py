"""Sentences held against the tables: what agrees, what contradicts, and what nobody can say."""

import pytest
from told import FORMS, RECEIVED, TEXT, claims, judged, verdicts

from gk_pipeline.forms.prose import admissible
from gk_pipeline.schemas.exact import MICRO

PROSE = FORMS[-1].prose
WITH_CELLS = [rule for rule in PROSE.rules if rule.cells and "%" not in rule.counters]
NOT_ONE_OF_THE_TABLE = 9_173


def last(sentence, *changes):
    return claims(sentence, *changes)[-1]


# --- every law of the form's sentences --------------------------------------------


def sentence_of(rule, number):
    """A sentence that speaks of the table and says the number of a rule's subject."""
    counter = rule.counters[0]
    said = f"{rule.phrases[0]}{number}{counter}" if rule.phrases else f"{number}{counter}{rule.behind[0]}"
    if rule.within:
        within = PROSE.by_subject[rule.within[0]]
        if within.table == "applications":
            return f"{RECEIVED}，其中{said}。"
        count = value(within)
        return f"因政府信息公开{within.phrases[0]}{count}{within.counters[0]}，其中{said}。"
    if rule.head and rule.table == "applications":
        return f"2022年，我局{rule.phrases[0]}政府信息公开申请{number}{counter}。"
    led_to = "因政府信息公开引起" if rule.table == "review_litigation" else ""
    return f"{RECEIVED}，{led_to}{said}。"


def value(rule):
    """What the table says of the likeliest meaning of a rule."""
    figures = {(one.cell.item, one.cell.measure): one.micro for one in judged("无。").cells}
    [first, *_] = admissible(FORMS[-1].table(rule.table), rule.cells)
    total = sum(figures[cell.item, cell.measure] for cell in first.cells)
    return f"{total / MICRO:g}"


@pytest.mark.parametrize("rule", WITH_CELLS, ids=lambda rule: rule.subject)
def test_the_number_of_the_table_holds_in_every_subject(rule):
    found = last(sentence_of(rule, value(rule)))
    assert (found["subject"], found["verdict"]) == (rule.subject, "holds")
    assert found["matched"] in rule.cells


@pytest.mark.parametrize("rule", WITH_CELLS, ids=lambda rule: rule.subject)
def test_another_number_breaks_every_law_but_those_whose_scope_is_open(rule):
    found = last(sentence_of(rule, NOT_ONE_OF_THE_TABLE))
    assert found["subject"] == rule.subject
    assert found["verdict"] == ("broken" if rule.faults else "not_assessable")


def test_parts_that_exceed_their_whole_break_its_law():
    [whole, *_] = claims("全年主动公开政府信息100条，其中政策文件类60条，业务工作类50条。")
    assert (whole["subject"], whole["verdict"], whole["against"]) == ("disclosed", "broken", "claims 2 + 3")


# --- what agrees ------------------------------------------------------------------


def test_what_was_handled_may_be_one_of_four_sums():
    for number, cells in {
        38: "received.total",
        42: "received.total + carried_in.total",
        40: "outcomes_total.total",
    }.items():
        found = last(f"2022年，我局受理政府信息公开申请{number}件。")
        assert (found["verdict"], found["matched"]) == ("holds", cells)


def test_a_lower_bound_holds_below_the_number():
    assert last("2022年，我局收到政府信息公开申请30余件。")["verdict"] == "holds"


def test_a_limited_number_may_agree():
    assert verdicts("通过网络等渠道收到政府信息公开申请38件。") == {"received": "holds"}


def test_a_list_that_adds_up_to_the_whole_ends_there():
    [whole, *_] = claims("全年主动公开政府信息100条，其中政策文件类60条，业务工作类40条，首页头条30条。")
    assert (whole["verdict"], whole["matched"]) == ("holds", "claims 2 + 3")


# --- what contradicts -------------------------------------------------------------


def test_a_share_that_is_far_off_is_a_warning():
    found = last(f"{RECEIVED}。从办结情况看，予以公开占44%。")
    assert (found["verdict"], found["severity"]) == ("broken", "warning")
    assert found["against"] == "granted.total / outcomes_total.total"


def test_a_share_that_is_one_unit_off_is_a_note():
    assert last(f"{RECEIVED}。从办结情况看，予以公开占28%。")["verdict"] == "holds"
    for printed, severity in {"27.6": "note", "27.7": "warning"}.items():
        found = last(f"{RECEIVED}。从办结情况看，予以公开占{printed}%。")
        assert (found["verdict"], found["severity"]) == ("broken", severity)


def test_a_lower_bound_above_the_number_is_broken():
    assert last("2022年，我局收到政府信息公开申请50余件。")["verdict"] == "broken"


def test_both_years_in_a_sentence_can_contradict_what_changed():
    assert last(f"{RECEIVED}，比去年的40件减少2件。")["verdict"] == "holds"
    assert last(f"{RECEIVED}，比去年的40件减少7件。")["verdict"] == "broken"


def test_what_grew_is_held_against_how_much_it_grew():
    assert last(f"{RECEIVED}，比上年减少2件，下降5%。")["verdict"] == "holds"
    assert last(f"{RECEIVED}，比上年减少2件，下降15%。")["verdict"] == "broken"


# --- what nobody can say ----------------------------------------------------------


def test_a_change_alone_cannot_be_assessed():
    assert last(f"{RECEIVED}，比上年增加3件。")["verdict"] == "not_assessable"


def test_a_limited_number_never_contradicts():
    assert verdicts("通过网络等渠道收到政府信息公开申请30件。") == {"received": "not_assessable"}


def test_what_tells_more_of_a_doubtful_number_never_contradicts():
    found = verdicts("通过网络收到政府信息公开申请20件，予以公开3件。")
    assert found == {"received": "not_assessable", "granted": "not_assessable"}


def test_a_right_sentence_excuses_no_wrong_one():
    found = claims(f"{RECEIVED}。2022年，我局收到政府信息公开申请30件。")
    assert [one["verdict"] for one in found] == ["holds", "broken"]


def test_a_vague_number_excuses_no_exact_one():
    found = claims("2022年，我局收到政府信息公开申请约40件。2022年，我局收到政府信息公开申请58件。")
    assert [one["verdict"] for one in found] == ["holds", "broken"]


def test_a_whole_area_is_held_to_the_table_only_where_numbers_are_found_there_that_hardly_agree_by_chance():
    alone = claims("2022年，全县共收到政府信息公开申请90件。")
    by_chance = claims("2022年，全县共收到政府信息公开申请90件，部分公开5件，不予公开4件。")
    borne_out = claims("2022年，全县共收到政府信息公开申请90件，办结40件，予以公开11件。")
    assert [one["verdict"] for one in alone] == ["not_assessable"]
    assert [one["verdict"] for one in by_chance] == ["not_assessable", "holds", "holds"]
    assert [one["verdict"] for one in borne_out] == ["broken", "holds", "holds"]


def test_channels_may_count_the_same_information_twice():
    [whole, *_] = claims("全年主动公开政府信息100条，其中政府网站90条，微信公众号60条。")
    assert whole["verdict"] == "not_assessable"


def test_documents_of_one_office_contradict_no_table_of_a_whole_city():
    assert verdicts("规范性文件及政策解读各14件，制发规范性文件14件。") == {"normative_documents": "not_assessable"}


@pytest.mark.parametrize(
    ("printed", "status"),
    [("\t88", "corrected"), ("\t31\t4\t0\t0\t2\t1\t—", "deduced"), ("\t38\t甲", "missing")],
)
def test_only_a_cell_that_is_sure_contradicts(printed, status):
    change = ("\t31\t4\t0\t0\t2\t1\t38", printed if status == "deduced" else "\t31\t4\t0\t0\t2\t1" + printed)
    report = judged("2022年，我局新收政府信息公开申请77件。", change)
    [total] = [one for one in report.cells if (one.cell.item, one.cell.measure) == ("received", "total")]
    [claim] = report.claims
    assert total.status == status or status == "missing"
    assert (claim.verdict == "broken") == (total.status in ("verified", "unverified", "deduced"))


def test_a_table_that_is_not_there_contradicts_nothing():
    table = TEXT[TEXT.index("四、政府信息公开行政复议") : TEXT.index("五、存在")]
    found = verdicts("因政府信息公开被申请行政复议9件。", (table, ""))
    assert found == {"review": "not_assessable"}


def test_claims_change_no_status():
    sound, told = judged("无。"), judged("2022年，我局收到政府信息公开申请77件，予以公开39件。")
    assert [(one.status, one.micro) for one in told.cells] == [(one.status, one.micro) for one in sound.cells]
    assert [one.verdict for one in told.laws] == [one.verdict for one in sound.laws]


def test_a_contradiction_is_a_finding_with_its_sentence():
    report = judged("2022年，我局新收政府信息公开申请77件。")
    [finding] = [one for one in report.findings if one.code == "sentence_contradicts"]
    assert (finding.severity, finding.evidence) == ("warning", "2022年，我局新收政府信息公开申请77件。")
    assert finding.message == "A sentence says 77件, but 本年新收政府信息公开申请数量 总计 is 38."


def test_the_finding_of_a_share_names_its_cells_and_rounds_it():
    report = judged(f"{RECEIVED}。从办结情况看，予以公开占44%。")
    [finding] = [one for one in report.findings if one.code == "sentence_contradicts"]
    assert finding.message == "A sentence says 44%, but 予以公开 总计 / （七）总计 总计 is 27.50%."


def test_the_finding_of_parts_says_what_they_make():
    report = judged("全年主动公开政府信息100条，其中政策文件类60条，业务工作类50条。")
    [finding] = [one for one in report.findings if one.code == "sentence_contradicts"]
    assert finding.message == "A sentence says 100条, but its parts 60 + 50 make 110."

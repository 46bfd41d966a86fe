"""Which encoding a file is read in, and what is said when it is damaged."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.documents.encoding import TRADITIONAL, decode

LABELS = ("政府信息公开工作年度报告", "总体情况", "行政许可", "行政复议", "总计", "其他")
REPORT = """某县人民政府2020年政府信息公开工作年度报告
一、总体情况
2020年，我县主动公开政府信息120条。
行政许可\t12\t3\t450
行政复议、行政诉讼情况
总计\t0\t0\t1
"""
TRADITIONAL_REPORT = """某縣人民政府2020年政府信息公開工作年度報告
一、總體情況
規章 0 行政許可 12 行政處罰 3
行政複議、行政訴訟情況 總計 1
"""
MARKS = {"utf-8-sig": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


def codes(decoded):
    return [finding.code for finding in decoded.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_report_is_read_in_the_encoding_that_shows_its_labels(encoding):
    decoded = decode(REPORT.encode(encoding), LABELS)
    assert (decoded.text, decoded.encoding, decoded.findings) == (REPORT, encoding, ())


@pytest.mark.parametrize("encoding", MARKS)
def test_a_byte_order_mark_is_no_part_of_the_text(encoding):
    body = REPORT.encode("utf-8" if encoding == "utf-8-sig" else encoding)
    decoded = decode(MARKS[encoding] + body, LABELS)
    assert (decoded.text, decoded.encoding, decoded.findings) == (REPORT, encoding, ())


def test_a_byte_order_mark_glued_to_another_encoding_is_not_believed():
    decoded = decode(MARKS["utf-8-sig"] + REPORT.encode("gb18030"), LABELS)
    assert (decoded.text, decoded.encoding) == (REPORT, "gb18030")


def test_a_traditional_report_in_big5_is_not_read_as_gb18030_nonsense():
    decoded = decode(TRADITIONAL_REPORT.encode("big5"), LABELS)
    assert (decoded.text, decoded.encoding, decoded.findings) == (TRADITIONAL_REPORT, "big5", ())


def test_big5_that_is_valid_gb18030_throughout_is_told_by_its_labels():
    label = next(phrase for phrase in TRADITIONAL if is_valid(phrase.encode("big5"), "gb18030"))
    decoded = decode(label.encode("big5"), LABELS)
    assert (decoded.text, decoded.encoding) == (label, "big5")


def is_valid(raw, encoding):
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def test_a_traditional_report_in_gb18030_stays_gb18030():
    decoded = decode(TRADITIONAL_REPORT.encode("gb18030"), LABELS)
    assert (decoded.text, decoded.encoding) == (TRADITIONAL_REPORT, "gb18030")


def test_every_traditional_label_differs_from_the_simplified_ones_and_exists_in_big5():
    for phrase in TRADITIONAL:
        assert phrase.encode("big5")
        with pytest.raises(UnicodeEncodeError):
            phrase.encode("gb2312")


@pytest.mark.parametrize(("actual", "declared"), [("gb18030", "utf-8"), ("utf-8", "gb2312"), ("utf-8", "big5")])
def test_a_wrong_meta_charset_is_not_believed(actual, declared):
    page = f'<html><head><meta charset="{declared}"></head><body>{REPORT}</body></html>'
    decoded = decode(page.encode(actual), LABELS)
    assert (decoded.text, decoded.encoding) == (page, actual)


@pytest.mark.parametrize(("encoding", "cut"), [("utf-8", 1), ("utf-8", 2), ("gb18030", 1), ("utf-16-le", 1)])
def test_a_character_cut_off_at_the_end_does_not_lose_the_file(encoding, cut):
    decoded = decode((REPORT + "完").encode(encoding)[:-cut], LABELS)
    assert (decoded.text, decoded.encoding, codes(decoded)) == (REPORT, encoding, ["text_cut_off"])


def test_a_four_byte_character_cut_off_costs_at_most_three_bytes():
    decoded = decode((REPORT + "𠀀").encode("gb18030")[:-1], LABELS)
    assert (decoded.text, codes(decoded)) == (REPORT, ["text_cut_off"])


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_one_stray_byte_in_a_long_report_is_replaced_and_reported_with_its_line(encoding):
    raw = REPORT.encode(encoding) + b"12\xff3\n" + REPORT.encode(encoding) * 10
    decoded = decode(raw, LABELS)
    assert decoded.encoding == encoding
    assert decoded.text == REPORT + "12\ufffd3\n" + REPORT * 10
    (finding,) = decoded.findings
    assert (finding.severity, finding.code) == ("warning", "bytes_replaced")
    assert "1 place" in finding.message
    assert "line 7" in finding.message
    assert "12\ufffd3" in finding.evidence


def test_damage_beyond_a_tiny_share_is_refused():
    raw = (REPORT.encode() + b"\xff") * 5
    with pytest.raises(Unreadable) as refusal:
        decode(raw, LABELS)
    assert refusal.value.code == "text_damaged"
    assert f"utf-8 at byte {len(REPORT.encode())}" in str(refusal.value)


def test_two_encodings_in_one_file_are_refused():
    with pytest.raises(Unreadable) as refusal:
        decode(REPORT.encode() + REPORT.encode("gb18030"), LABELS)
    assert refusal.value.code == "text_damaged"
    assert "mixes two encodings" in refusal.value.advice


def test_characters_lost_before_the_file_was_saved_are_reported():
    decoded = decode(REPORT.replace("120", "1\ufffd0").encode(), LABELS)
    assert codes(decoded) == ["characters_lost"]
    assert "line 3" in decoded.findings[0].message


def test_a_legacy_encoding_without_any_label_is_a_guess_and_says_so():
    decoded = decode("春眠不觉晓，处处闻啼鸟。".encode("gb18030"), LABELS)
    assert (decoded.text, codes(decoded)) == ("春眠不觉晓，处处闻啼鸟。", ["encoding_uncertain"])


def test_without_labels_the_reading_with_fewest_odd_characters_is_guessed():
    text = "舉頭望明月 " + "2020 " * 10
    assert "\ue80b" in text.encode("big5").decode("gb18030")
    decoded = decode(text.encode("big5"), LABELS)
    assert (decoded.text, decoded.encoding, codes(decoded)) == (text, "big5", ["encoding_uncertain"])


@pytest.mark.parametrize("text", ["春眠不觉晓，处处闻啼鸟。", "plain words", "联通"])
def test_utf8_without_any_label_is_no_guess(text):
    decoded = decode(text.encode(), LABELS)
    assert (decoded.text, decoded.encoding, decoded.findings) == (text, "utf-8", ())


@pytest.mark.parametrize(
    "raw",
    [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 100, bytes((i * i * 7 + i // 3) % 256 for i in range(5000))],
    ids=["every byte", "control bytes", "scrambled"],
)
def test_binary_junk_is_refused(raw):
    with pytest.raises(Unreadable) as refusal:
        decode(raw, LABELS)
    assert refusal.value.code == "not_text"
    assert refusal.value.advice


@given(st.text(st.characters(exclude_categories=["Cs", "Co", "Cc"]), max_size=200))
def test_whatever_surrounds_the_labels_utf8_survives(noise):
    text = REPORT + noise + REPORT
    decoded = decode(text.encode(), LABELS)
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


@given(st.text("〇一二三四五六七八九十百千万个件条元的是在有和为了年月日，。、（）0123456789\n\t |", max_size=300))
def test_chinese_prose_around_the_labels_survives_gb18030(prose):
    text = REPORT + prose + "\n"
    decoded = decode(text.encode("gb18030"), LABELS)
    assert (decoded.text, decoded.encoding) == (text, "gb18030")


@pytest.mark.parametrize(
    ("end", "left_out"),
    [
        ("\n行政许可\t151", "151"),
        ("\n48.3", "48.3"),
        ("| 1,2", "1,2"),
        ("</td><td>2016", "2016"),
        ("<td><span>2</span><spa", "2</span><spa"),
        ("<td>-7</t", "-7</t"),
    ],
)
def test_a_number_at_which_the_file_breaks_off_is_left_out_with_a_finding(end, left_out):
    decoded = decode((REPORT + end).encode(), LABELS)
    assert decoded.text == REPORT + end.removesuffix(left_out)
    assert [finding.code for finding in decoded.findings] == ["text_cut_off"]


@pytest.mark.parametrize(
    "end", ["151\n", "2023年1月18日", "2023-01-18", "151件", "<td>151</td>", "151</p></body></html>"]
)
def test_a_number_that_ends_before_the_file_does_stays(end):
    decoded = decode((REPORT + end).encode(), LABELS)
    assert (decoded.text, decoded.findings) == (REPORT + end, ())


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_decoded_or_refused_but_never_crash(raw):
    with contextlib.suppress(Unreadable):
        assert isinstance(decode(raw, LABELS).text, str)

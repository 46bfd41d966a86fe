"""Bytes to text: the encoding under which a file shows the labels of the form, whatever it claims about itself.

Big5 decodes under strict gb18030 without an error, into nonsense, and pages declare the wrong charset: neither a
successful decode nor a declaration proves anything, so the candidates are ranked by the form labels they yield.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gk_pipeline.documents.document import Unreadable
from gk_pipeline.quality.finding import Finding

TRADITIONAL = (
    "政府資訊", "政府信息公開", "年度報告", "總計", "行政複議", "行政復議",
    "行政訴訟", "行政許可", "行政處罰", "規章", "申請",
)  # fmt: skip
"""Titles and row labels that every form prints, as a traditional edition spells them: each holds a character that
simplification changed, so none is counted twice, and all of them exist in Big5."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_LONE_REPLACEMENT = {"utf-8": "\ufffd".encode(), "gb18030": "\ufffd".encode("gb18030")}
_NEWLINE = re.compile(r"\r\n|[\r\n]")
_LONGEST_CUT = 3
_TAIL = 2000
_IN_LINE = r"<(?!/?(?:td|th|tr|p|div|li|table|tbody|br|h\d|body|html)\b)[^<>]*>?"
_LAST_NUMBER = re.compile(rf"(?<![^\s>|｜])[+＋－-]?\d(?:[\d,，.．]| (?=\d)|{_IN_LINE})*\Z", re.IGNORECASE)
_MENDABLE_SHARE = 0.001
_TEXT_SHARE = 0.95
_CHUNK = 1 << 16
_BINARY = bytes(code for code in range(32) if chr(code) not in "\t\n\r\f\v")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its byte order mark, the encoding that yields it, and what was amiss."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    encoding: str
    text: str
    cut: int
    damaged: int

    @property
    def is_utf8(self) -> bool:
        return self.encoding.startswith("utf-8")

    def labels(self, phrases: Iterable[str]) -> int:
        return sum(phrase in self.text for phrase in phrases)

    def looks(self) -> tuple[bool, bool, int]:
        """How likely it is without labels: being valid utf-8 is evidence, being valid gb18030 or big5 is not."""
        odd = sum(1 for _ in _ODD.finditer(self.text))
        return odd <= (1 - _TEXT_SHARE) * len(self.text), self.is_utf8 and not self.damaged, -odd


def decode(raw: bytes, expected: Sequence[str]) -> Decoded:
    """The text of `raw` in the encoding that shows most of the `expected` phrases (labels of the form, simplified).

    A character cut off at the end is left out and a few stray bytes are replaced, each with a finding; more damage,
    or a file that is no text, raises `Unreadable`.
    """
    # A page tears the long ones with its tags: short ones are found soonest.
    phrases = sorted((*expected, *TRADITIONAL), key=len)
    body, marked = _unmarked(raw)
    candidates = []
    for candidate in _intact(body, marked):
        # Whatever is valid utf-8 throughout and shows a label in it has no rival: skip the other decodes.
        if candidate.is_utf8 and any(phrase in candidate.text for phrase in phrases):
            return _decoded(candidate, marked, certain=True)
        candidates.append(candidate)
    labels = [candidate.labels(phrases) for candidate in candidates]
    if not any(labels):
        candidates.extend(_mended(body, marked))
        labels = [candidate.labels(phrases) for candidate in candidates]
    most = max(labels, default=0)
    rivals = [candidate for candidate, found in zip(candidates, labels, strict=True) if found == most]
    if most and len(rivals) == 1:
        return _decoded(rivals[0], marked, certain=True)
    best = max(rivals, key=_Candidate.looks, default=None)
    if best is None or not (most or best.looks()[0]):
        raise _undecodable(body)
    return _decoded(best, marked, certain=best.is_utf8 or best.encoding == marked)


def _unmarked(raw: bytes) -> tuple[bytes, str | None]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :], encoding
    return raw, None


def _intact(body: bytes, marked: str | None) -> Iterator[_Candidate]:
    """Every encoding under which the bytes are valid, but for a character that the end of the file cuts off."""
    for encoding in _plausible(body, marked):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(body)
        except UnicodeDecodeError:
            continue
        cut = len(decoder.getstate()[0])
        if cut <= _LONGEST_CUT:
            yield _Candidate(encoding, text, cut, damaged=0)


def _plausible(body: bytes, marked: str | None) -> tuple[str, ...]:
    first = (marked,) if marked and marked != "utf-8-sig" else ()
    names = (*first, "utf-8", "gb18030", "big5")
    if marked or 0 not in body:
        return names
    at_even, at_odd = body[::2].count(0), body[1::2].count(0)
    # Digits and line ends put a NUL in the high half of every unit; 一 (U+4E00) puts a few in the low half.
    if at_odd > 2 * at_even:
        return (*names, "utf-16-le")
    if at_even > 2 * at_odd:
        return (*names, "utf-16-be")
    return names


def _mended(body: bytes, marked: str | None) -> Iterator[_Candidate]:
    """The encodings under which all but a tiny share of the bytes are valid, with the rest replaced."""
    if marked and marked != "utf-8-sig":
        return
    allowed = _MENDABLE_SHARE * len(body)
    for encoding, replacement in _LONE_REPLACEMENT.items():
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        allowed_marks = allowed + body.count(replacement)
        pieces: list[str] = []
        marks = 0
        for start in range(0, len(body), _CHUNK):
            pieces.append(decoder.decode(body[start : start + _CHUNK]))
            marks += pieces[-1].count("\ufffd")
            if marks >= allowed_marks:
                break
        else:
            cut = len(decoder.getstate()[0])
            damaged = marks - body.count(replacement)
            if damaged and cut <= _LONGEST_CUT:
                yield _Candidate(encoding, "".join(pieces), cut, damaged)


def _decoded(best: _Candidate, marked: str | None, *, certain: bool) -> Decoded:
    encoding = "utf-8-sig" if best.is_utf8 and marked == "utf-8-sig" else best.encoding
    findings = (*_losses(best), *(() if certain else (_uncertain(best),)))
    open_end = _may_end_in_a_number(best.text)
    number = _LAST_NUMBER.search(best.text, max(0, len(best.text) - _TAIL)) if open_end else None
    if number is None:
        return Decoded(best.text, encoding, findings)
    return Decoded(best.text[: number.start()], encoding, (*findings, _cut_number(best.text, number[0])))


def _may_end_in_a_number(text: str) -> bool:
    """Whether the last character can be part of a number, or of a tag within one: worth a closer look."""
    last = text[-1:]
    return last.isdigit() or last in ",，.．>" or text.rfind("<") > text.rfind(">")


def _cut_number(text: str, number: str) -> Finding:
    return Finding(
        "warning",
        "text_cut_off",
        f"The file ends amid a line, in the number {number}: it was left out, since more digits may have followed.",
        "Compare the end of the file with the published page; if nothing is missing, put a line break behind it.",
        evidence=text[-20:],
    )


def _losses(best: _Candidate) -> Iterator[Finding]:
    if best.cut:
        yield Finding(
            "warning",
            "text_cut_off",
            f"The file ends inside a character: its last {best.cut} byte(s) were left out.",
            "The end of the file is probably missing. Fetch it again and compare the last line.",
            evidence=best.text[-20:],
        )
    marks = best.text.count("\ufffd")
    if not marks:
        return
    at = best.text.index("\ufffd")
    line = len(_NEWLINE.findall(best.text, 0, at)) + 1
    evidence = best.text[max(0, at - 20) : at + 20]
    advice = "Compare this line and its neighbours with the published page: a digit may have been lost."
    if best.damaged:
        message = f"{best.damaged} place(s) are not valid {best.encoding} and became U+FFFD, first in line {line}."
        yield Finding("warning", "bytes_replaced", message, advice, evidence)
    else:
        message = f"{marks} character(s) were lost (U+FFFD) before the file was saved, first in line {line}."
        yield Finding("warning", "characters_lost", message, advice, evidence)


def _uncertain(best: _Candidate) -> Finding:
    return Finding(
        "warning",
        "encoding_uncertain",
        f"Read as {best.encoding}, but no label of the form confirms that encoding over the others.",
        "Look at the first lines. If they are nonsense, save the file again as UTF-8.",
        evidence=best.text.strip()[:40],
    )


def _undecodable(body: bytes) -> Unreadable:
    breaks = []
    for encoding in _LONE_REPLACEMENT:
        try:
            body.decode(encoding)
        except UnicodeDecodeError as error:
            breaks.append(f"{encoding} at byte {error.start}")
    if len(breaks) < len(_LONE_REPLACEMENT) or len(body.translate(None, _BINARY)) < _TEXT_SHARE * len(body):
        return Unreadable(
            "not_text",
            "The file is binary: most of it is no text in any encoding we know.",
            "Check what kind of file it is and give it its true suffix, or fetch it again.",
        )
    return Unreadable(
        "text_damaged",
        f"Too many bytes fit no encoding; the first that does not fit breaks {' and '.join(breaks)}.",
        "The file was damaged on the way or mixes two encodings. Fetch it again, or save it as UTF-8.",
    )

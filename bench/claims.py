"""What becomes of numbers in sentences: reports whose sentences agree with their tables, and with one number changed.

Prints how many of the numbers that a table holds were found there, how many sentences of sound reports were called a
contradiction, and how many changed numbers were. Seeded; every report is read from its bytes, as `gk extract` does it.
"""

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import sentences as say
from bodies import body

from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import Form, shipped_forms
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import read_document, with_claims

SEED = 20260401
FORMS = shipped_forms()
LABELS = form_labels(FORMS)
BODIES = (
    ("云岭县人民政府", "全县"),
    ("青溪市水利局", "我局"),
    ("白水区人民政府办公室", "本机关"),
    ("松江镇人民政府", "我镇"),
)
REQUESTS = (4, 30, 300)
MARKED = re.compile("⟦(.*?)⟧")

Figures = dict[str, int]


@dataclass(frozen=True)
class Paper:
    """A report as text, where its sentences' numbers stand that a table holds, and the one that was changed."""

    form: Form
    text: str
    marked: tuple[tuple[int, int], ...]
    changed: tuple[int, int] | None
    kind: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--shown", type=int, default=0, help="sentences to show of each kind of failure")
    told = parser.parse_args()
    random = Random(SEED)
    numbers: Counter[str] = Counter()
    for _ in range(told.reports):
        paper = written(random, change=False)
        found = verdicts(read(paper), paper)
        numbers["stated"] += len(paper.marked)
        numbers["matched"] += sum(found.get(place) == "holds" for place in paper.marked)
        false = [place for place, verdict in found.items() if verdict == "broken"]
        numbers["false"] += len(false)
        numbers["doubted reports"] += bool(false)
        missed = [place for place in paper.marked if found.get(place) != "holds"]
        shown(told.shown, "missed", paper, missed[:1], found, numbers)
        shown(1000, "FALSE", paper, false, found, numbers)
    for _ in range(told.reports):
        paper = written(random, change=True)
        if paper.changed is None:
            numbers["changed into nothing else"] += 1
            continue
        found = verdicts(read(paper), paper)
        kind = paper.kind
        right = found.get(paper.changed) == "broken"
        numbers[f"agrees otherwise, {kind}"] += found.get(paper.changed) == "holds"
        numbers[f"changed, {kind}"] += 1
        numbers[f"found, {kind}"] += right
        if not right:
            shown(told.shown, f"not found, {kind}", paper, [paper.changed], found, numbers)
    print(f"{told.reports:,} reports, seed {SEED}")
    print("| | | |\n|---|---:|---|")
    recall = numbers["matched"] / numbers["stated"]
    print(
        f"| numbers in sentences that a table holds, found in it | {recall:.2%} | of {numbers['stated']:,}; >= 95 % |"
    )
    print(
        f"| sentences of sound reports called a contradiction | {numbers['false']} | in {told.reports:,} reports; 0 |"
    )
    targets = {
        "plain": ">= 95 %",
        "limited": "not asked for: 通过, 按时, 其中 of either",
        "of an area": "not asked for: 全县, which the table may not count",
    }
    for kind, target in targets.items():
        share = numbers[f"found, {kind}"] / max(1, numbers[f"changed, {kind}"])
        other = numbers[f"agrees otherwise, {kind}"]
        of = f"of {numbers[f'changed, {kind}']:,}, {other} of which agree with another cell; {target}"
        print(f"| changed numbers called a contradiction, {kind} sentences | {share:.2%} | {of} |")
    dropped = numbers["changed into nothing else"]
    print(f"| reports in which no number could be changed (no slip makes another) | {dropped} | not counted above |")


def shown(most: int, kind: str, paper: Paper, places: list, found: dict, numbers: Counter[str]) -> None:
    for start, end in places:
        numbers[f"shown {kind}"] += 1
        if numbers[f"shown {kind}"] <= most:
            around = paper.text[max(0, start - 260) : start] + f"[{paper.text[start:end]}]" + paper.text[end : end + 12]
            print(f"{kind}: {found.get((start, end))}: {around}".replace("\n", "/"), file=sys.stderr)


def read(paper: Paper) -> JudgedReport:
    """The report, from its bytes to its verdicts."""
    document = read_bytes(paper.text.encode(), "page.txt", LABELS)
    reports = [with_claims(report, FORMS) for report in read_document(Path("page.txt"), document, FORMS)]
    [judged] = judge(reports, FORMS)
    return judged


def verdicts(report: JudgedReport, paper: Paper) -> dict[tuple[int, int], str]:
    """The verdict on each claim, by where it stands in the text."""
    lines = [0, *(match.end() for match in re.finditer("\n", paper.text))]
    judged = {one.claim.claim: one.verdict for one in report.claims}
    found: dict[tuple[int, int], str] = {}
    for claim in report.read.claims:
        start = lines[claim.line - 1] + claim.char_start
        verdict = judged.get(claim.part_of if claim.claim_kind == "part" else claim.claim)
        if found.get((start, start + len(claim.printed))) != "broken":
            found[start, start + len(claim.printed)] = verdict
    return found


def written(random: Random, *, change: bool) -> Paper:
    """A report with consistent tables and sentences; with `change`, one number of a sentence is another."""
    form = random.choice(FORMS)
    tables, figures = figures_of(form, random.choice(REQUESTS), random)
    organization, we = random.choice(BODIES)
    paragraphs = prose(figures, form, we, random)
    kind = "plain"
    text = "\n".join(paragraphs)
    changed = None
    if change:
        marks = list(MARKED.finditer(text))
        mark = random.choice(marks)
        line = text[text.rfind("\n", 0, mark.start()) + 1 : mark.start()]
        kind = "limited" if mark[1].startswith("?") else "of an area" if "全县" in line else "plain"
        printed, _, least = mark[1].removeprefix("?").partition("<")
        other = random.randrange(1, int(least)) if least else spoilt(printed, random)
        if not other:
            return Paper(form, "", (), None, kind)
        text = text[: mark.start()] + f"⟦*{other}⟧" + text[mark.end() :]
    year = form.since + 1
    head = f"{organization}{year}年政府信息公开工作年度报告\n一、总体情况\n"
    plain, marked, end = head, [], 0
    for mark in MARKED.finditer(text):
        plain += text[end : mark.start()]
        end, shown_number = mark.end(), mark[1].lstrip("*?").partition("<")[0]
        place = (len(plain), len(plain) + len(shown_number))
        marked.append(place)
        changed = place if mark[1].startswith("*") else changed
        plain += shown_number
    return Paper(form, plain + text[end:] + "\n" + tables, tuple(marked), changed, kind)


def spoilt(printed: str, random: Random) -> str | int:
    """Another number, as slips of the pen make it: one digit, two exchanged, one more, a few more or less."""
    if "." in printed or len(printed) > 6:
        number = float(printed) + random.choice((-1, 1)) * random.uniform(2.5, 30)
        return f"{number:.1f}" if 0 < number < 100 else ""
    digits = list(printed)
    kind = random.choice(("digit", "exchange", "more", "near"))
    if kind == "digit":
        at = random.randrange(len(digits))
        digits[at] = random.choice([d for d in "123456789" if d != digits[at]])
    elif kind == "exchange" and len(digits) > 1:
        at = random.randrange(len(digits) - 1)
        digits[at], digits[at + 1] = digits[at + 1], digits[at]
    elif kind == "more":
        digits.append(random.choice("0123456789"))
    else:
        digits = list(str(int(printed) + random.choice((1, 2, 3, 10))))
    other = int("".join(digits))
    return other if other != int(printed) else ""


def prose(figures: Figures, form: Form, we: str, random: Random) -> list[str]:
    """The paragraphs of section 一."""
    opening = random.choice(say.LIMITED if random.random() < 0.15 else say.OPENING)
    sentence = opening
    if "办理" not in opening and random.random() < 0.4:
        sentence += random.choice(say.CARRIED)
    if "carried_in" not in sentence and random.random() < 0.3:
        sentence += random.choice(say.MORE_THAN_LAST_YEAR)
    elif random.random() < 0.5:
        of_either = "carried_in" in sentence  # 其中 may be said of the ones carried over
        applicants = random.choice(say.APPLICANTS)
        sentence += applicants.replace("{", "{?") if of_either else applicants
    if random.random() < 0.7:
        sentence += random.choice(say.CLOSED)
        if random.random() < 0.7:
            sentence += random.choice(say.OUTCOMES)
    if random.random() < 0.5:
        sentence += random.choice(say.CARRIED_ON)
    sentence = after_doubt(sentence) + "。"
    if random.random() < 0.3 and figures["outcomes_total"] >= 3:
        sentence += random.choice(say.SHARES)
    cases = random.choice(say.REVIEWS) + (random.choice(say.LITIGATION) if random.random() < 0.7 else "。")
    parts = [random.choice(say.DISCLOSED), sentence, cases]
    parts += random.sample(say.ELSEWHERE, random.randrange(2, 7))
    random.shuffle(parts)
    while len(parts) > 1 and random.random() < 0.4:
        at = random.randrange(len(parts) - 1)
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return [filled(part, figures, form.since + 1, we, random) for part in parts]


def after_doubt(sentence: str) -> str:
    """The sentence with all numbers marked as doubtful that tell more of one that is: 按时办结3件，其中予以公开2件."""
    start = min((at for word in ("{?received}", "{?outcomes_total}") if (at := sentence.find(word)) >= 0), default=None)
    return sentence if start is None else sentence[:start] + re.sub(r"\{\??", "{?", sentence[start:])


def filled(template: str, figures: Figures, year: int, we: str, random: Random) -> str:
    """The template with its numbers; those that a table holds are marked."""
    p, q, r = (random.randrange(1, 3000) for _ in range(3))
    three = "{r}" in template
    whole_least = p + q + (r if three else 0)
    whole = whole_least + random.choice((0, 0, random.randrange(1, 500)))
    loose = {"p": p, "q": q, "r": r, "whole": whole}
    before = max(1, figures["received"] + random.randrange(-40, 40))
    change = figures["received"] - before
    share = printed_share(abs(change), before, random)
    words = {"we": we, "year": year, "last": year - 1, "before": before}
    words["more"] = f"{'减少' if change < 0 else '增加'}{abs(change)}件"
    words["grown"] = f"{'下降' if change < 0 else '增长'}{share}%"

    def number(match: re.Match[str]) -> str:
        name, mark = match[1].removeprefix("?"), "?" if match[1].startswith("?") else ""
        if name in words:
            return str(words[name])
        if name in loose:
            return f"⟦{whole}<{whole_least}⟧" if name == "whole" else str(loose[name])
        if name in ("a", "b", "c", "many"):
            return str(random.randrange(40_000, 90_000) if name == "many" else random.randrange(1, 400))
        part, _, whole_name = name.partition("%")
        value = sum(figures[one] for one in part.split("+"))
        if not whole_name:
            return f"⟦{mark}{value}⟧"
        return f"⟦{mark}{printed_share(value, figures[whole_name], random)}⟧"

    return re.sub(r"\{(.*?)\}", number, template)


def printed_share(part: int, whole: int, random: Random) -> str:
    """A percentage as people print it: rounded or cut off, with as many decimals as they like."""
    if not whole:
        return "0"
    decimals = random.choice((0, 1, 1, 2))
    exact = 100 * part / whole
    if random.random() < 0.3:
        return f"{int(exact * 10**decimals + 1e-9) / 10**decimals:.{decimals}f}"
    return f"{exact:.{decimals}f}"


def figures_of(form: Form, requests: int, random: Random) -> tuple[str, Figures]:
    """Tables that keep every law, as text, and what sentences may say of them."""
    generator = np.random.default_rng(random.randrange(2**32))
    one = body(form, requests, generator)
    table = form.table("applications")
    measures = list(table.measures)
    figures: Figures = {}
    for item, row in zip(table.items.values(), one.numbers.tolist(), strict=True):
        figures[item.code] = row[-1]
        figures |= {f"{item.code}.{measure}": value for measure, value in zip(measures, row, strict=True)}
        if item.group:
            figures[item.group] = figures.get(item.group, 0) + row[-1]
    figures.setdefault("other_processed", figures.get("other", 0))
    figures["received.legal_persons"] = figures["received"] - figures["received.natural_person"]
    section = {one.code: one for one in form.sections}
    lines = [
        f"三、{section['applications'].label.text}",
        "\t".join(["", *(m.label.text for m in table.measures.values())]),
    ]
    for item, row in zip(table.items.values(), one.numbers.tolist(), strict=True):
        lines.append("\t".join([f"{item.label.number or ''}.{item.label.text}", *map(str, row)]))
    review = form.table("review_litigation")
    lines += [f"四、{section['review_litigation'].label.text}", "行政复议\t行政诉讼", "\t未经复议直接起诉\t复议后起诉"]
    lines.append("\t".join(m.label.text for _ in review.items for m in review.measures.values()))
    values = []
    for item in review.items.values():
        results = [random.choice((0, 1, random.randrange(30))) for _ in range(4)]
        row = [*results, sum(results)]
        values += row
        figures |= {f"{item.code}.{measure}": value for measure, value in zip(review.measures, row, strict=True)}
    for measure in review.measures:
        name = "litigation" if measure == "total" else f"litigation.{measure}"
        figures[name] = figures[f"litigation_direct.{measure}"] + figures[f"litigation_after_review.{measure}"]
    return "\n".join([*lines, "\t".join(map(str, values)), ""]), figures


if __name__ == "__main__":
    main()

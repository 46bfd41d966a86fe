"""What became of the numbers of sentences, in words."""

from collections import Counter
from collections.abc import Sequence

from gk_pipeline.facts.testimony import BOTH_YEARS, ClaimVerdict
from gk_pipeline.forms import Form
from gk_pipeline.pictures.labels import label, number
from gk_pipeline.pictures.words import TEXT, Lang
from gk_pipeline.pipeline import JudgedReport
from gk_pipeline.schemas.exact import MICRO


def contradictions(report: JudgedReport) -> list[ClaimVerdict]:
    """The verdicts on sentences that contradict the tables, or nearly."""
    return [one for one in report.claims if one.verdict == "broken"]


def counts_of(report: JudgedReport, lang: Lang) -> str:
    """How many numbers of sentences speak of the tables, and what became of them."""
    verdicts = Counter("note" if is_note(one) else one.verdict for one in report.claims)
    numbers = {name: verdicts[name] for name in ("holds", "broken", "note", "not_assessable")}
    return TEXT[lang]["sentences_read"].format(n=len(report.claims), **numbers)


def is_note(one: ClaimVerdict) -> bool:
    """Whether a number of a sentence nearly agrees, so that it is only worth a look."""
    return one.verdict == "broken" and one.row.severity == "note"


def told_of(report: JudgedReport, one: ClaimVerdict, forms: Sequence[Form], lang: Lang) -> str:
    """What the tables say in words: the sums of cells, or of the parts that the sentence names."""
    if one.parts:
        return f"{' + '.join(part.printed for part in one.parts)} = {number(one.told)}"
    told = f"{one.told / MICRO:.1f}%" if one.claim.claim_kind in ("share", "growth") else number(one.told)
    meant = one.matched or one.against or ""
    return f"{cells_in_words(report, meant, one.claim.table_code, forms, lang)}{TEXT[lang]['is']}{told}"


def cells_in_words(report: JudgedReport, name: str, table_code: str, forms: Sequence[Form], lang: Lang) -> str:
    """What a claim means, `received.total + carried_in.total`, by the labels of the form."""
    if name == BOTH_YEARS:
        return TEXT[lang]["both_years"]
    sides = name.split(" / ")
    return " / ".join(_sum_in_words(report, side, table_code, forms, len(sides) > 1) for side in sides)


def _sum_in_words(report: JudgedReport, name: str, table_code: str, forms: Sequence[Form], of_two: bool) -> str:
    terms = [label(report, forms, table_code, term) for term in name.split(" + ")]
    return f"[{' + '.join(terms)}]" if of_two and len(terms) > 1 else " + ".join(terms)

"""A report of our own with any sentence in its first section, from its bytes to its verdicts."""

import json
from pathlib import Path
from typing import Any

from ways import YUNLING

from gk_pipeline.documents.read import read_bytes
from gk_pipeline.documents.stage import form_labels
from gk_pipeline.forms import shipped_forms
from gk_pipeline.machine import as_json
from gk_pipeline.pipeline import JudgedReport, judge
from gk_pipeline.reports import read_document, with_claims

FORMS = shipped_forms()
TEXT = YUNLING.read_text(encoding="utf-8")
_SENTENCE = "2022年，我局公开水利信息412条，收到政府信息公开申请38件，办结40件，结转下年2件。"
assert _SENTENCE in TEXT
RECEIVED = "2022年，我局收到政府信息公开申请38件"
"""How a sentence begins that speaks of the table: what follows tells more of it."""


def judged(sentence: str, *changes: tuple[str, str]) -> JudgedReport:
    """The report of a water bureau for 2022 that says the sentence, after changes in the rest of its text."""
    text = TEXT.replace(_SENTENCE, sentence)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    document = read_bytes(text.encode(), "page.txt", form_labels(FORMS))
    [report] = judge([with_claims(one, FORMS) for one in read_document(Path("page.txt"), document, FORMS)], FORMS)
    return report


def claims(sentence: str, *changes: tuple[str, str]) -> list[dict[str, Any]]:
    """What the machine interface says of the sentence's numbers."""
    found: list[dict[str, Any]] = json.loads(as_json(judged(sentence, *changes)))["claims"]
    return found


def verdicts(sentence: str, *changes: tuple[str, str]) -> dict[str, str]:
    """The verdict on each number of the sentence, by its subject."""
    return {one["subject"]: one["verdict"] for one in claims(sentence, *changes)}

"""The words of the terminal tables, complete in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import gk_pipeline
from gk_pipeline.pictures.words import FINDING_ZH, READING, STATUS, TEXT, VERDICT
from gk_pipeline.schemas.facts import STATUSES, VERDICTS

PACKAGE = Path(gk_pipeline.__file__).parent


def codes_in_use() -> Iterator[str]:
    """The code of every finding and refusal that the package makes, from its source."""
    for path in PACKAGE.rglob("*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            node.targets[0].id: node.value
            for node in module.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            at = {"Finding": 1, "Unreadable": 0}.get(getattr(call.func, "id", ""))
            if at is None or len(call.args) <= at:
                continue
            code = names.get(getattr(call.args[at], "id", ""), call.args[at])
            if isinstance(code, ast.Constant):
                yield code.value


def test_every_kind_of_finding_is_told_in_chinese():
    used = set(codes_in_use())
    assert len(used) > 30
    assert used - set(FINDING_ZH) == set(), "add a line to FINDING_ZH in gk_pipeline/pictures/words.py"


def test_no_word_is_left_over_from_a_finding_that_is_gone():
    assert set(FINDING_ZH) - set(codes_in_use()) - {"other_year"} == set()


def test_both_languages_have_the_same_words():
    assert TEXT["zh"].keys() == TEXT["en"].keys()
    assert READING["zh"].keys() == READING["en"].keys()


def test_every_status_and_verdict_has_a_word_in_both():
    for lang in ("zh", "en"):
        assert tuple(STATUS[lang]) == STATUSES
        assert tuple(VERDICT[lang]) == VERDICTS

"""Every word of the pages has both languages and is used."""

import re
from pathlib import Path

import gk_pipeline.pictures.pages as pages
from gk_pipeline.pictures.pages.words import CAUSE, SEVERITY, STATUS_MEANS, STATUS_SAID, VERDICT_SAID, WORDS
from gk_pipeline.schemas.facts import CAUSES, SEVERITIES, STATUSES

FOLDER = Path(pages.__file__).parent


def test_no_word_of_the_pages_is_left_over():
    sources = [*FOLDER.rglob("*.html"), *(path for path in FOLDER.glob("*.py") if path.name != "words.py")]
    used = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert [word for word in WORDS if not re.search(rf'(w\.|"){word}\b', used)] == []


def test_every_word_has_both_languages_and_the_same_blanks():
    for said in (*WORDS.values(), *STATUS_SAID.values(), *STATUS_MEANS.values(), *CAUSE.values(), *SEVERITY.values()):
        assert said.zh
        assert said.en
        assert sorted(re.findall(r"{(\w+)}", said.zh)) == sorted(re.findall(r"{(\w+)}", said.en))


def test_every_code_has_a_word():
    assert {*STATUSES, "settled"} == set(STATUS_SAID) == set(STATUS_MEANS)
    assert set(CAUSES) == set(CAUSE)
    assert set(SEVERITIES) == set(SEVERITY)


def test_signs_are_spoken_by_their_words_in_both_languages():
    style = (FOLDER / "templates" / "pages.css").read_text(encoding="utf-8")
    spoken = {**{code: STATUS_SAID[code] for code in ("unverified", "disputed", "settled")}}
    spoken |= {code: VERDICT_SAID[code] for code in ("holds", "used", "not_assessable")}
    for code, said in spoken.items():
        rules = re.findall(rf'^(:root\[lang="en"\] )?\S*\.{code}::after {{.* / "([^"]+)"', style, re.MULTILINE)
        assert rules == [("", said.zh), (':root[lang="en"] ', said.en)], code

"""A text of a page in both its languages."""

import re
from collections.abc import Callable
from typing import NamedTuple

from markupsafe import escape

from gk_pipeline.pictures.words import Lang

_CHINESE = re.compile("[\u3400-\u9fff]")


class Said(NamedTuple):
    """A text in Chinese and in English; in a template it prints both, of which the style sheet shows one.

    Chinese that has no English, as a label of the form, is printed once and marked as Chinese.
    """

    zh: str
    en: str

    def filled(self, **values: object) -> "Said":
        """The text with its placeholders filled; a value that is `Said` fills each language with its own words."""
        zh = {name: value.zh if isinstance(value, Said) else value for name, value in values.items()}
        en = {name: value.en if isinstance(value, Said) else value for name, value in values.items()}
        return Said(self.zh.format(**zh), self.en.format(**en))

    def __html__(self) -> str:
        if self.zh == self.en:
            return f'<span lang="zh">{escape(self.zh)}</span>' if _CHINESE.search(self.zh) else str(escape(self.zh))
        return f'<span lang="zh">{escape(self.zh)}</span><span lang="en">{escape(self.en)}</span>'


def both(tell: Callable[[Lang], str]) -> Said:
    """What is told in each language."""
    return Said(tell("zh"), tell("en"))


def alike(text: str) -> Said:
    """A text that is the same in both languages, as a label of the form."""
    return Said(text, text)


def joined(parts: list[Said]) -> Said:
    """Texts one after another, with the comma of each language."""
    return Said("、".join(one.zh for one in parts), ", ".join(one.en for one in parts))

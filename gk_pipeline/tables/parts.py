"""Parts that a sentence lists behind a whole: 公开信息412条，其中概况类12条、动态类400条."""

import re
from dataclasses import dataclass, field

from gk_pipeline.forms.prose import ClaimRule
from gk_pipeline.tables.claim import ReadClaim
from gk_pipeline.tables.sentences import Here
from gk_pipeline.tables.vocabulary import Vocabulary

_OF_THEM = "其中"
_AROUND = ' 　，,、；;：:（(“”"'
_BRACKET = re.compile(r"[（(）)]")
_LONGEST_NAME = 24
_GOES_ON = "的"
"""Behind a number that says more of a noun: 增加500条的栏目 counts no 500."""


@dataclass(slots=True)
class PartsList:
    """A whole, what it is called, and the parts named so far."""

    whole: Here
    rules: list[ClaimRule]
    words: str
    claim: ReadClaim | None = None
    names: list[str] = field(default_factory=list)

    def name_of(self, here: Here, known: Vocabulary) -> str | None:
        """What a number names a part as; None where it is none.

        A part is a bare noun and its number, the first behind 其中; it may say 通过 and again that it was disclosed.
        Whatever has another verb, preposition or clause tells something else, and so does what stands in brackets
        behind a part.
        """
        rule, stretch = self.rules[0], here.stretch
        if here.stated.counter != self.whole.stated.counter or here.tail.startswith(_GOES_ON):
            return None
        if (_OF_THEM in stretch) != (not self.names) or (self.names and _BRACKET.search(stretch)):
            return None
        name = known.part.sub("", stretch.rpartition(_OF_THEM)[2].strip(_AROUND)) or ""
        bare = name and len(name) <= _LONGEST_NAME and not re.search(r"[，,；;。\d]", name)
        if not bare or known.functions.search(name) or any(word in name for word in rule.ends):
            return None
        return name

    @property
    def overlapping(self) -> str | None:
        """A word by which the parts may count the same things twice.

        None where they are those of one classification: its kinds end alike (动态类、公告类), one is the rest, or all
        are named by who published them.
        """
        rule, first = self.rules[0], self.names[0]
        channels = [(name, word) for name in self.names for word in rule.overlapping if word in name]
        others = [name for name in self.names if not any(word in name for word in rule.overlapping)]
        published_by = others and all(any(word in name for word in rule.publishers) for name in others)
        if published_by or any(word in name for name in self.names for word in rule.rest):
            return None
        if channels:
            return channels[0][1]
        return None if all(name[-1] == first[-1] for name in self.names) else first

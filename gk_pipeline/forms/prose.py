"""What sentences may say about a report's tables, as data: phrases, counters, and the cells that a number may mean."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from gk_pipeline.forms.form import Cell, FormError, FormTable, LawKind, LawRow, LawSeverity

NARRATIVE = "narrative."
"""What the law of a subject is called: this, then its code."""

RuleKind = Literal["cells", "parts"]
"""Whether the numbers of a subject are held against cells, or against their parts in the same sentence."""


@dataclass(frozen=True)
class ClaimRule:
    """A subject of which sentences state numbers.

    `phrases` stand before a number and `behind` ones after it; `counters` are the words it is counted in. `nothing`
    are nouns of which a sentence may say that there was none. `cells` are what it may mean, first the likeliest: a
    cell `item.measure` (an item may be a group) or a sum of them; a sentence may count fewer than the first by up to
    `less`. `wholes` are what a share of it may be a share of. It is read only after one of the subjects `within`, and
    only where one of the words of `context` stands near; a contradiction needs one of `objects` in what it is said
    of. A `head` is a subject of which the numbers after it in its sentence tell more; a `column` one whose column
    they may tell. One `apart` stands beside the heads and tells more of none. Without `faults` nothing contradicts
    it: prose and table often count different things.

    A rule of `parts` has no cells. A word of `ends` in its clause says that a number is no part. Parts named with
    words of `overlapping` may count the same things twice, unless all others are named with `publishers` or one is
    the `rest`.
    """

    subject: str
    table: str
    kind: RuleKind
    label: str
    label_en: str
    phrases: tuple[str, ...]
    counters: tuple[str, ...]
    behind: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    head: bool = False
    apart: bool = False
    column: bool = False
    faults: bool = True

    @property
    def law(self) -> str:
        """The law that its numbers are held to."""
        return NARRATIVE + self.subject

    def row(self, scope: str = "", kind: LawKind = "equality", severity: LawSeverity = "warning") -> LawRow:
        """The law as laws are told of; it is over no matrix."""
        words = (self.statement, self.statement_zh, "the report's own sentences")
        return LawRow(self.law, scope, kind, severity, (), (), *words)

    @property
    def statement(self) -> str:
        """The law in words."""
        if self.kind == "parts":
            return f"the parts that a sentence names of {self.label_en} are not more than the whole"
        return f"what the sentences say of {self.label_en} stands in the table"

    @property
    def statement_zh(self) -> str:
        """The law in Chinese words."""
        if self.kind == "parts":
            return f"正文中{self.label}的各部分之和不超过总数"
        return f"正文所述的{self.label}与表中数字一致"


@dataclass(frozen=True)
class Words:
    """Words that every subject shares.

    `counters` count other things: a number with one of them stands between others and tells nothing. `between` may
    stand between a phrase and its number, `neutral` before a phrase without limiting it; `limiting` ones say that a
    number may count only a part, wherever they stand before it, `fewer` ones behind it that fewer are handled, `sums`
    ones that a number is the sum of those before it. `none` are words for no, `occurring` ones may follow them,
    `onward` how a clause goes on behind a number. `own` is how a body speaks of itself, `area` how it speaks of all
    that it governs, which its tables may count or not. `causing` ones may stand between a number and what it led to.
    `joining` words make one number of two subjects, `whole` ones stand between 占 and a percentage. A part of a whole
    may be told `through` a way (通过网站, 等方式); `functions` never stand in a noun.
    """

    counters: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    limiting: tuple[str, ...] = ()
    fewer: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    occurring: tuple[str, ...] = ()
    onward: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    causing: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Prose:
    """The vocabulary of a form's sentences, equal to itself alone."""

    words: Words
    rules: tuple[ClaimRule, ...]
    by_subject: Mapping[str, ClaimRule] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_subject", {rule.subject: rule for rule in self.rules})


def narrative_laws(proses: Iterable[Prose]) -> dict[str, LawRow]:
    """The law of every subject by code, in the order of the forms."""
    return {rule.law: rule.row() for prose in proses for rule in prose.rules}


NO_PROSE = Prose(Words(), ())
"""Of a form whose sentences are not read."""


@dataclass(frozen=True)
class Admissible:
    """Cells whose sum a number may mean, and what they are called: `received.total + carried_in.total`."""

    name: str
    cells: tuple[Cell, ...]


@cache
def admissible(table: FormTable, names: tuple[str, ...]) -> tuple[Admissible, ...]:
    """The sums of cells that names mean in a table, in their order; one with a cell that it lacks is left out."""
    found = []
    for name in names:
        cells = [_cells(table, term) for term in name.split(" + ")]
        if all(cells):
            found.append(Admissible(name, tuple(cell for term in cells for cell in term)))
    return tuple(found)


def _cells(table: FormTable, term: str) -> list[Cell]:
    item, _, measure = term.partition(".")
    grouped = [one.code for one in table.items.values() if one.group == item]
    pairs = [(code, measure) for code in grouped or [item]]
    return [table.cell_at[pair] for pair in pairs if pair in table.cell_at]


@cache
def in_column(names: tuple[str, ...], column: str) -> tuple[str, ...]:
    """The sums of cells with their measures replaced by those of a column: granted.total in received.natural_person is
    granted.natural_person.
    """
    measures = [term.partition(".")[2] for term in column.split(" + ")]
    items = [[term.partition(".")[0] for term in name.split(" + ")] for name in names]
    return tuple(" + ".join(f"{item}.{measure}" for item in name for measure in measures) for name in items)


_RULE = frozenset(ClaimRule.__dataclass_fields__)
_WORDS = frozenset(Words.__dataclass_fields__)


@cache
def load_prose(path: Path) -> Prose:
    """The vocabulary of a TOML file that several forms share; raises FormError naming the file and the entry."""
    try:
        return prose_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (FormError, OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormError(f"{path.name}: {error}") from error


def prose_of(raw: Mapping[str, Any]) -> Prose:
    """The vocabulary as written: `words` and a `claim` for every subject; raises FormError naming the entry."""
    _known("prose", raw, frozenset({"words", "claim"}))
    try:
        words = {name: tuple(listed) for name, listed in _known("words", raw.get("words", {}), _WORDS).items()}
        prose = Prose(Words(**words), tuple(_rule(entry) for entry in raw["claim"]))
    except KeyError as missing:
        raise FormError(f"prose: {missing.args[0]} is missing.") from missing
    except TypeError as missing:
        raise FormError(f"claim: {missing}.") from missing
    subjects = [rule.subject for rule in prose.rules]
    twice = sorted({subject for subject in subjects if subjects.count(subject) > 1})
    unknown = sorted({name for rule in prose.rules for name in rule.within}.difference(subjects))
    if twice or unknown:
        raise FormError(f"prose: subjects told twice {twice}; subjects `within` that no rule has {unknown}.")
    return prose


def _known(kind: str, entry: Mapping[str, Any], keys: frozenset[str]) -> Mapping[str, Any]:
    unknown = sorted(set(entry) - keys)
    if unknown:
        raise FormError(f"{kind} {entry.get('subject', '')!r} says {unknown}; it may say {sorted(keys)}.")
    return entry


def _rule(entry: Mapping[str, Any]) -> ClaimRule:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in _known("claim", entry, _RULE).items()
    }
    rule = ClaimRule(**{"kind": "cells", "phrases": (), **told})
    if rule.kind == "cells" and not rule.cells:
        raise FormError(f"claim {rule.subject!r} names no cells; write what its numbers may mean.")
    if not (rule.phrases or rule.behind):
        raise FormError(f"claim {rule.subject!r} has neither phrases nor behind; nothing could be read.")
    return rule


def unknown_cells(prose: Prose, tables: Sequence[FormTable]) -> list[str]:
    """What the rules name that stands in none of the tables, as `subject: name`; tables of all forms that share it."""
    return [
        f"{rule.subject}: {name}"
        for rule in prose.rules
        for name in (*rule.cells, *rule.less, *rule.wholes)
        if not any(admissible(table, (name,)) for table in tables if table.code == rule.table)
    ]

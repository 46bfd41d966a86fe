"""The file in which people write down what they decided about single cells: data/corrections/<year>.yaml.

It is a list with an entry a cell: the report by its file under data/raw, the cell, the number that is printed and the
one that belongs there, with the reason, what shows it, who says so and when. Numbers are written as on the page.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import yaml

from gk_pipeline.forms import Form
from gk_pipeline.forms.form import Kind
from gk_pipeline.schemas.exact import plain
from gk_pipeline.schemas.facts import CAUSES
from gk_pipeline.tables.numbers import read_value

REQUIRED = ("report", "cell", "printed", "value", "reason", "evidence", "by", "on")
"""The fields of an entry; `cause` may be added, whose slip it was."""
_NOTHING = ("", "null", "~")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOST_NEAR = 3
_ADVICE = "Nothing was stored. Look at the page again, then mend the entry or remove it."

Cell = tuple[str, str, str]
"""Table, item and measure."""


class Fault(NamedTuple):
    """What is wrong in a line of the file."""

    line: int
    text: str


class BadCorrections(ValueError):
    """Entries that cannot be read, match no cell or are out of date; the message names file, lines and what to do."""

    @classmethod
    def of(cls, file: Path, faults: Sequence[Fault]) -> "BadCorrections":
        """All the faults of a file, in the order of their lines."""
        return cls("\n".join([*(f"{file}:{line}: {text}" for line, text in sorted(faults)), _ADVICE]))


@dataclass(frozen=True)
class Correction:
    """One entry; numbers are millionths, `printed` is None where the cell prints no number.

    `path` is the file under data/raw and `ordinal` the number of the report in it, from 0. `lines` are those of the
    fields.
    """

    lines: Mapping[str, int]
    path: str
    ordinal: int
    cell: Cell
    printed: int | None
    value: int
    reason: str
    evidence: str
    by: str
    on: datetime.date
    cause: str

    @property
    def report(self) -> str:
        """The report in words."""
        return f"{self.path} (report {self.ordinal + 1})" if self.ordinal else self.path

    @property
    def where(self) -> str:
        """The cell and the report in words."""
        return f"{'.'.join(self.cell)} of {self.report}"

    @property
    def reviewed(self) -> str:
        """Who says so, when, and what shows it."""
        return f"reviewed by {self.by} on {self.on.isoformat()}: {self.evidence}"


class Review(NamedTuple):
    """Who says so, when, and what shows it."""

    by: str
    on: str
    evidence: str

    @classmethod
    def of(cls, reviewed: str) -> "Review":
        """The parts of `Correction.reviewed`, which facts.repairs keeps."""
        found = _REVIEWED.fullmatch(reviewed)
        if found is None:
            raise ValueError(f"{reviewed!r} does not tell who reviewed a cell and when.")
        return cls(*found.groups())


_REVIEWED = re.compile(r"reviewed by (.+?) on (\d{4}-\d\d-\d\d): (.*)", re.DOTALL)


@dataclass(frozen=True)
class Entries:
    """A year's file as read: the entries that can be understood, and what is wrong with the others."""

    file: Path
    found: tuple[Correction, ...]
    faults: tuple[Fault, ...]


def read_entries(file: Path, forms: Sequence[Form], today: datetime.date | None = None) -> Entries:
    """The entries of a year's file for cells of the forms; none where there is no file.

    Raises BadCorrections where the file is no list of entries; what is wrong with single ones is in the result. No
    decision is of a day after `today`, in whatever time zone.
    """
    nodes = _nodes(file)
    cells = {
        (table.code, cell.item, cell.measure): cell.kind
        for form in forms
        for table in form.tables
        for cell in table.cells
    }
    last_day = (today or datetime.date.today()) + datetime.timedelta(days=1)
    found, faults = [], []
    for node in nodes:
        entry = _Entry(node, cells, last_day)
        if entry.faults:
            faults += entry.faults
        else:
            found.append(entry.correction())
    return Entries(file, tuple(found), tuple(faults))


def _nodes(file: Path) -> Sequence[yaml.Node]:
    if not file.exists():
        return ()
    try:
        root = yaml.compose(file.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except UnicodeDecodeError as error:
        raise BadCorrections(f"{file}: no UTF-8 text ({error.reason}). Save it as UTF-8.") from error
    except OSError as error:
        raise BadCorrections(
            f"{file} cannot be read ({error.strerror}). It is a text file with a list of entries."
        ) from error
    except yaml.reader.ReaderError as error:
        told = f"character {error.position + 1} is none of a text ({error.reason}). Remove it."
        raise BadCorrections(f"{file}: {told}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadCorrections(f"{file}:{line}: no YAML: {error.problem}. Mend the line.") from error
    except RecursionError as error:
        raise BadCorrections(f"{file}: brackets within brackets without end. It is a list of entries.") from error
    if root is None:
        return ()
    if not isinstance(root, yaml.SequenceNode):
        raise BadCorrections(f"{file}:1: the file is a list of entries; each begins with `- report:`.")
    nodes: Sequence[yaml.Node] = root.value
    return nodes


class _Entry:
    """One entry while it is read: its fields as printed, and everything that is wrong with them."""

    def __init__(self, node: yaml.Node, cells: Mapping[Cell, Kind], last_day: datetime.date) -> None:
        self.cells = cells
        self.line = node.start_mark.line + 1
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.fields = dict(self._fields(node))
        self.cell = self._cell()
        self.printed = self._printed()
        self.value = self._value()
        self.on = self._day(last_day)
        self._complete()

    def correction(self) -> Correction:
        """The entry; only where it has no fault."""
        assert self.value is not None
        assert self.on is not None
        path, ordinal = _report(self.fields["report"])
        return Correction(
            lines=self.lines,
            path=path,
            ordinal=ordinal,
            cell=self.cell,
            printed=self.printed,
            value=self.value,
            reason=self.fields["reason"],
            evidence=self.fields["evidence"],
            by=self.fields["by"],
            on=self.on,
            cause=self.fields.get("cause", "unknown"),
        )

    def _fault(self, field: str, text: str) -> None:
        self.faults.append(Fault(self.lines.get(field, self.line), text))

    def _fields(self, node: yaml.Node) -> Iterator[tuple[str, str]]:
        """The fields as printed: no text is taken for a number, a day or a truth value before we say so."""
        if not isinstance(node, yaml.MappingNode):
            self._fault("", "it is no entry. An entry begins with `- report:`, its other fields stand below.")
            return
        for name, value in node.value:
            line = value.start_mark.line + 1
            if not isinstance(name, yaml.ScalarNode) or not isinstance(value, yaml.ScalarNode):
                self.lines[str(name.value)] = line
                self.faults.append(Fault(line, "it holds more than a text. Put it in quotes."))
                continue
            if name.value in self.lines:
                self.faults.append(Fault(line, f"{name.value} stands there twice. Leave one of them."))
            self.lines[name.value] = line
            yield name.value, value.value.strip()

    def _complete(self) -> None:
        if not self.fields:
            return
        missing = [name for name in REQUIRED if name not in self.lines]
        unknown = [name for name in self.lines if name not in (*REQUIRED, "cause")]
        if missing or unknown:
            told = [f"it lacks {', '.join(missing)}"] if missing else []
            told += [f"it has unknown fields: {', '.join(unknown)}"] if unknown else []
            self._fault("", f"{' and '.join(told)}. An entry has {', '.join(REQUIRED)}, and may have cause.")
        empty = [name for name in REQUIRED if name != "printed" and _is_nothing(self.fields.get(name, "x"))]
        if empty:
            self._fault(
                empty[0], f"{', '.join(empty)} {'are' if empty[1:] else 'is'} empty. Fill in, or remove the entry."
            )
        cause = self.fields.get("cause", "unknown")
        if cause not in CAUSES:
            self._fault("cause", f"{cause} is no cause. Write one of {', '.join(CAUSES)}.")

    def _told(self, field: str) -> str | None:
        """What a field says; None where it is left out or empty."""
        text = self.fields.get(field, "")
        return None if _is_nothing(text) else text

    def _cell(self) -> Cell:
        text = self._told("cell") or ""
        table, item, measure, *more = [*text.split("."), "", "", ""]
        cell = (table, item, measure)
        if text and (cell not in self.cells or any(more)):
            near = get_close_matches(text, map(".".join, self.cells), n=_MOST_NEAR)
            told = f" Near it: {', '.join(near)}." if near else ""
            self._fault("cell", f"{text} is no cell. Write table.item.measure, as applications.received.total.{told}")
        return cell

    def _printed(self) -> int | None:
        """The printed number; None where the page prints none, be it nothing, a dash or a word."""
        text = self._told("printed")
        if text is None or self.cell not in self.cells:
            return None
        read = read_value(text, self.cells[self.cell])
        if read is None or (read.micro is None and any(map(str.isdigit, text))):
            self._fault("printed", f"{text} is no number. Write it as on the page; leave it empty where there is none.")
        return read.micro if read is not None else None

    def _value(self) -> int | None:
        text, kind = self._told("value"), self.cells.get(self.cell)
        if text is None or kind is None:
            return None
        read = read_value(text, kind)
        micro = read.micro if read is not None else None
        if micro is None:
            may_be = "a number such as 25.1, in 万元" if kind == "amount" else "a whole number such as 1234"
            self._fault("value", f"{text} cannot stand in this cell. Write {may_be}.")
        elif micro < 0 and kind != "change":
            self._fault("value", f"{plain(micro)} cannot stand in this cell: it is never below zero.")
        elif micro == self.printed and not self.faults:
            self._fault(
                "value", f"{plain(micro)} is what is printed already. Remove the entry, or write the right value."
            )
        return micro

    def _day(self, last_day: datetime.date) -> datetime.date | None:
        text = self._told("on")
        if text is None:
            return None
        try:
            day = datetime.date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            self._fault("on", f"{text} is no day. Write it as 2024-11-25.")
        elif day > last_day:
            self._fault("on", f"{text} has not come yet. Write the day of the decision.")
        return day


def _is_nothing(text: str) -> bool:
    return text.lower() in _NOTHING


def _report(text: str) -> tuple[str, int]:
    """The file and the number of the report in it: 2020/a.txt, or 2020/a.txt#2 for its second report."""
    path, mark, number = text.rpartition("#")
    if mark and number.isdecimal() and int(number):
        return path, int(number) - 1
    return text, 0

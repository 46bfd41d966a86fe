"""Read form files (TOML) into typed forms, and say in words where a file contradicts itself."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from gk_pipeline.forms.form import (
    Chapter,
    Form,
    FormError,
    FormTable,
    Group,
    Item,
    Kind,
    Label,
    LawSeverity,
    Limit,
    Measure,
    Part,
    Section,
)
from gk_pipeline.forms.indicator import NO_INDICATORS, Indicators, indicators_of, read_indicators
from gk_pipeline.forms.laws import law_rows
from gk_pipeline.forms.prose import NO_PROSE, Prose, load_prose, prose_of, unknown_cells

FOLDER = Path(__file__).parent
"""Where the forms that ship with the package stand, one TOML file each."""

_LABEL = frozenset({"code", "label", "variants", "number"})
_LAW = frozenset({"code", "severity", "statement", "statement_zh", "source", "each"})
_KEYS: Mapping[str, frozenset[str]] = {
    "form": frozenset(
        {"code", "title", "instrument", "since", "until", "section", "table", "law", "prose", "indicators"}
    ),
    "section": _LABEL,
    "table": frozenset(
        {"code", "section", "label", "title_en", "items_across", "groups", "chapters", "part", "law", "limit"}
    ),
    "limit": frozenset({"kind", "most", "source"}),
    "chapter": frozenset({"label", "number", "from", "to"}),
    "group": _LABEL,
    "part": frozenset({"clause", "stub", "over", "measures", "items"}),
    "measure": _LABEL | {"kind", "under"},
    "item": _LABEL | {"group"},
    "law": _LAW | {"items", "sum", "equals", "at_least", "equals_last_year"},
    "law of cells": _LAW | {"kinds", "measures", "most_times_last_year", "base"},
    "law of tables": _LAW | {"base"},
}
"""What an entry of a form file may say: a misspelt key would otherwise be a law or a label that is not there."""

_CODE = re.compile("[a-z][a-z0-9_]*")
_WIDE_KEYS = frozenset({"report_id", "report_year", "item", "form", "organization_id", "position", "label", "status"})
"""Columns of the wide tables and views that are no measures."""


@cache
def shipped_forms() -> tuple[Form, ...]:
    """The forms that ship with the package, oldest first."""
    return load_forms(FOLDER)


def load_forms(folder: Path) -> tuple[Form, ...]:
    """Every form of a folder, oldest first; raises FormError on the first contradiction."""
    forms = sorted((load_form(path) for path in folder.glob("*.toml")), key=lambda form: (form.since, form.code))
    codes = [form.code for form in forms]
    if len(set(codes)) < len(codes):
        raise FormError(f"{folder}: two files share one of the codes {codes}; give each form its own `code`.")
    kinds: dict[tuple[str, str], tuple[Kind, str]] = {}
    for form in forms:
        for table in form.tables:
            for measure in table.measures.values():
                kind, other = kinds.setdefault((table.code, measure.code), (measure.kind, form.code))
                if kind != measure.kind:
                    raise FormError(
                        f"{form.path.name}: {table.code}.{measure.code} is {measure.kind!r}, but {kind!r} in form "
                        f"{other}; it is one column for all forms, so give it another code."
                    )
    _check_indicators(forms)
    return tuple(forms)


def _check_indicators(forms: Sequence[Form]) -> None:
    """An indicator means the same on every form, since values of different forms are compared by its code."""
    meanings: dict[str, tuple[object, str]] = {}
    for form in forms:
        for code, meaning in form.indicators.promised().items():
            other, owner = meanings.setdefault(code, (meaning, form.code))
            if other != meaning:
                raise FormError(
                    f"{form.path.name}: the indicator {code!r} is another one than in form {owner}; its values are "
                    "compared from year to year, so give it another code."
                )


@cache
def load_form(path: Path) -> Form:
    """The form of one TOML file; raises FormError naming the file and the place."""
    try:
        raw = _known("form", tomllib.loads(path.read_text(encoding="utf-8")))
        sections = tuple(Section(entry["code"], _label("section", entry)) for entry in raw["section"])
        tables = tuple(_table(raw["code"], entry, raw.get("law", [])) for entry in raw["table"])
        about = (raw["code"], raw["title"], raw["instrument"], raw["since"], raw.get("until"))
        prose = _prose(path, raw.get("prose"))
        form = Form(path, load_form, *about, sections, tables, prose, NO_INDICATORS)
        _check_form(form, [*raw.get("law", []), *(law for entry in raw["table"] for law in entry.get("law", []))])
        if not isinstance(raw.get("prose"), str):
            _check_own_prose(form)
        form = replace(form, indicators=_indicators(path, raw.get("indicators"), tables))
    except KeyError as missing:
        raise FormError(f"{path.name}: {missing.args[0]} is missing; every entry of its kind needs it.") from missing
    except (FormError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormError(f"{path.name}: {error}") from error
    return form


def _prose(path: Path, told: str | Mapping[str, Any] | None) -> Prose:
    """The form's vocabulary: its own, or a file that it shares with other forms, beside it or among those shipped."""
    if told is None:
        return NO_PROSE
    if not isinstance(told, str):
        return prose_of(told)
    return load_prose(_shared(path, told))


def _indicators(path: Path, told: str | Mapping[str, Any] | None, tables: Sequence[FormTable]) -> Indicators:
    """The form's indicators: its own, or those of a file that it shares with other forms."""
    if told is None:
        return NO_INDICATORS
    raw = read_indicators(_shared(path, told)) if isinstance(told, str) else told
    return indicators_of(raw, tables)


def _shared(path: Path, name: str) -> Path:
    beside = path.parent / name
    return beside if beside.exists() else FOLDER / name


def _check_own_prose(form: Form) -> None:
    """A vocabulary of its own names no cell that the form lacks; a shared one may, for the other forms."""
    unknown = unknown_cells(form.prose, form.tables)
    if unknown:
        raise FormError(f"prose names what is no cell of the form: {unknown}.")


def _known(kind: str, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = sorted(set(entry) - _KEYS[kind])
    if unknown:
        raise FormError(f"{kind} {entry.get('code', '')!r} says {unknown}; it may say {sorted(_KEYS[kind])}.")
    return entry


def _label(kind: str, entry: Mapping[str, Any]) -> Label:
    _known(kind, entry)
    return Label(entry["label"], tuple(entry.get("variants", ())), entry.get("number"))


def _measure(entry: Mapping[str, Any]) -> Measure:
    kind = entry.get("kind", "count")
    if kind not in get_args(Kind):
        raise FormError(f"measure {entry['code']!r} has kind {kind!r}; write one of {get_args(Kind)}.")
    return Measure(entry["code"], _label("measure", entry), kind, entry.get("under"))


def _part(entry: Mapping[str, Any], groups: Sequence[Group]) -> Part:
    known = {group.code for group in groups}
    items = []
    for row in _known("part", entry)["items"]:
        if row.get("group") not in {None, *known}:
            raise FormError(f"item {row['code']!r} stands under unknown group {row['group']!r}.")
        items.append(Item(row["code"], _label("item", row), row.get("group")))
    measures = tuple(_measure(column) for column in entry["measures"])
    return Part(entry.get("clause"), entry.get("stub"), measures, tuple(items), tuple(entry.get("over", ())))


def _chapter(entry: Mapping[str, Any], parts: Sequence[Part]) -> Chapter:
    label = _label("chapter", entry)
    first, last = entry["from"], entry["to"]
    for part in parts:
        codes = [item.code for item in part.items]
        if first in codes and last in codes[codes.index(first) :]:
            return Chapter(label, tuple(codes[codes.index(first) : codes.index(last) + 1]))
    raise FormError(f"chapter {label.text!r} runs from {first!r} to {last!r}: no part has these items in this order.")


def _limit(entry: Mapping[str, Any], parts: Sequence[Part]) -> Limit:
    limit = Limit(_known("limit", entry)["kind"], entry["most"], entry["source"])
    if limit.kind not in {measure.kind for part in parts for measure in part.measures}:
        raise FormError(f"a limit is for the kind {limit.kind!r}: no measure of its table is of it.")
    return limit


def _table(form: str, entry: Mapping[str, Any], shared_laws: Sequence[Mapping[str, Any]]) -> FormTable:
    _known("table", entry)
    groups = tuple(Group(group["code"], _label("group", group)) for group in entry.get("groups", ()))
    parts = tuple(_part(part, groups) for part in entry["part"])
    bare = FormTable(
        form=form,
        code=entry["code"],
        section=entry["section"],
        label=Label(entry["label"]),
        title_en=entry["title_en"],
        items_across=entry.get("items_across", False),
        groups=groups,
        parts=parts,
        laws=(),
        chapters=tuple(_chapter(chapter, parts) for chapter in entry.get("chapters", ())),
        limits=tuple(_limit(limit, parts) for limit in entry.get("limit", ())),
    )
    _check_codes(bare)
    laws = [row for law in entry.get("law", ()) for row in law_rows(bare, _law(law), prefix="")]
    laws += [row for law in shared_laws for row in law_rows(bare, _law(law), prefix=f"{bare.code}.")]
    names = [(row.law, row.scope) for row in laws]
    if len(set(names)) < len(names):
        raise FormError(f"table {bare.code!r} states a law twice for one scope.")
    return replace(bare, laws=tuple(laws))


def _law(law: Mapping[str, Any]) -> Mapping[str, Any]:
    _known({"cell": "law of cells", "table": "law of tables"}.get(law["each"], "law"), law)
    if law["severity"] not in get_args(LawSeverity):
        raise FormError(f"law {law['code']!r} has severity {law['severity']!r}; write one of {get_args(LawSeverity)}.")
    return law


def _check_codes(table: FormTable) -> None:
    items = [item.code for part in table.parts for item in part.items]
    _distinct(f"table {table.code!r}: items and groups", [*items, *(group.code for group in table.groups)])
    for part in table.parts:
        _distinct(f"table {table.code!r}: measures of one part", [measure.code for measure in part.measures])
        for measure in part.measures:
            if measure.code in _WIDE_KEYS:
                raise FormError(f"table {table.code!r}: no measure can be called {measure.code!r}; it is a key column.")
            if table.measures[measure.code].kind != measure.kind:
                raise FormError(f"table {table.code!r}: measure {measure.code!r} has two kinds; codes must agree.")


def _distinct(where: str, codes: Sequence[str]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise FormError(f"{where} use a code twice: {twice}.")
    odd = [code for code in codes if not _CODE.fullmatch(code)]
    if odd:
        raise FormError(f"{where} use {odd}; a code is small letters, digits and _, for it names files and columns.")


def _check_form(form: Form, laws: Sequence[Mapping[str, Any]]) -> None:
    sections = [section.code for section in form.sections]
    _distinct("sections", sections)
    _distinct("tables", [table.code for table in form.tables])
    for table in form.tables:
        if table.section not in sections:
            raise FormError(f"table {table.code!r} stands in unknown section {table.section!r}.")
    stated = {row.law for table in form.tables for row in table.laws}
    measures = {code for table in form.tables for code in table.measures}
    for law in laws:
        unknown = sorted({*law.get("measures", ())} - measures)
        if unknown:
            raise FormError(f"law {law['code']!r} names the measures {unknown}: no table has them.")
    idle = [law["code"] for law in laws if law["code"] not in stated]
    if idle:
        raise FormError(f"the laws {idle} apply to no cell; look at their items and kinds.")

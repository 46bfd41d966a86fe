"""Read form files (TOML) into typed forms, and say in words where a file contradicts itself."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

from gk_pipeline.forms.form import (
    Form,
    FormError,
    FormTable,
    Group,
    Item,
    Kind,
    Label,
    LawSeverity,
    Measure,
    Part,
    Section,
)
from gk_pipeline.forms.laws import law_rows

FOLDER = Path(__file__).parent
"""Where the forms that ship with the package stand, one TOML file each."""


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
    return tuple(forms)


@cache
def load_form(path: Path) -> Form:
    """The form of one TOML file; raises FormError naming the file and the place."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        sections = tuple(Section(entry["code"], _label(entry)) for entry in raw["section"])
        tables = tuple(_table(raw["code"], entry, raw.get("law", [])) for entry in raw["table"])
        about = (raw["code"], raw["title"], raw["instrument"], raw["since"], raw.get("until"))
        form = Form(path, load_form, *about, sections, tables)
    except KeyError as missing:
        raise FormError(f"{path.name}: {missing.args[0]} is missing; every entry of its kind needs it.") from missing
    except (FormError, tomllib.TOMLDecodeError) as error:
        raise FormError(f"{path.name}: {error}") from error
    known = {section.code for section in sections}
    for table in tables:
        if table.section not in known:
            raise FormError(f"{path.name}: table {table.code!r} stands in unknown section {table.section!r}.")
    return form


def _label(entry: Mapping[str, Any]) -> Label:
    return Label(entry["label"], tuple(entry.get("variants", ())), entry.get("number"))


def _measure(entry: Mapping[str, Any]) -> Measure:
    kind = entry.get("kind", "count")
    if kind not in get_args(Kind):
        raise FormError(f"measure {entry['code']!r} has kind {kind!r}; write one of {get_args(Kind)}.")
    return Measure(entry["code"], _label(entry), kind, entry.get("under"))


def _part(entry: Mapping[str, Any], groups: Sequence[Group]) -> Part:
    known = {group.code for group in groups}
    items = []
    for row in entry["items"]:
        if row.get("group") not in {None, *known}:
            raise FormError(f"item {row['code']!r} stands under unknown group {row['group']!r}.")
        items.append(Item(row["code"], _label(row), row.get("group")))
    measures = tuple(_measure(column) for column in entry["measures"])
    return Part(entry.get("clause"), entry.get("stub"), measures, tuple(items))


def _table(form: str, entry: Mapping[str, Any], shared_laws: Sequence[Mapping[str, Any]]) -> FormTable:
    groups = tuple(Group(group["code"], _label(group)) for group in entry.get("groups", ()))
    parts = tuple(_part(part, groups) for part in entry["part"])
    bare = FormTable(
        form=form,
        code=entry["code"],
        section=entry["section"],
        label=_label(entry),
        title_en=entry["title_en"],
        items_across=entry.get("items_across", False),
        groups=groups,
        parts=parts,
        laws=(),
    )
    _check_codes(bare)
    laws = [row for law in entry.get("law", ()) for row in law_rows(bare, _severity(law), prefix="")]
    laws += [row for law in shared_laws for row in law_rows(bare, _severity(law), prefix=f"{bare.code}.")]
    names = [(row.law, row.scope) for row in laws]
    if len(set(names)) < len(names):
        raise FormError(f"table {bare.code!r} states a law twice for one scope.")
    return replace(bare, laws=tuple(laws))


def _severity(law: Mapping[str, Any]) -> Mapping[str, Any]:
    if law["severity"] not in get_args(LawSeverity):
        raise FormError(f"law {law['code']!r} has severity {law['severity']!r}; write one of {get_args(LawSeverity)}.")
    return law


def _check_codes(table: FormTable) -> None:
    items = [item.code for part in table.parts for item in part.items]
    if len(set(items)) < len(items):
        raise FormError(f"table {table.code!r} has an item code twice: {sorted(items)}.")
    for part in table.parts:
        for measure in part.measures:
            if table.measures[measure.code].kind != measure.kind:
                raise FormError(f"table {table.code!r}: measure {measure.code!r} has two kinds; codes must agree.")

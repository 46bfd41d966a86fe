"""The machine interface: a judged report as one JSON object."""

import json
from pathlib import Path

from gk_pipeline.facts.testimony import ClaimVerdict
from gk_pipeline.pipeline import JudgedCell, JudgedLaw, JudgedRepair, JudgedReport
from gk_pipeline.quality.finding import Finding
from gk_pipeline.reports import ReadReport
from gk_pipeline.schemas.exact import MICRO, decimal
from gk_pipeline.sections.detection import MAIN_TABLE
from gk_pipeline.tables.claim import ReadClaim

PLACE = ("block", "page", "line", "grid_row", "grid_column", "char_start", "char_end")


def as_json(report: JudgedReport) -> str:
    """One line of JSON for a report; its keys and their meaning are a contract with other programs."""
    read = report.read
    who = read.identity
    table_forms = {table.code: table.form for table in read.tables}
    return json.dumps(
        {
            "path": str(read.path),
            "document_id": read.document_id,
            "organization": who.organization if who else None,
            "report_year": who.stated_year if who else None,
            "form": table_forms.get(MAIN_TABLE),
            "table_forms": table_forms,
            "title": who.title if who else None,
            "published_on": who.published_on.isoformat() if who and who.published_on else None,
            "scope": who.scope if who else None,
            "facts": [_fact(judged) for judged in report.cells],
            "laws": [*map(_law, report.laws), *map(_narrative, report.claims)],
            "repairs": [_repair(one) for one in report.repairs],
            "claims": _claims(report),
            "findings": [_finding(finding) for finding in report.findings],
            "error": read.error,
        },
        ensure_ascii=False,
    )


def _number(micro: int | None) -> int | float | None:
    """The number as JSON writes it: whole where it is whole, else the shortest decimal that means the same."""
    if micro is None:
        return None
    return micro // MICRO if micro % MICRO == 0 else float(decimal(micro))


def _fact(judged: JudgedCell) -> dict[str, object]:
    cell = judged.cell
    source = {name: value for name in PLACE if (value := getattr(cell, name)) is not None}
    if cell.printed is not None:
        source["text"] = cell.printed
    if cell.confidence is not None:
        source["confidence"] = cell.confidence
    if cell.candidates is not None:
        source["candidates"] = cell.candidates
    return {
        "table_code": cell.table_code,
        "item": cell.item,
        "measure": cell.measure,
        "reported": _number(cell.micro),
        "value": _number(judged.micro),
        "unit": cell.unit,
        "status": judged.status,
        "reading": cell.reading,
        "source": source,
    }


def _law(law: JudgedLaw) -> dict[str, object]:
    difference = None if law.left is None or law.right is None else law.left - law.right
    return {
        "law": law.row.law,
        "scope": law.row.scope,
        "verdict": law.verdict,
        "difference": _number(difference),
        "left_value": _number(law.left),
        "right_value": _number(law.right),
        "severity": law.row.severity,
    }


def _narrative(one: ClaimVerdict) -> dict[str, object]:
    return {
        "law": one.row.law,
        "scope": one.row.scope,
        "verdict": one.verdict,
        "difference": _number(one.difference),
        "left_value": _number(one.left),
        "right_value": _number(one.right),
        "severity": one.row.severity,
    }


def _claims(report: JudgedReport) -> list[dict[str, object]]:
    """Every claim read, with its verdict; a part has that of its whole, another year none."""
    verdicts = {one.claim.claim: one for one in report.claims}
    return [_claim(claim, verdicts.get(claim.claim)) for claim in report.read.claims]


def _claim(claim: ReadClaim, judged: ClaimVerdict | None) -> dict[str, object]:
    told = claim._asdict()
    source = {name: told.pop(name) for name in PLACE}
    told["value"], told["step"] = _number(told.pop("micro")), _number(claim.step)
    told["verdict"] = judged and judged.verdict
    told["severity"] = judged and judged.row.severity
    told["matched"] = judged and judged.matched
    told["against"] = judged and judged.against
    return {**told, "source": {name: value for name, value in source.items() if value is not None}}


def _repair(judged: JudgedRepair) -> dict[str, object]:
    one = judged.repair
    return {
        "table_code": judged.table_code,
        "item": one.cell.item,
        "measure": one.cell.measure,
        "explanation": one.explanation,
        "event": one.event,
        "kind": one.kind,
        "cause": one.cause,
        "value_from": _number(one.value_from),
        "value_to": _number(one.value_to),
        "n_events": one.size,
        "rivals": one.rivals,
        "rival_changes": one.rival_changes,
        "applied": one.applied,
        "why": one.why,
        "tried": one.tried,
    }


def _finding(finding: Finding) -> dict[str, object]:
    return {name: getattr(finding, name) for name in finding.__slots__}


def missing_path(path: Path, error: str) -> str:
    """The line of a path that does not exist, cannot be listed or is a folder without files to read."""
    finding = Finding("error", "path_unusable", error, "Give a path that exists, that holds files and may be opened.")
    nothing_read = ReadReport(path, None, None, (), (finding,), error)
    return as_json(JudgedReport(nothing_read, (), (), (), nothing_read.findings, {}))

"""What a person should look at: the one shape in which every layer says that something is amiss."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should look at.

    `code` is a stable word a query can count (`rows_lost`), `message` says what is wrong and where, `evidence`
    quotes what was printed, `advice` says what to do. `table_code` and `item` narrow it down where they apply.
    """

    severity: Severity
    code: str
    message: str
    advice: str
    evidence: str = ""
    table_code: str | None = None
    item: str | None = None

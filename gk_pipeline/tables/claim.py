"""A claim: a number that a sentence of a report states about its tables."""

from typing import NamedTuple

AND = " + "
"""Between the subjects of a number that is said of several together."""


class ReadClaim(NamedTuple):
    """A number of a sentence: the columns of tables.claims after the report's id, with numbers in millionths."""

    claim: int
    table_code: str
    subject: str
    claim_kind: str
    phrase: str
    printed: str
    micro: int
    counter: str
    bound: str
    step: int
    period: str
    part_of: int | None
    limits: str | None
    sentence: str
    block: int | None
    page: int | None
    line: int | None
    grid_row: int | None
    grid_column: int | None
    char_start: int | None
    char_end: int | None

    @property
    def subjects(self) -> list[str]:
        """The subjects that it counts together, mostly one."""
        return self.subject.split(AND)

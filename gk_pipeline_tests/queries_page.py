"""docs/queries.md: the questions are written by hand, the answers under them by the database."""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import duckdb

REPOSITORY = Path(__file__).parent.parent
PAGE = REPOSITORY / "docs" / "queries.md"

_QUERY = re.compile(r"(```sql\n(?P<sql>(?:(?!```).*\n)*)```\n)(?:\n(?:\|.*\n)+)?")

Answer = tuple[Sequence[str], Sequence[Sequence[object]]]
"""The columns of an answer and its rows."""

Ask = Callable[[str], Answer]


def queries(page: str) -> list[str]:
    """The queries of the page, in order."""
    return [match["sql"] for match in _QUERY.finditer(page)]


def answered(page: str, ask: Ask) -> str:
    """The page with the answer of a database under each query."""
    return _QUERY.sub(lambda match: "\n".join([match[1], *_table(*ask(match["sql"])), ""]), page)


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    numbers = [all(isinstance(row[at], (int, Decimal, type(None))) for row in rows) for at in range(len(columns))]
    yield f"| {' | '.join(columns)} |"
    yield "|" + "|".join("---:" if number else "---" for number in numbers) + "|"
    for row in rows:
        yield f"| {' | '.join(map(_told, row))} |"


def _told(value: object) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def asking(connection: duckdb.DuckDBPyConnection) -> Ask:
    """How a DuckDB database is asked."""

    def ask(sql: str) -> Answer:
        result = connection.execute(sql)
        columns = [column[0] for column in result.description]
        return columns, result.fetchall()

    return ask


def load_samples(folder: Path) -> Path:
    """The database over the sample reports, read anew into a folder by the whole pipeline."""
    from gk_pipeline.materialize import materialize_years

    raw = REPOSITORY / "data" / "raw"
    years = sorted(int(path.name) for path in raw.iterdir() if path.name.isdigit())
    made = {"raw": raw, "corrections": REPOSITORY / "data" / "corrections", "lake": folder / "lake"}
    for outcome in materialize_years(years, **made, duckdb=folder / "gk.duckdb"):
        assert outcome.succeeded, outcome
    return folder / "gk.duckdb"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(load_samples(Path(folder)), read_only=True) as samples:
        PAGE.write_text(answered(PAGE.read_text(encoding="utf-8"), asking(samples)), encoding="utf-8")

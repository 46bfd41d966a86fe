"""The rows of a table or view of the DuckDB warehouse, for an export."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from gk_pipeline.home import years_among
from gk_pipeline.schemas.table import YEAR
from gk_pipeline.warehouse.export.cells import DIGITS_KEPT, is_id

_ROWS_AT_ONCE = 10_000
_NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")


class NothingToExport(ValueError):
    """There is no such table or view; the message says what there is."""


@dataclass(frozen=True)
class Columns:
    """The columns of an export, and those whose numbers are texts: ids, and whole numbers that are too long."""

    names: tuple[str, ...]
    as_text: frozenset[str]


class Source:
    """A table or view, over all years or some."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str, years: str | None) -> None:
        self._connection = connection
        self.name = _known(connection, name)
        types = {column: dtype for column, dtype, *_ in connection.execute(f"DESCRIBE {self.name}").fetchall()}
        self._where = "" if years is None else self._within(years, types)
        whole = [column for column, dtype in types.items() if dtype in _NUMERIC]
        self.columns = Columns(tuple(types), frozenset(filter(is_id, types)) | self._too_long(whole))
        self.n_rows: int = self._one(f"SELECT count(*) FROM {self.name}{self._where}")[0]

    def rows(self) -> Iterator[tuple[object, ...]]:
        """The rows, ordered by all columns from the first on, so that the same rows give the same file."""
        cursor = self._connection.execute(f"SELECT * FROM {self.name}{self._where} ORDER BY ALL")
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from rows

    def _within(self, years: str, columns: Iterable[str]) -> str:
        if YEAR not in columns:
            raise NothingToExport(f"{self.name} has no {YEAR}: leave --years out.")
        found = self._connection.execute(f"SELECT DISTINCT {YEAR} FROM {self.name} ORDER BY 1").fetchall()
        wanted = years_among(years, [year for (year,) in found], f"{self.name} has nothing of")
        return f" WHERE {YEAR} IN ({', '.join(map(str, wanted))})"

    def _too_long(self, whole: Sequence[str]) -> frozenset[str]:
        if not whole:
            return frozenset()
        longest = ", ".join(f'max(abs("{column}"::HUGEINT))' for column in whole)
        found = self._one(f"SELECT {longest} FROM {self.name}{self._where}")
        return frozenset(
            column for column, most in zip(whole, found, strict=True) if most is not None and most >= 10**DIGITS_KEPT
        )

    def _one(self, query: str) -> tuple[int, ...]:
        row = self._connection.execute(query).fetchone()
        assert row is not None
        return tuple(row)


@contextmanager
def opened(database: Path, name: str, years: str | None) -> Iterator[Source]:
    """A table or view of the database, read only, over all years or those asked for.

    Raises NothingToExport when there is none to read, NoSuchYears when it has none of these years.
    """
    if not database.exists():
        raise NothingToExport(f"{database} is not there. Run `gk run` first.")
    try:
        connection = duckdb.connect(database, read_only=True)
    except duckdb.IOException as error:
        raise NothingToExport(f"{database} cannot be opened, a run may be writing it: {error}") from error
    with connection:
        yield Source(connection, name, years)


def _known(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The quoted name of a table or view that is there: what is asked for never becomes SQL."""
    query = """SELECT table_schema || '.' || table_name, '"' || table_schema || '"."' || table_name || '"'
               FROM information_schema.tables ORDER BY ALL"""
    there = dict(connection.execute(query).fetchall())
    if name not in there:
        raise NothingToExport(f"{name} is no table or view of the warehouse. There are: {', '.join(there)}.")
    return str(there[name])

"""A connection to the Postgres server that is fed, and what its errors say to a person. No message has a password."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit

import pyarrow
from adbc_driver_manager import Error
from adbc_driver_postgresql import dbapi

HOW_TO_NAME_IT = "Write it as postgresql://user:password@host:5432/database; a % in the password is written %25."
SCHEMES = ("postgresql", "postgres")
_SECRET = ("password", "sslpassword")
_LOST_AFTER = "1s"
"""How long the server works on for a feed that has died."""


class FeedFailed(Exception):
    """The database could not be fed and is as it was before; the message says why and what to do."""


class PostgresServer:
    """The server that a libpq URI names; shown without its password wherever it is shown."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._check()

    def __repr__(self) -> str:
        parts = urlsplit(self._uri)
        query = dict(parse_qsl(parts.query))
        host = parts.hostname or query.get("host") or "the local socket"
        port = f":{parts.port}" if parts.port else ""
        return f"{unquote(parts.path).strip('/') or 'the default database'} at {unquote(host)}{port}"

    @contextmanager
    def connected(self) -> Iterator["Session"]:
        """A session with the server; raises FeedFailed where there is none to be had."""
        try:
            connection = dbapi.connect(self._uri)
        except Error as error:
            raise FeedFailed(
                f"Postgres, {self}: {self.told(error)}. Check that the server runs and that GK_POSTGRES names it, "
                f"its database and its user. {HOW_TO_NAME_IT}"
            ) from None  # the driver's own error may quote the password
        try:
            session = Session(connection, self)
            session.run(f"SET client_connection_check_interval = '{_LOST_AFTER}'")
            connection.commit()
            yield session
        finally:
            connection.close()

    def told(self, error: Exception) -> str:
        """The server's complaint in one line, without any password."""
        text = " ".join(str(error).split("\n\nQuery was:")[0].replace("[libpq] ", "").split()).rstrip(".")
        for secret in self._secrets():
            text = text.replace(secret, "***")
        return text

    def _check(self) -> None:
        try:
            parts = urlsplit(self._uri)
            known = parts.scheme in SCHEMES and "://" in self._uri and (parts.port is None or parts.port > 0)
        except ValueError:
            known = False
        if not known or any(character.isspace() for character in self._uri):
            raise FeedFailed(f"GK_POSTGRES is no address of a Postgres server. {HOW_TO_NAME_IT}")

    def _secrets(self) -> list[str]:
        parts = urlsplit(self._uri)
        stated = [value for name, value in parse_qsl(parts.query) if name in _SECRET]
        written = [parts.password or "", *stated]
        known = {self._uri, *written, *map(unquote, written)} - {""}
        return sorted(known, key=len, reverse=True)


class Session:
    """A connection in which every statement belongs to a transaction, which `transaction` ends."""

    def __init__(self, connection: dbapi.Connection, server: PostgresServer) -> None:
        self._connection, self._server = connection, server

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; raises FeedFailed for what the server refuses."""
        try:
            yield
            self._connection.commit()
        except Error as error:
            self._undo()
            self._fail(error)
        except BaseException:
            self._undo()
            raise

    def run(self, statement: str, *values: object) -> int:
        """Execute a statement; how many rows it changed."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return int(cursor.rowcount)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._connection.cursor() as cursor:
            cursor.execute(query, values or None)
            return list(cursor.fetchall())

    def copy(self, table: str, rows: pyarrow.RecordBatchReader, *, schema: str) -> None:
        """COPY rows into a table that has columns of their names and types; the schema `pg_temp` is the session's."""
        temporary = schema == "pg_temp"
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(
                table, rows, mode="append", db_schema_name=None if temporary else schema, temporary=temporary
            )

    def told(self, error: Exception) -> str:
        """The server's complaint in one line, without any password."""
        return self._server.told(error)

    def _undo(self) -> None:
        with suppress(Error):  # the connection is gone, and with it the transaction
            self._connection.rollback()

    def _fail(self, error: Error) -> NoReturn:
        raise FeedFailed(f"Postgres, {self._server}: {self.told(error)}.") from None


def identifiers(names: Sequence[str]) -> str:
    """Column names as SQL writes them."""
    return ", ".join(f'"{name}"' for name in names)

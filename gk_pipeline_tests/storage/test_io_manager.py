"""How Dagster stores and loads."""

import dagster as dg
import pytest

from gk_pipeline.partitions import report_years
from gk_pipeline.storage.io_manager import LakeIOManager
from gk_pipeline.storage.stored import StoredTable


@pytest.fixture
def io_manager(lake) -> LakeIOManager:
    return LakeIOManager(folder=str(lake.folder), forms=lake.forms)


FACTS = dg.AssetSpec(["facts", "facts"], partitions_def=report_years)


def handed_to_an_asset(io_manager: LakeIOManager, year: str | None) -> StoredTable:
    """What an asset gets that reads the facts: of one year when it has years itself, else of all."""
    got = []

    @dg.asset(
        ins={"facts": dg.AssetIn(key=FACTS.key, input_manager_key="lake")},
        partitions_def=report_years if year else None,
    )
    def reader(facts: StoredTable) -> None:
        got.append(facts)

    resources = {"lake": io_manager, "io_manager": dg.mem_io_manager}
    dg.materialize([reader, FACTS], partition_key=year, resources=resources, instance=dg.DagsterInstance.ephemeral())
    return got[0]


@pytest.mark.parametrize(("year", "rows"), [("2020", 9), (None, 54), ("2011", 0)])
def test_one_year_or_all_are_loaded_as_the_same_lazy_handle(io_manager, year, rows):
    table = handed_to_an_asset(io_manager, year)
    assert isinstance(table, StoredTable)
    assert table.years == ((int(year),) if year else tuple(map(int, report_years.get_partition_keys())))
    assert table.scan().collect().height == rows


def test_only_staged_tables_are_stored(io_manager):
    context = dg.build_output_context(asset_key=dg.AssetKey(["facts", "facts"]))
    with pytest.raises(TypeError, match="facts/facts was made as list, not staged"):
        io_manager.handle_output(context, [1, 2])

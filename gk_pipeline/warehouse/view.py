"""What a view of the star is: a query that DuckDB and Postgres both run, with a meaning for each column."""

from collections.abc import Mapping
from dataclasses import dataclass

from gk_pipeline.schemas.facts import Facts
from gk_pipeline.schemas.table import Table
from gk_pipeline.warehouse.ddl import meaning

SCHEMA = "warehouse"

Columns = Mapping[str, str]
"""What each column of a view means, in order."""


@dataclass(frozen=True)
class View:
    """A view of the star: its name within the schema, what a row is, its key, its columns and its query."""

    name: str
    about: str
    key: tuple[str, ...]
    columns: Columns
    sql: str

    @property
    def full_name(self) -> str:
        """Schema and name."""
        return f"{SCHEMA}.{self.name}"


BODY = {"organization_id": "机构标识: the body, see organizations", "report_year": "年度: the year reported on"}
CELL = {name: meaning(Facts, name) for name in ("table_code", "item", "measure")}
SCOPE = {
    "scope": "统计范围: whose figures they are: own; consolidated (全辖区汇总), with those of the bodies below it, "
    "which may report them too; unknown. A sum over bodies takes one scope, or it counts them twice"
}
REPORT = {"report_id": "报告标识: the current report, see sections.reports"}


def same(model: type[Table], *names: str) -> Columns:
    """Columns that mean what they mean in a table of the lake."""
    return {name: meaning(model, name) for name in names}

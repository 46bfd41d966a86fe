"""The README of a release."""

from collections.abc import Mapping, Sequence

from gk_pipeline.warehouse.release.manifest import Code
from gk_pipeline.warehouse.release.observation_status import CODES, NO_VALUE, OBS_STATUS

_PAGE = """# {name}

Numbers of Chinese annual reports on government information disclosure (政府信息公开工作年度报告), {first} to {last}.
Each number comes with a status, from the sums that the form itself prescribes.

| file | rows |
|---|---:|
{tables}

Start from `warehouse/facts.parquet`: each body and year once, with what the years before and after settle or veto.
`value` is what the sums and the neighbours support, `reported` what was printed, `replaced` and `replaced_because`
what else stood there. `warehouse/organizations.parquet` has the names of the bodies. `warehouse/items.parquet` and
`measures.parquet` say what the codes mean, and which rows and columns are totals: do not add those to their parts. A
report whose `scope` is `consolidated` (全辖区汇总) counts the bodies below it too: sums over bodies take one scope.
`facts/facts.parquet` has the cells of every report, also of those that another one replaced, before any neighbour was
asked: sums over it count bodies twice. Join on `report_year` and `report_id` together.

[dictionary.md](dictionary.md) says what every table, column, item and measure means. `datapackage.json` says the same
to programs (Frictionless Data Package), `manifest.json` has the sha256 of every file.

## How to read a status

`{obs_status}` of `warehouse.facts` and `facts.facts` is the code of SDMX CL_OBS_STATUS for `status`:

| status | {obs_status} | meaning |
|---|---|---|
{statuses}

Where `value` is empty it is `{no_value}`, whatever the status.

Made by gk_pipeline {version}, code {code}.
"""


def page(name: str, code: Code, rows: Mapping[str, int], years: Sequence[int]) -> str:
    """The text, in Markdown; `rows` by table."""
    return _PAGE.format(
        name=name,
        first=min(years),
        last=max(years),
        tables="\n".join(f"| `{table.replace('.', '/')}.parquet` | {count:,} |" for table, count in rows.items()),
        obs_status=OBS_STATUS,
        statuses="\n".join(f"| `{status}` | `{obs}` | {meaning} |" for status, (obs, meaning) in CODES.items()),
        no_value=NO_VALUE,
        version=code.version,
        code=code.sha256[:12],
    )

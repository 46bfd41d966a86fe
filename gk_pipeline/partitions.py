"""The partitions: a report year is the name of the folder its reports were filed in."""

import dagster as dg

FIRST_YEAR = 2008
"""The first year the 政府信息公开条例 was in force."""

report_years = dg.TimeWindowPartitionsDefinition(start=str(FIRST_YEAR), fmt="%Y", cron_schedule="0 0 1 1 *")
"""Every completed year from the first on; a year is added when it ends, which is when its reports appear."""

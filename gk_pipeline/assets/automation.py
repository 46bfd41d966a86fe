"""When what is made from all years is made anew."""

import dagster as dg

LAKE_HAS_CHANGED = (
    dg.AutomationCondition.any_deps_updated().since_last_handled()
    & ~dg.AutomationCondition.any_deps_in_progress()
    & ~dg.AutomationCondition.in_progress()
).with_label("a year was made and none is being made")
"""Not `eager`: that waits until every year since the first partition was made."""

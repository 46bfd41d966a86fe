"""What Dagster checks of a stored year: our promises (errors), and what publishers got wrong (warnings)."""

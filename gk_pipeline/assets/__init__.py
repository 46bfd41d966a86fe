"""What Dagster shows: an asset a table, a step a layer, a sentence a step."""

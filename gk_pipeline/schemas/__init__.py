"""One pandera model a table, a file a layer: the single description of what is stored."""

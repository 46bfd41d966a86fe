"""Postgres as the downstream warehouse: the same tables, fed by the rows that changed."""

"""Whose report it is, of which year, and where its sections and tables stand."""

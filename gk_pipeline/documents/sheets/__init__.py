"""Workbooks: what their sheets show, and where."""

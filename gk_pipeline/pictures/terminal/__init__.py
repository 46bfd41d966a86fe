"""The pictures of the terminal: tables and lines that fit it."""

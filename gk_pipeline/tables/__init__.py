"""Reading the tables of a form: which printed value belongs to which cell, and what it says."""

"""A report in every format that is read, and what becomes of it where the file is damaged, odd or hostile."""

"""Pages: what a report says cell by cell and what is wrong with it, for clerks and readers, without a server."""

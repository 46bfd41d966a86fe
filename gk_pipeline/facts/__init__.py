"""What holds within a report: every cell with a status, every law with a verdict."""

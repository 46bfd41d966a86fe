"""gk_pipeline: from published government information disclosure reports to reconciled facts."""

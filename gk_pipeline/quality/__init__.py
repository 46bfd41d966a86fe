"""Findings and the scorecard: what a person should look at, and how a year stands."""

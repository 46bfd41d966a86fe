"""The command line."""

from gk_pipeline.cli.app import main

__all__ = ["main"]

"""The command line: ``judge`` and its commands."""

from judge.cli.group import main

__all__ = ["main"]

"""What is wrong with a setting."""

from __future__ import annotations


class SettingsError(Exception):
    """A setting has a value that means nothing; the text names it."""

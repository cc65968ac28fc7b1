"""What may be configured: read once, at the start of a command, and passed on from there."""

from judge.settings.errors import SettingsError
from judge.settings.model import Settings
from judge.settings.reading import read_settings

__all__ = ["Settings", "SettingsError", "read_settings"]

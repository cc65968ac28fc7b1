"""What may be configured: read once, at the start of a command, and passed on from there."""

from judge.settings.errors import SettingsError
from judge.settings.inforce import HIDDEN, InForce, Origin, in_force
from judge.settings.model import Settings
from judge.settings.reading import read_settings

__all__ = [
    "HIDDEN",
    "InForce",
    "Origin",
    "Settings",
    "SettingsError",
    "in_force",
    "read_settings",
]

"""Backups: the whole database in one file, which either kind of database can be made of again."""

from judge.store.archive.container import Archive, Manifest, Say, open_archive
from judge.store.archive.making import make
from judge.store.archive.restoring import Restored, restore
from judge.store.archive.trying import try_in

__all__ = [
    "Archive",
    "Manifest",
    "Restored",
    "Say",
    "make",
    "open_archive",
    "restore",
    "try_in",
]

"""What the commands of the service share: the database, and the course put into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from judge import publishing
from judge.cli.folders import make_folder
from judge.domain.verdict import Verdict
from judge.settings import Settings
from judge.store import Store, schema
from judge.store.audit import Actor
from judge.store.loading import Changes


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the course did; ``broken``: what is wrong with files that do not hold."""

    changes: Changes
    broken: tuple[str, ...]


def open_store(settings: Settings, *, current: bool = True) -> Store:
    """Open the database of the settings; it is closed when the command ends.

    Args:
        settings: the settings.
        current: insist on a schema of this program's version.

    Raises:
        SchemaError: it is of another version.
        DatabaseAway: it can't be reached.
        UsageError: the folder of its file can't be had.
    """
    if not settings.database_url:
        make_folder(settings.data_dir)
    store = Store(settings.database, pool_size=4)
    calling = click.get_current_context(silent=True)
    if calling is not None:
        calling.call_on_close(store.close)
    if current:
        schema.check_current(store)
    return store


def put_course(store: Store, root: Path, *, actor: Actor | None = None) -> Loaded:
    """Load every problem that holds; those that do not keep the version that they had.

    ``actor``: whose act it is, for the audit log; None where the program loads on its own, which it
    need not where nothing has changed.

    Raises:
        ProblemFileError: ``course.yaml`` itself does not hold.
    """
    if actor is None and (nothing := publishing.unchanged(store, root)) is not None:
        return Loaded(nothing, ())
    course = publishing.read_course(root)
    changes = publishing.put_course(store, course, actor=actor)
    return Loaded(changes, tuple(str(each) for each in course.broken.values()))


VERDICTS = tuple(each.value for each in Verdict)

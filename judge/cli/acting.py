"""Who acts at the command line, as the audit log names them, and how workers are told of it."""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterable

import click

from judge.domain.administration import Act
from judge.domain.lifecycle import Queue
from judge.settings import Settings
from judge.store import DatabaseAway, SchemaError, Store, audit, schema
from judge.store.audit import Actor


def actor() -> Actor:
    """Return who called: no user of the site, but the one of this machine, as its kernel has it."""
    number = os.getuid()
    try:
        return Actor(None, pwd.getpwuid(number).pw_name)
    except KeyError:  # in a container, which knows no names
        return Actor(None, f"uid {number}")


def note_afterwards(store: Store, act: Act, subject: str, **detail: object) -> None:
    """Write down what is done already, outside of the database; say so where that can't be.

    An older database has no log yet, and one that is full takes no entry: a backup is what is
    wanted then, and no reason to call it failed.
    """
    try:
        schema.check_current(store)
        with store.write() as session:
            audit.note(session, actor(), act, subject, **detail)
    except SchemaError:
        return
    except DatabaseAway as exc:
        click.echo(f"judge: done, but the audit log can't have it: {exc}", err=True)


def tell_workers(chosen: Settings, waiting: Iterable[tuple[int, Queue]]) -> None:
    """Give hints, after the commit.

    Without a broker workers find what waits by themselves, a little later.
    """
    from judge.messaging import Hints, make_app  # noqa: PLC0415  slow to import

    hints = Hints(make_app(chosen.broker_url, folder=chosen.broker_folder))
    for submission, queue in waiting:
        hints.send(submission, queue)

"""What has to stand before the service is of use: the schema, the course, the first admin."""

from __future__ import annotations

from dataclasses import dataclass

from judge.cli.service import open_store, put_course
from judge.cli.user import add_user
from judge.domain.lifecycle import Role
from judge.settings import Settings
from judge.store import Store, schema, users

_ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What there is now.

    Attributes:
        problems: how many the course has.
        broken: what is wrong with files that do not hold.
        admin: name and one-time password of the first admin, where one was made now.
    """

    problems: int
    broken: tuple[str, ...]
    admin: str | None


def migrated(chosen: Settings) -> Store:
    """Open the database, in this program's schema.

    Raises:
        SchemaError: a newer program wrote it.
        DatabaseAway: it can't be reached.
        UsageError: the folder of its file can't be had.
    """
    store = open_store(chosen, current=False)
    schema.upgrade(store)
    return store


def filled(store: Store, chosen: Settings) -> Prepared:
    """Load the course, see to an admin, and close the database.

    Raises:
        ProblemFileError: ``course.yaml`` itself does not hold.
    """
    loaded = put_course(store, chosen.problems)
    admin = _first_admin(store)
    store.close()
    changes = loaded.changes
    count = len(changes.same) + len(changes.added) + len(changes.changed)
    return Prepared(count, loaded.broken, admin)


def _first_admin(store: Store) -> str | None:
    with store.read() as session:
        if users.count_of(session, Role.ADMIN):
            return None
        name = _ADMIN if users.find(session, _ADMIN) is None else f"{_ADMIN}-1"
    return f"{name}  {add_user(store, name, Role.ADMIN)}"

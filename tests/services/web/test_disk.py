"""A full disk: students lose nothing, pages are shown, and space is all it takes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from judge.catalog import load_problem
from judge.settings import Settings
from judge.store import DatabaseAway, Store
from judge.store.accounts import Login
from judge.store.base import utc_now
from judge.store.work import Submission
from tests.services.conftest import SLUG, SmallDisk
from tests.services.web.conftest import People, Person
from worker.judging import Judging

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
LONG = "# what a student wrote\n" * 9000


@pytest.fixture
def database_url(small_disk: SmallDisk) -> str:
    return f"sqlite:///{small_disk.folder / 'judge.db'}"


@pytest.fixture
def settings(database_url: str, small_disk: SmallDisk) -> Settings:
    return Settings(database_url=database_url, data_dir=small_disk.folder, secret_key="tests")  # type: ignore[arg-type] # a text becomes a secret


def save(person: Person, code: str, based_on: int = 0) -> tuple[int, dict[str, object]]:
    return person.send("PUT", f"/drafts/{SLUG}", {"code": code, "based_on": based_on})


def _go_on(judging: Judging, store: Store) -> None:
    """Write until it fails: a little may go into what the database's files have room for."""
    for _ in range(3):
        judging.work()
        with store.write() as session:
            session.execute(update(Submission).values(fault=LONG))


def test_a_full_disk_says_so_shows_pages_and_is_over_with_the_fullness(
    people: People, store: Store, small_disk: SmallDisk
) -> None:
    ada = people.signed_in()
    with store.write() as session:
        # It is time to note that she is still there.
        session.execute(update(Login).values(seen_at=utc_now() - timedelta(hours=1)))
    small_disk.fill()
    status, told = save(ada, LONG)
    assert status == 503, told
    assert told["error"]["code"] == "503"  # type: ignore[index] # an object
    status, _ = ada.send("POST", f"/submit/{SLUG}", {"code": LONG})
    assert status == 503
    for path in ("/", f"/problems/{SLUG}", "/submissions", "/healthz", "/readyz"):
        assert ada.client.get(path).status_code == 200, path
    small_disk.make_room()
    status, kept = save(ada, LONG)
    assert (status, kept["revision"]) == (200, 1)


def test_what_was_sent_before_the_disk_was_full_is_judged_after(
    people: People,
    judging: Judging,
    store: Store,
    small_disk: SmallDisk,
    request: pytest.FixtureRequest,
) -> None:
    solution = load_problem(request.config.rootpath / "problems" / f"{SLUG}.yaml").solution
    ada = people.signed_in()
    for _ in range(3):
        assert ada.send("POST", f"/submit/{SLUG}", {"code": solution})[0] == 200
    small_disk.fill()
    with pytest.raises(DatabaseAway, match="full"):
        _go_on(judging, store)
    small_disk.make_room()
    judging.work()
    with store.read() as session:
        rows = list(session.scalars(select(Submission)))
    assert [row.verdict for row in rows] == ["accepted"] * 3

"""The users as an admin looks for them, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from judge.domain.lifecycle import Kind, Role
from judge.store import Store, directory, logins, membership, submissions, users
from judge.store.audit import COMMAND_LINE
from judge.store.directory import Sought
from judge.store.submissions import Answer
from tests.services.conftest import counted, put_problem, put_user

pytestmark = pytest.mark.services
HOUR = timedelta(hours=1)


def test_users_are_found_by_how_their_names_begin_page_by_page(store: Store) -> None:
    for name in ("anna", "Adele", "Ada", "Ad%m", "Bob"):
        put_user(store, name)
    with store.write() as session:
        membership.block(session, COMMAND_LINE, "anna")

    def names(sought: Sought, after: str = "", limit: int = 9) -> list[str]:
        with store.read() as session:
            return [
                each.name for each in directory.people(session, sought, after=after, limit=limit)
            ]

    assert sorted(names(Sought("AD"))) == ["Ad%m", "Ada", "Adele"]
    assert names(Sought("ad%")) == ["Ad%m"]
    assert names(Sought(blocked=True)) == ["anna"]
    assert names(Sought(role=Role.ADMIN)) == []
    found: list[str] = []
    while page := names(Sought(), after=found[-1] if found else "", limit=2):
        found += page
    assert sorted(found) == sorted(["anna", "Adele", "Ada", "Ad%m", "Bob"])


def test_a_list_of_users_takes_the_same_questions_however_long_it_is(store: Store) -> None:
    put_problem(store)

    def asked() -> int:
        with counted(store) as seen, store.read() as session:
            directory.people(session)
        return len(seen)

    put_user(store, "first")
    few = asked()
    for number in range(20):
        put_user(store, f"user {number}")
    assert asked() == few


def test_a_user_is_shown_with_last_sight_and_submissions(store: Store) -> None:
    problem = put_problem(store)
    user_id = put_user(store)
    with store.read() as session:
        assert directory.people(session)[0].seen_at is None
    with store.write() as session:
        user = users.find(session, "Ada")
        assert user is not None
        logins.sign_in(session, user, device="x", lasts=HOUR)
        for kind in (Kind.SUBMIT, Kind.SUBMIT, Kind.RUN):
            submissions.create(
                session.connection(), problem, Answer("x", kind), user_id=user_id, most_under_way=9
            )
    with store.read() as session:
        (person,) = directory.people(session)
        login = logins.logins_of(session, user_id)[0]
    assert (person.submissions, person.role, person.blocked) == (2, Role.STUDENT, False)
    assert person.seen_at == login.seen_at

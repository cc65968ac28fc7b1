"""Users, their secrets, drafts and what is left of them, on both databases."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from argon2 import extract_parameters

from judge.domain.lifecycle import Role
from judge.store import (
    NameTaken,
    Store,
    drafts,
    invitations,
    loading,
    logins,
    passwords,
    personal,
    submissions,
    users,
)
from judge.store.audit import COMMAND_LINE
from judge.store.drafts import Conflict, Saved
from judge.store.submissions import Answer, Filter
from judge.store.work import Submission
from tests.services.conftest import put_problem, put_user

pytestmark = pytest.mark.services
HOUR = timedelta(hours=1)


def test_names_that_look_alike_are_one_name(store: Store) -> None:
    put_user(store, "Straße")
    for name in ("STRASSE", "\uff53trasse"):
        with pytest.raises(NameTaken), store.write() as session:
            users.create(session, name=name, password_hash="x")


def test_a_password_is_known_by_its_hash_only() -> None:
    hashed = passwords.hash_password("correct horse battery")
    assert "horse" not in hashed
    assert passwords.verify_password(hashed, "correct horse battery")
    assert not passwords.verify_password(hashed, "correct horse batterz")
    assert not passwords.verify_password(None, "correct horse battery")


def test_whether_there_is_such_a_user_costs_the_same() -> None:
    nobodys, real = passwords.NOBODYS, passwords.hash_password("correct horse battery")
    assert extract_parameters(nobodys) == extract_parameters(real)
    assert not passwords.needs_rehash(nobodys)


def test_a_sign_in_ends_when_it_is_revoked_or_its_user_blocked(store: Store) -> None:
    user_id = put_user(store)
    with store.write() as session:
        user = users.find(session, "ada")
        assert user is not None
        first = logins.sign_in(session, user, device="x", lasts=HOUR)
        second = logins.sign_in(session, user, device="y", lasts=HOUR)
        over = logins.sign_in(session, user, device="z", lasts=-HOUR)
    with store.look() as connection:
        found = logins.login_of(connection, first)
        assert found is not None
        assert found.user == logins.Visitor(user_id, "Ada", "student", None)
        assert logins.login_of(connection, over) is None
        assert logins.login_of(connection, "guess") is None
    with store.write() as session:
        logins.revoke(session, user_id, found.login_id)
    with store.look() as connection:
        assert logins.login_of(connection, first) is None
        assert logins.login_of(connection, second) is not None
    with store.write() as session:
        users.change(session, user_id, blocked=True)
    with store.look() as connection:
        assert logins.login_of(connection, second) is None


def test_an_invitation_is_used_up(store: Store) -> None:
    with store.write() as session:
        code = invitations.invite(session, COMMAND_LINE, uses=1, lasts=HOUR, role=Role.INSTRUCTOR)
        assert logins.use_invitation(session, code) is Role.INSTRUCTOR
        assert logins.use_invitation(session, code) is None
        assert logins.use_invitation(session, "guess") is None


def test_a_reset_link_works_once(store: Store) -> None:
    user_id = put_user(store)
    with store.write() as session:
        token = logins.reset_link(session, user_id, lasts=HOUR)
    with store.write() as session:
        assert logins.find_reset(session, token) is not None
        users.set_password(session, user_id, "new")
        assert logins.find_reset(session, token) is None


def test_a_draft_that_another_device_saved_later_is_not_overwritten(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)

    def save(code: str, based_on: int) -> Saved | Conflict:
        with store.write() as session:
            return drafts.save(
                session, user_id=user_id, problem_id=problem.id, code=code, based_on=based_on
            )

    assert isinstance(save("one", 0), Saved)
    second = save("one two", 1)
    assert isinstance(second, Saved)
    conflict = save("other", 1)
    assert isinstance(conflict, Conflict)
    assert (conflict.revision, conflict.code) == (2, "one two")
    # What replaces much is kept aside.
    assert isinstance(save("", 2), Saved)
    with store.read() as session:
        kept = drafts.copies(session, user_id=user_id, problem_id=problem.id)
    assert [each.code for each in kept] == ["one two"]


def test_a_deleted_user_leaves_no_code_and_no_name(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)
    with store.write() as session:
        row = submissions.create(
            session.connection(), problem, Answer("secret = 1"), user_id=user_id, most_under_way=9
        )
        drafts.save(session, user_id=user_id, problem_id=problem.id, code="d", based_on=0)
    with store.read() as session:
        user = users.find(session, "Ada")
        assert user is not None
        taken = personal.export(session, user)
        assert [each["code"] for each in taken["submissions"]] == ["secret = 1"]
        assert [each["code"] for each in taken["drafts"]] == ["d"]
    with store.write() as session:
        users.remove(session, user_id)
    with store.read() as session:
        left = session.get(Submission, row.id)
        assert left is not None
        assert (left.user_id, left.code) == (None, "")
        assert users.find(session, "Ada") is None


def test_what_a_user_takes_along_is_all_of_it_without_a_secret(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)
    with store.write() as session:
        user = users.find(session, "Ada")
        assert user is not None
        logins.sign_in(session, user, device="Firefox", lasts=timedelta(days=1))
        token = logins.new_api_token(session, user_id, label="editor")
        for number, code in enumerate(("long text " * 9, "")):
            drafts.save(session, user_id=user_id, problem_id=problem.id, code=code, based_on=number)
    with store.read() as session:
        user = users.find(session, "Ada")
        assert user is not None
        taken = personal.export(session, user)
    assert [each["code"] for each in taken["kept_versions"]] == ["long text " * 9]
    assert [each["problem"] for each in taken["drafts"]] == [problem.slug]
    assert [each["browser"] for each in taken["sign_ins"]] == ["Firefox"]
    assert [each["label"] for each in taken["tokens"]] == ["editor"]
    assert str(token) not in json.dumps(taken)
    assert user.password_hash not in json.dumps(taken)


def test_history_comes_in_pages_without_gaps(store: Store) -> None:
    user_id, problem = put_user(store), put_problem(store)
    with store.write() as session:
        numbers = [
            submissions.create(
                session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=99
            ).id
            for _ in range(7)
        ]
    found: list[int] = []
    before = None
    while True:
        with store.read() as session:
            page = submissions.history(session, user_id, Filter(), before=before, limit=3)
        if not page:
            break
        found += [row.id for row in page]
        before = page[-1].id
    assert found == numbers[::-1]


def test_a_changed_problem_gets_a_version_and_a_missing_one_is_withdrawn(store: Store) -> None:
    first = put_problem(store)
    again = put_problem(store)
    assert first.version_id == again.version_id
    with store.write() as session:
        changes = loading.load_course(session, [])
    assert changes.withdrawn == [first.slug]
    assert put_problem(store).withdrawn is False

"""Acts with rights: each does what it says, is in the log with its transaction, or neither."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from judge.domain.administration import Act, Registration
from judge.domain.lifecycle import Role
from judge.store import (
    LastAdmin,
    NotThere,
    Store,
    audit,
    invitations,
    logins,
    membership,
    options,
    users,
)
from judge.store.audit import COMMAND_LINE, Actor, Wanted
from tests.services.conftest import put_user

pytestmark = pytest.mark.services
HOUR = timedelta(hours=1)
EVERYTHING = Wanted()


def put_admin(store: Store, name: str = "Root") -> Actor:
    with store.write() as session:
        user = users.create(session, name=name, password_hash="x", role=Role.ADMIN)
        session.flush()
        return Actor.of(user)


def logged(store: Store, wanted: Wanted = EVERYTHING) -> list[tuple[str, str, str]]:
    with store.read() as session:
        return [
            (each.actor_name, each.action, each.subject) for each in audit.entries(session, wanted)
        ]


def test_an_act_that_is_rolled_back_is_not_in_the_log(store: Store) -> None:
    root = put_admin(store)
    put_user(store)

    def blocked_and_broken() -> None:
        with store.write() as session:
            membership.block(session, root, "Ada")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        blocked_and_broken()
    assert logged(store) == []
    with store.write() as session:
        assert membership.block(session, root, "ADA").blocked
    assert logged(store) == [("Root", "user_blocked", "user Ada")]


def test_what_changes_nothing_is_no_act(store: Store) -> None:
    root = put_admin(store)
    put_user(store)
    with store.write() as session:
        membership.set_role(session, root, "Ada", role=Role.STUDENT)
        membership.unblock(session, root, "Ada")
        assert not options.set_registration(session, root, None)
    assert logged(store) == []


def test_every_act_upon_a_user_does_what_it_says_and_is_logged(store: Store) -> None:
    root = put_admin(store)
    with store.write() as session:
        ada = membership.create(session, root, name="Ada", password_hash="x", role=Role.STUDENT)
        secret = logins.sign_in(session, ada, device="x", lasts=HOUR)
    with store.write() as session:
        assert membership.set_role(session, root, "Ada", role=Role.INSTRUCTOR).role == "instructor"
        link = membership.reset_link(session, COMMAND_LINE, "Ada", lasts=HOUR)
        found = logins.find_reset(session, link)
        assert found is not None
        assert found.name == "Ada"
        membership.sign_out(session, root, "Ada")
    with store.look() as connection:
        assert logins.login_of(connection, secret) is None
    with store.write() as session:
        assert membership.block(session, root, "Ada").blocked
        assert not membership.unblock(session, root, "Ada").blocked
        membership.remove(session, root, "Ada")
    assert logged(store) == [
        ("Root", "user_deleted", "user Ada"),
        ("Root", "user_unblocked", "user Ada"),
        ("Root", "user_blocked", "user Ada"),
        ("Root", "user_signed_out", "user Ada"),
        ("command line", "reset_link_made", "user Ada"),
        ("Root", "role_changed", "user Ada"),
        ("Root", "user_created", "user Ada"),
    ]
    with store.read() as session:
        assert users.find(session, "Ada") is None
        details = [each.detail for each in audit.entries(session)]
        assert {"before": "student", "now": "instructor"} in details
        assert link not in str(details)


def test_an_act_upon_nobody_says_so(store: Store) -> None:
    with pytest.raises(NotThere, match="'Nobody'"), store.write() as session:
        membership.block(session, COMMAND_LINE, "Nobody")


def test_the_last_admin_who_is_let_in_stays(store: Store) -> None:
    root = put_admin(store)
    second = put_admin(store, "Second")
    with store.write() as session:
        membership.block(session, root, "Second")
    with pytest.raises(LastAdmin, match="Root is the only admin"), store.write() as session:
        membership.set_role(session, second, "Root", role=Role.STUDENT)
    with pytest.raises(LastAdmin), store.write() as session:
        membership.block(session, root, "Root")
    assert root.id is not None
    with pytest.raises(LastAdmin), store.write() as session:
        users.remove(session, root.id)
    with store.write() as session:
        membership.unblock(session, root, "Second")
        membership.remove(session, root, "Root")
    assert logged(store)[0] == ("Root", "user_deleted", "user Root")
    with pytest.raises(LastAdmin), store.write() as session:
        membership.set_role(session, second, "Second", role=Role.INSTRUCTOR)


def test_two_admins_who_depose_each_other_at_once_leave_one(store: Store) -> None:
    admins = [put_admin(store, name) for name in ("First", "Second")]
    at_once = threading.Barrier(2)
    refused: list[BaseException] = []

    def depose(actor: Actor, name: str) -> None:
        at_once.wait()
        try:
            with store.write() as session:
                membership.set_role(session, actor, name, role=Role.STUDENT)
        except LastAdmin as exc:
            refused.append(exc)

    threads = [
        threading.Thread(target=depose, args=pair)
        for pair in zip(admins, ("Second", "First"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    with store.read() as session:
        assert users.count_of(session, Role.ADMIN) == 1


def test_the_log_comes_in_pages_and_by_actor_act_and_subject(store: Store) -> None:
    root = put_admin(store)
    with store.write() as session:
        for number in range(5):
            audit.note(session, root, Act.BACKUP_MADE, f"backup {number}", rows=number)
        audit.note(session, COMMAND_LINE, Act.BACKUP_RESTORED, "backup 1")
    with store.read() as session:
        first = audit.entries(session, Wanted(actor="Root"), limit=3)
        rest = audit.entries(session, Wanted(actor="Root"), before=first[-1].id, limit=3)
    assert [each.subject for each in first + rest] == [f"backup {n}" for n in (4, 3, 2, 1, 0)]
    assert first[0].detail == {"rows": 4}
    assert logged(store, Wanted(act=Act.BACKUP_RESTORED)) == [
        ("command line", "backup_restored", "backup 1")
    ]
    assert len(logged(store, Wanted(subject="backup 1"))) == 2


def test_an_entry_outlives_its_actor(store: Store) -> None:
    root = put_admin(store)
    put_admin(store, "Second")
    with store.write() as session:
        options.set_registration(session, root, Registration.CLOSED)
    with store.write() as session:
        assert root.id is not None
        users.remove(session, root.id)
    with store.read() as session:
        (entry,) = audit.entries(session)
        assert (entry.actor_id, entry.actor_name) == (None, "Root")


def test_what_is_too_long_for_the_log_is_cut(store: Store) -> None:
    with store.write() as session:
        audit.note(session, Actor(None, "x" * 999), Act.BACKUP_MADE, "y" * 999, much="z" * 10**6)
    with store.read() as session:
        (entry,) = audit.entries(session)
        assert (len(entry.actor_name), len(entry.subject)) == (120, 200)
        assert len(entry.detail["cut"]) == 20_000


def test_registration_as_an_admin_has_it_holds_over_the_setting(store: Store) -> None:
    root = put_admin(store)

    def now() -> Registration:
        with store.read() as session:
            return options.registration(session, setting="open")

    assert now() is Registration.OPEN
    for mode in (Registration.CLOSED, Registration.INVITATION):
        with store.write() as session:
            assert options.set_registration(session, root, mode)
        assert now() is mode
    with store.write() as session:
        assert options.set_registration(session, root, None)
    assert now() is Registration.OPEN
    with store.read() as session:
        assert [each.detail for each in audit.entries(session)] == [
            {"before": "invitation", "now": None},
            {"before": "closed", "now": "invitation"},
            {"before": None, "now": "closed"},
        ]


def test_who_leaves_is_logged_only_if_they_had_rights(store: Store) -> None:
    put_admin(store)
    put_admin(store, "Second")
    put_user(store)
    for name in ("Ada", "Second"):
        with store.write() as session:
            user = users.find(session, name)
            assert user is not None
            membership.leave(session, user)
    assert logged(store) == [("Second", "user_deleted", "user Second")]


def test_an_invitation_is_listed_until_it_is_withdrawn(store: Store) -> None:
    root = put_admin(store)
    with store.write() as session:
        code = invitations.invite(session, root, uses=2, lasts=HOUR, label="spring class")
        invitations.invite(session, root, uses=1, lasts=-HOUR)
    with store.read() as session:
        (row,) = invitations.good(session)
        assert (row.created_by, row.label, row.uses_left) == ("Root", "spring class", 2)
        assert invitations.good(session, before=row.id) == []
    with store.write() as session:
        invitations.withdraw(session, root, row.id)
        assert logins.use_invitation(session, code) is None
    with pytest.raises(NotThere), store.write() as session:
        invitations.withdraw(session, root, row.id)
    assert logged(store)[0] == ("Root", "invitation_withdrawn", f"invitation {row.id}")
    assert code not in str(logged(store))

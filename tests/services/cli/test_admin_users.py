"""``judge user``, ``judge registration``: what they do, what they print, what the log keeps."""

from __future__ import annotations

import os
import pwd
from datetime import timedelta

import pytest

from judge.store import logins, passwords, users
from judge.store.accounts import User
from tests.services.cli.calling import Admin
from tests.services.conftest import put_user

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def me() -> str:
    return pwd.getpwuid(os.getuid()).pw_name


def test_a_user_is_made_and_can_sign_in(admin: Admin, me: str) -> None:
    made = admin.json("user", "add", "ada", "--role", "admin")
    with admin.store.read() as session:
        user = users.find(session, "ada")
        assert user is not None
        assert passwords.verify_password(user.password_hash, made["password"])
    assert (made["role"], user.role) == ("admin", "admin")
    assert admin.logged() == [(me, "user_created", "user ada")]
    assert "there is a user 'Ada' already" in admin.refused("user", "create", "Ada")


@pytest.mark.parametrize("name", ["", "x" * 41, "a\x1b[1m"])
def test_what_is_no_name_is_refused(name: str, admin: Admin) -> None:
    assert "a name has 1 to 40 characters" in admin.refused("user", "add", name)
    assert admin.logged() == []


def test_users_are_found_by_name_role_and_block(admin: Admin) -> None:
    for name, role in (("ada", "admin"), ("alan", "student"), ("grace", "student")):
        admin.json("user", "add", name, "--role", role)
    admin.json("user", "block", "alan")

    def names(*options: str) -> list[str]:
        return [each["name"] for each in admin.json("user", "list", *options)["users"]]

    assert names() == ["ada", "alan", "grace"]
    assert names("--search", "A") == ["ada", "alan"]
    assert names("--role", "student", "--not-blocked") == ["grace"]
    assert names("--blocked") == ["alan"]
    assert "alan  (blocked)" in admin.words("user", "list")
    one = admin.json("user", "list", "--search", "grace")["users"][0]
    assert (one["submissions"], one["seen_at"], one["blocked"]) == (0, None, False)


def test_the_only_admin_stays_one(admin: Admin) -> None:
    admin.json("user", "add", "ada", "--role", "admin")
    assert "ada is the only admin" in admin.refused("user", "role", "ada", "student")
    assert "ada is the only admin" in admin.refused("user", "block", "ada")
    admin.json("user", "add", "grace", "--role", "admin")
    assert admin.json("user", "role", "Ada", "student") == {"name": "ada", "role": "student"}
    assert admin.logged()[0][1:] == ("role_changed", "user ada")


def test_a_block_signs_out_and_can_be_undone(admin: Admin) -> None:
    user_id = put_user(admin.store)
    with admin.store.write() as session:
        user = session.get_one(User, user_id)
        logins.sign_in(session, user, device="tests", lasts=timedelta(hours=1))
    assert admin.json("user", "block", "ada") == {"name": "Ada", "blocked": True}
    with admin.store.read() as session:
        assert logins.logins_of(session, user_id) == []
    assert admin.json("user", "block", "ada", "--undo")["blocked"] is False
    assert admin.json("user", "sign-out", "Ada") == {"name": "Ada"}
    acts = [act for _, act, _ in admin.logged()]
    assert acts == ["user_signed_out", "user_unblocked", "user_blocked"]


def test_a_link_for_a_new_password_is_of_the_sites_address(admin: Admin) -> None:
    put_user(admin.store)
    made = admin.json(
        "user", "reset-link", "Ada", "--hours", "2", JUDGE_PUBLIC_URL="https://x.test"
    )
    assert made["link"].startswith("https://x.test/reset/")
    assert admin.logged()[0][1:] == ("reset_link_made", "user Ada")
    # The secret itself is no matter of the log's.
    assert made["link"].rpartition("/")[2] not in admin.words("audit")


@pytest.mark.parametrize(
    "command",
    [
        ("role", "nobody", "admin"),
        ("block", "nobody"),
        ("sign-out", "nobody"),
        ("reset-link", "nobody"),
    ],
)
def test_who_is_not_there_is_named(command: tuple[str, ...], admin: Admin) -> None:
    assert admin.refused("user", *command) == "there is no user 'nobody'"
    assert admin.logged() == []


def test_an_invitation_is_made_listed_and_withdrawn(admin: Admin, me: str) -> None:
    made = admin.json("user", "invite", "--uses", "30", "--label", "class of 2026")
    (found,) = admin.json("user", "invitations")["invitations"]
    assert (found["uses_left"], found["label"], found["created_by"]) == (30, "class of 2026", me)
    assert made["code"] not in str(found)
    assert "class of 2026" in admin.words("user", "invitations")
    number = str(found["invitation"])
    assert admin.json("user", "withdraw", number) == {"invitation": found["invitation"]}
    assert admin.json("user", "invitations") == {"invitations": []}
    assert f"there is no invitation {number}" in admin.refused("user", "withdraw", number)
    assert [act for _, act, _ in admin.logged()] == ["invitation_withdrawn", "invitation_made"]


def test_registration_is_shown_changed_and_given_back_to_its_setting(admin: Admin) -> None:
    before = {"registration": "open", "stored": None, "setting": "open", "changed": False}
    assert admin.json("registration") == before
    assert admin.json("registration", "closed") == {
        "registration": "closed",
        "stored": "closed",
        "setting": "open",
        "changed": True,
    }
    assert admin.json("registration", "closed")["changed"] is False
    assert "closed  (an admin's choice" in admin.words("registration")
    assert admin.json("registration", "--default") == {**before, "changed": True}
    assert [act for _, act, _ in admin.logged()] == ["registration_changed"] * 2
    assert "either a mode or --default" in admin.refused("registration", "open", "--default")

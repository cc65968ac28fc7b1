"""What an admin does to users and invitations: each act works, is in the log, and says so."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest

from judge.domain.administration import Registration
from judge.domain.lifecycle import Role
from judge.store import Store, audit, invitations, logins, options, users
from judge.store.accounts import User
from judge.store.audit import COMMAND_LINE
from tests.services.conftest import counted, put_user
from tests.services.web.conftest import PASSWORD, People, Person

pytestmark = pytest.mark.services
HOSTILE = "<script>alert(1)</script>\u202e"
SECRET = re.compile(r'id="secret"[^>]* value="([^"]+)"')


@pytest.fixture
def admin(people: People) -> Person:
    return people.signed_in("Root", Role.ADMIN)


def page(person: Person, path: str) -> str:
    answer = person.client.get(path)
    assert answer.status_code == 200, path
    return html.unescape(answer.get_data(as_text=True))


def secret_in(text: str) -> str:
    found = SECRET.search(text)
    assert found
    return html.unescape(found[1])


def logged(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as session:
        return [(each.actor_name, each.action, each.subject) for each in audit.entries(session)]


def found(store: Store, name: str) -> User:
    with store.read() as session:
        user = users.find(session, name)
    assert user is not None
    return user


def test_a_user_is_made_with_a_password_that_is_shown_once(
    people: People, admin: Person, store: Store
) -> None:
    status, text = admin.post("/admin/users", name="Grace", role="instructor")
    assert status == 200
    password = secret_in(text)
    assert password not in page(admin, "/admin/users")
    assert found(store, "Grace").rank is Role.INSTRUCTOR
    assert people.stranger().post("/sign-in", name="Grace", password=password)[0] == 302
    assert logged(store) == [("Root", "user_created", "user Grace")]
    assert "This name is taken" in admin.post("/admin/users", name="GRACE", role="student")[1]
    assert len(logged(store)) == 1


@pytest.mark.parametrize("fields", [{"name": "Gr\u0430ce"}, {"name": ""}, {"role": "god"}])
def test_a_user_who_can_not_be_is_not_made(
    admin: Person, store: Store, fields: dict[str, str]
) -> None:
    status, text = admin.post("/admin/users", **{"name": "Grace", "role": "student", **fields})
    assert status == 200
    assert "field-errors" in text
    assert logged(store) == []


def test_a_role_is_changed_and_holds_at_once(people: People, admin: Person, store: Store) -> None:
    ada = people.signed_in("Ada")
    assert ada.client.get("/admin").status_code == 403
    assert admin.post(f"/admin/users/{ada.id}/role", role="admin")[0] == 302
    assert ada.client.get("/admin").status_code == 200
    assert logged(store) == [("Root", "role_changed", "user Ada")]
    assert admin.post(f"/admin/users/{ada.id}/role", role="god")[0] == 400
    assert admin.post("/admin/users/999/role", role="admin")[0] == 404


def test_who_is_blocked_is_out_until_unblocked(people: People, admin: Person, store: Store) -> None:
    ada = people.signed_in("Ada")
    admin.post(f"/admin/users/{ada.id}/block")
    assert ada.client.get("/account").status_code == 302
    assert ada.post("/sign-in", name="Ada", password=PASSWORD)[0] == 200
    assert "Ada is blocked" in page(admin, f"/admin/users/{ada.id}")
    admin.post(f"/admin/users/{ada.id}/unblock")
    assert ada.post("/sign-in", name="Ada", password=PASSWORD)[0] == 302
    acts = [act for _, act, _ in logged(store)]
    assert acts == ["user_unblocked", "user_blocked"]


def test_signing_out_everywhere_leaves_the_account(
    people: People, admin: Person, store: Store
) -> None:
    ada = people.signed_in("Ada")
    assert admin.post(f"/admin/users/{ada.id}/sign-out")[0] == 302
    assert ada.client.get("/account").status_code == 302
    assert ada.post("/sign-in", name="Ada", password=PASSWORD)[0] == 302
    assert logged(store) == [("Root", "user_signed_out", "user Ada")]


def test_a_reset_link_is_shown_once_and_sets_a_password(
    people: People, admin: Person, store: Store
) -> None:
    ada = put_user(store)
    status, text = admin.post(f"/admin/users/{ada}/reset-link")
    assert status == 200
    link = secret_in(text)
    assert link.startswith("http://localhost/reset/")
    stranger = people.stranger()
    assert stranger.post(link, password="another sentence 43")[0] == 302
    assert "Ada" in stranger.client.get("/account").get_data(as_text=True)
    assert logged(store) == [("Root", "reset_link_made", "user Ada")]
    assert link.rpartition("/")[2] not in page(admin, "/admin/audit")


@pytest.mark.parametrize("act", ["block", "role"])
def test_the_only_admin_is_asked_to_stay(admin: Person, store: Store, act: str) -> None:
    assert admin.post(f"/admin/users/{admin.id}/{act}", role="student")[0] == 302
    assert "Root is the only admin" in page(admin, f"/admin/users/{admin.id}")
    assert logged(store) == []


def test_one_of_two_admins_may_step_down(people: People, admin: Person, store: Store) -> None:
    people.signed_in("Second", Role.ADMIN)
    answer = admin.client.post(
        f"/admin/users/{admin.id}/role", data={"csrf_token": admin.csrf(), "role": "student"}
    )
    assert answer.headers["Location"] == "/"
    assert admin.client.get("/admin").status_code == 403
    assert found(store, "Root").rank is Role.STUDENT


def test_users_are_looked_for_by_prefix_role_and_block(
    people: People, admin: Person, store: Store
) -> None:
    for name in ("Ada", "Adele", "Bob"):
        put_user(store, name)
    teacher = people.signed_in("Adrian", Role.INSTRUCTOR)
    admin.post(f"/admin/users/{teacher.id}/block")

    def names(query: str) -> list[str]:
        text = page(admin, f"/admin/users?{query}")
        return re.findall(r'<th scope="row"><a href="/admin/users/\d+">([^<]+)</a>', text)

    assert names("prefix=AD") == ["Ada", "Adele", "Adrian"]
    assert names("prefix=ad&role=instructor") == names("blocked=yes") == ["Adrian"]
    assert names("prefix=ad&blocked=no") == ["Ada", "Adele"]
    assert names("prefix=nobody") == []
    assert len(names("role=nonsense")) == 5


def test_many_users_come_page_by_page_with_as_many_questions(admin: Person, store: Store) -> None:
    with counted(store) as few:
        page(admin, "/admin/users")
    with store.write() as session:
        for number in range(60):
            users.create(session, name=f"student {number:02}", password_hash="none")
    with counted(store) as many:
        text = page(admin, "/admin/users")
    assert len(many) == len(few)
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following
    assert "student 59" not in text
    assert "student 59" in page(admin, following[1])


def test_a_hostile_name_is_text_on_every_page(admin: Person, store: Store) -> None:
    with store.write() as session:
        user = users.create(session, name=HOSTILE, password_hash="none")
        invitations.invite(
            session, COMMAND_LINE, uses=1, lasts=timedelta(hours=1), label=f"<b>{HOSTILE}"
        )
        number = user.id
    admin.post(f"/admin/users/{number}/sign-out")
    for path in ("/admin/users", f"/admin/users/{number}", "/admin/registration", "/admin/audit"):
        text = admin.client.get(path).get_data(as_text=True)
        assert "&lt;script&gt;alert(1)" in text, path
        assert "<script>alert" not in text, path
        assert "<b><" not in text, path


def test_an_invitation_is_made_used_listed_and_withdrawn(
    people: People, admin: Person, store: Store
) -> None:
    _, text = admin.post("/admin/registration/mode", mode="invitation")
    fields = {"uses": "2", "days": "7", "role": "instructor", "label": "The autumn class"}
    status, text = admin.post("/admin/registration/invitations", **fields)
    assert status == 200
    code = secret_in(text)
    listed = page(admin, "/admin/registration")
    assert "The autumn class" in listed
    assert code not in listed
    guest = people.stranger()
    assert guest.post("/register", name="Eve", password=PASSWORD, invitation=code)[0] == 302
    assert found(store, "Eve").rank is Role.INSTRUCTOR
    with store.read() as session:
        number = invitations.good(session)[0].id
    admin.post(f"/admin/registration/invitations/{number}/withdraw")
    assert "No invitation is open" in page(admin, "/admin/registration")
    with store.write() as session:
        assert logins.use_invitation(session, code) is None
    admin.post(f"/admin/registration/invitations/{number}/withdraw")
    assert "gone already" in page(admin, "/admin/registration")
    acts = [act for _, act, _ in logged(store)]
    assert acts == ["invitation_withdrawn", "invitation_made", "registration_changed"]


@pytest.mark.parametrize("fields", [{"uses": "0"}, {"uses": "many"}, {"days": "366"}, {"uses": ""}])
def test_an_invitation_that_makes_no_sense_is_not_made(
    admin: Person, store: Store, fields: dict[str, str]
) -> None:
    good = {"uses": "1", "days": "7", "role": "student", "label": ""}
    status, text = admin.post("/admin/registration/invitations", **{**good, **fields})
    assert status == 200
    assert "field-errors" in text
    assert logged(store) == []


def test_who_may_register_changes_at_once_and_back(
    people: People, admin: Person, store: Store
) -> None:
    stranger = people.stranger()

    def offered() -> tuple[int, bool]:
        front = stranger.client.get("/").get_data(as_text=True)
        assert ("/register" in stranger.client.get("/sign-in").get_data(as_text=True)) == (
            "/register" in front
        )
        return stranger.client.get("/register").status_code, "/register" in front

    assert offered() == (200, True)
    admin.post("/admin/registration/mode", mode="closed")
    assert offered() == (404, False)
    assert stranger.post("/register", name="Eve", password=PASSWORD)[0] == 404
    admin.post("/admin/registration/mode", mode="invitation")
    assert offered() == (200, True)
    assert 'name="invitation"' in page(stranger, "/register")
    admin.post("/admin/registration/mode", mode="setting")
    assert 'name="invitation"' not in page(stranger, "/register")
    with store.read() as session:
        assert options.stored_registration(session) is None
    acts = [(act, subject) for _, act, subject in logged(store)]
    assert acts == [("registration_changed", "registration")] * 3
    admin.post("/admin/registration/mode", mode="setting")
    assert "like that already" in page(admin, "/admin/registration")
    assert admin.post("/admin/registration/mode", mode="nonsense")[0] == 400
    assert len(logged(store)) == 3


@pytest.mark.parametrize("mode", list(Registration))
def test_the_page_says_which_mode_holds(admin: Person, mode: Registration) -> None:
    admin.post("/admin/registration/mode", mode=mode.value)
    checked = re.findall(r'value="(\w+)"[^>]* checked', page(admin, "/admin/registration"))
    assert checked == [mode.value]

"""Accounts: made, signed in to, changed and deleted, as a browser does it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from judge.domain.lifecycle import Role
from judge.settings import Settings
from judge.store import Store, invitations, logins, users
from judge.store.audit import COMMAND_LINE
from tests.services.web.conftest import PASSWORD, HintList, People
from web import create_app

pytestmark = pytest.mark.services


def test_who_registers_is_signed_in(people: People) -> None:
    person = people.stranger()
    status, _ = person.post("/register", name="Grace", password=PASSWORD)
    assert status == 302
    assert "Grace" in person.client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("Grace", "short", "between 10 and 200"),
        ("Grace", "qwertyuiop", "first that anybody would try"),
        ("Grace Hopper1", "grace hopper1", "may not be the name"),
        ("Gra\u202ece", PASSWORD, "Letters of one script"),
        ("Gr\u0430ce", PASSWORD, "Letters of one script"),
        ("  Grace", PASSWORD, "Letters of one script"),
    ],
)
def test_a_bad_registration_says_what_to_mend(
    people: People, name: str, password: str, said: str
) -> None:
    status, page = people.stranger().post("/register", name=name, password=password)
    assert status == 200
    assert said in page


def test_a_taken_name_is_refused_in_any_case(people: People) -> None:
    people.signed_in("Ada")
    _, page = people.stranger().post("/register", name="ADA", password=PASSWORD)
    assert "This name is taken" in page


def test_a_wrong_password_and_an_unknown_name_are_told_alike(people: People) -> None:
    people.signed_in("Ada")
    said = [
        people.stranger().post("/sign-in", name=name, password="wrong wrong wrong")[1]
        for name in ("Ada", "Nobody")
    ]
    assert all("Name or password is wrong." in page for page in said)


def test_signing_out_ends_the_session_on_the_server(people: People) -> None:
    person = people.signed_in()
    cookie = person.client.get_cookie("login")
    assert cookie is not None
    person.post("/sign-out")
    other = people.stranger()
    other.client.set_cookie("login", cookie.value)
    assert other.client.get("/account").status_code == 302


def test_a_cookie_is_out_of_reach_of_scripts(people: People) -> None:
    cookie = people.signed_in().client.get_cookie("login")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_a_new_password_signs_out_everywhere_else(people: People, app: Flask) -> None:
    here = people.signed_in()
    there = people.stranger()
    there.post("/sign-in", name="Ada", password=PASSWORD)
    assert there.client.get("/account").status_code == 200
    here.post("/account/password", current=PASSWORD, password="another long sentence")
    assert here.client.get("/account").status_code == 200
    assert there.client.get("/account").status_code == 302
    assert app is not None


def test_a_reset_link_sets_a_password_once(people: People, store: Store) -> None:
    person = people.signed_in()
    with store.write() as session:
        token = logins.reset_link(session, person.id, lasts=timedelta(hours=1))
    stranger = people.stranger()
    assert stranger.post(f"/reset/{token}", password="another long sentence")[0] == 302
    assert stranger.client.get("/account").status_code == 200
    assert people.stranger().client.get(f"/reset/{token}").status_code == 302


def test_a_deleted_account_is_gone(people: People, store: Store) -> None:
    person = people.signed_in()
    person.post("/account/delete", **{"delete-current": "wrong wrong wrong"})
    with store.read() as session:
        assert users.find(session, "Ada") is not None
    person.post("/account/delete", **{"delete-current": PASSWORD})
    with store.read() as session:
        assert users.find(session, "Ada") is None
    assert person.client.get("/account").status_code == 302


def test_the_only_admin_is_asked_to_stay(people: People, store: Store) -> None:
    person = people.signed_in("Root", Role.ADMIN)
    person.post("/account/delete", **{"delete-current": PASSWORD})
    assert "the only admin" in person.client.get("/account").get_data(as_text=True)
    people.signed_in("Second", Role.ADMIN)
    person.post("/account/delete", **{"delete-current": PASSWORD})
    with store.read() as session:
        assert users.find(session, "Root") is None


def test_the_data_can_be_taken_along(people: People) -> None:
    found = people.signed_in().client.get("/account/export")
    assert found.get_json()["name"] == "Ada"
    assert "attachment" in found.headers["Content-Disposition"]


@pytest.mark.parametrize("mode", ["closed", "invitation"])
def test_registration_may_need_an_invitation_or_be_closed(
    mode: str, store: Store, settings: Settings, hints: HintList
) -> None:
    app = create_app(settings.model_copy(update={"registration": mode}), store=store, hints=hints)
    app.config["RATELIMIT_ENABLED"] = False
    person = People(app, store).stranger()
    if mode == "closed":
        assert person.client.get("/register").status_code == 404
        return
    _, page = person.post("/register", name="Eve", password=PASSWORD, invitation="guess")
    assert "not known, used up or too old" in page
    with store.write() as session:
        code = invitations.invite(session, COMMAND_LINE, uses=1, lasts=timedelta(hours=1))
    assert person.post("/register", name="Eve", password=PASSWORD, invitation=code)[0] == 302


def test_signing_in_is_limited(store: Store, settings: Settings, hints: HintList) -> None:
    person = People(create_app(settings, store=store, hints=hints), store).stranger()
    tries = [person.post("/sign-in", name="Ada", password="wrong wrong")[0] for _ in range(12)]
    assert set(tries) == {200, 429}
    form = {"name": "Ada", "password": "wrong wrong", "csrf_token": person.csrf()}
    refused = person.client.post("/sign-in", data=form)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61

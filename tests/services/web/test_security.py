"""Every route is guarded, every form has its token, every answer its headers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from judge.domain.lifecycle import Role
from tests.services.conftest import SLUG
from tests.services.web.conftest import People
from web.security.guard import MARK

pytestmark = pytest.mark.services

PUBLIC = {
    "health.live", "health.ready", "preferences.set_language", "preferences.set_theme",
    "accounts.sign_in", "accounts.sign_out", "accounts.register", "accounts.forgotten",
    "accounts.reset", "course.front", "course.chapter", "course.problem", "progress.ranking",
    "api.index", "api.openapi",
}  # fmt: skip
"""What anybody may use; all else needs somebody."""
VALUES = {"slug": SLUG, "number": 1, "other": 1, "token": "x"}


def paths(app: Flask) -> Iterator[tuple[str, str]]:
    """Walk all routes that are not for everybody."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint in PUBLIC:
            continue
        values = {name: VALUES[name] for name in rule.arguments}
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT"}):
            yield adapter.build(rule.endpoint, values, method=method), method


def test_every_view_says_who_may_use_it(app: Flask) -> None:
    marks = {
        name: getattr(view, MARK, None)
        for name, view in app.view_functions.items()
        if name != "static"
    }
    assert {name for name, mark in marks.items() if mark is None} == set()
    assert {name for name, mark in marks.items() if mark == "public"} == PUBLIC
    assert {mark for mark in marks.values() if mark} == {
        "public", "signed_in", "token", "admin",
    }  # fmt: skip
    for name, mark in marks.items():
        assert name.startswith("admin.") == (mark == "admin"), name


@pytest.mark.parametrize("role", [Role.STUDENT, Role.INSTRUCTOR])
def test_what_an_admin_may_is_refused_to_others(people: People, role: Role) -> None:
    person = people.signed_in("Somebody", role)
    walked = 0
    for path, method in paths(people.app):
        if path.startswith("/admin"):
            headers = {"X-CSRFToken": person.csrf()}
            code = person.client.open(path, method=method, headers=headers).status_code
            assert code == 403, (path, method)
            walked += 1
    assert walked > 15
    assert "/admin" not in person.client.get("/").get_data(as_text=True)


def test_acts_of_an_admin_go_by_post_and_need_the_forms_token(people: People) -> None:
    admin = people.signed_in("Root", Role.ADMIN)
    for path, method in paths(people.app):
        if path.startswith("/admin") and method == "POST":
            assert admin.client.post(path).status_code == 400, path


def test_strangers_get_nowhere_but_where_they_may(people: People) -> None:
    stranger = people.stranger()
    for path, method in paths(people.app):
        headers = {"X-CSRFToken": stranger.csrf()}
        code = stranger.client.open(path, method=method, headers=headers).status_code
        assert code in (302, 401), (path, method, code)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_signed_in_can_open_every_page_of_their_own(people: People, role: Role) -> None:
    person = people.signed_in("Somebody", role)
    for path in ("/", "/account", "/submissions", "/progress", "/ranking", f"/problems/{SLUG}"):
        assert person.client.get(path).status_code == 200, path


def test_a_form_without_its_token_changes_nothing(people: People) -> None:
    person = people.signed_in()
    for path in ("/sign-out", "/account/tokens", "/account/delete", f"/submit/{SLUG}", "/language"):
        assert person.client.post(path, data={"code": "x"}).status_code == 400, path
    assert person.client.get("/account").status_code == 200


def test_every_answer_has_a_strict_policy(people: People) -> None:
    person = people.signed_in()
    for path in ("/", "/account", "/no/such/page", f"/problems/{SLUG}"):
        headers = person.client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "private, no-store"


def test_no_page_has_a_script_or_a_style_inside(people: People) -> None:
    person = people.signed_in()
    for path in ("/", "/account", "/progress", f"/problems/{SLUG}", "/sign-in", "/register"):
        page = person.client.get(path, follow_redirects=True).get_data(as_text=True)
        assert " style=" not in page, path
        assert "onclick" not in page
        scripts = page.split("<script")[1:]
        assert all("src=" in each[:200] or "application/json" in each[:60] for each in scripts)


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_sent_to_another_site(people: People, wanted: str) -> None:
    person = people.signed_in()
    answer = person.client.post(
        "/language", data={"csrf_token": person.csrf(), "language": "zh", "next": wanted}
    )
    assert answer.headers["Location"] == "/"


def test_what_is_too_large_is_refused(people: People) -> None:
    person = people.signed_in()
    status, found = person.send("POST", f"/submit/{SLUG}", {"code": "x" * 300_000})
    assert status == 413
    assert "error" in found
    assert person.send("POST", f"/submit/{SLUG}", {"code": "x" * 2_000_000})[0] == 413


@pytest.mark.parametrize("body", [[], {"code": 1}, {"code": "x", "inputs": ["y"]}, {}, "x"])
def test_nonsense_is_a_clear_error(people: People, body: object) -> None:
    status, found = people.signed_in().send("POST", f"/submit/{SLUG}", body)
    assert status == 400, found


def test_an_unknown_page_is_a_page_in_the_readers_language(people: People) -> None:
    stranger = people.stranger()
    headers = {"Accept-Language": "zh-CN,zh;q=0.9"}
    answer = stranger.client.get("/no/such", headers=headers)
    assert answer.status_code == 404
    assert "页面不存在" in answer.get_data(as_text=True)

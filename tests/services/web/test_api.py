"""The API answers in its own form, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from judge.store import Store, logins
from tests.services.web.conftest import People
from web.api.schema import Problem, Submissions

pytestmark = pytest.mark.services
TOO_LARGE = 10**30
Sent = Mapping[str, Any]


class Caller:
    """A program with a token."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.headers = client, {"Authorization": f"Bearer {token}"}

    def __call__(self, method: str, path: str, more: Sent = MappingProxyType({})) -> TestResponse:
        return self.client.open(f"/api/v1{path}", method=method, headers=self.headers, **more)


@pytest.fixture
def call(people: People, store: Store) -> Caller:
    with store.write() as session:
        token = logins.new_api_token(session, people.signed_in().id, label="tests")
    assert token is not None
    return Caller(people.stranger().client, token)


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/nowhere", {}, 404),
        ("GET", f"/submissions/{TOO_LARGE}", {}, 404),
        ("DELETE", "/me", {}, 405),
        ("POST", "/submissions", {"json": {"problem": "p", "code": "x" * 600_000}}, 413),
        ("POST", "/submissions", {"data": b"{bad", "content_type": "application/json"}, 422),
        ("POST", "/submissions", {"json": [1]}, 422),
    ],
)
def test_every_error_has_the_documents_form(
    call: Caller, method: str, path: str, more: Sent, status: int
) -> None:
    answer = call(method, path, more)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert Problem.model_validate(answer.get_json()).status == status


@pytest.mark.parametrize(
    ("method", "path", "operation", "more", "status"),
    [
        ("GET", "/problems/no/such", "/problems/{slug}", {}, 404),
        ("GET", f"/submissions/{TOO_LARGE}", "/submissions/{number}", {}, 404),
        ("GET", "/submissions?problem=no/such", "/submissions", {}, 404),
        ("POST", "/submissions", "/submissions", {"json": {"problem": "p", "code": "x"}}, 404),
        ("POST", "/submissions", "/submissions", {"json": {"code": "x" * 600_000}}, 413),
        ("POST", "/submissions", "/submissions", {"json": [1]}, 422),
    ],
)
def test_the_document_lists_each_error_that_is_met(
    call: Caller, method: str, path: str, operation: str, more: Sent, status: int
) -> None:
    assert call(method, path, more).status_code == status
    document = call("GET", "/openapi.json").get_json()
    listed = document["paths"][f"/api/v1{operation}"][method.lower()]["responses"]
    assert {"401", "503", "default", str(status)} <= listed.keys()
    assert listed[str(status)]["content"].keys() == {"application/problem+json"}


@pytest.mark.parametrize("before", [str(TOO_LARGE), "-1", "x"])
def test_a_number_that_no_row_has_is_no_bound(call: Caller, before: str) -> None:
    answer = call("GET", f"/submissions?before={before}")
    assert Submissions.model_validate(answer.get_json()) == Submissions(submissions=[], next=None)


def test_no_page_breaks_at_a_number_that_no_row_has(people: People) -> None:
    ada = people.signed_in()
    for path in (f"/submissions/{TOO_LARGE}", f"/submissions/1/compare/{TOO_LARGE}"):
        assert ada.client.get(path).status_code == 404
    assert ada.client.get(f"/submissions?before={TOO_LARGE}").status_code == 200
    assert ada.client.get(f"/submissions/compare?of=1&of={TOO_LARGE}").status_code == 302

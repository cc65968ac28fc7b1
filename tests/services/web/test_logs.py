"""What the site and a worker say of hostile visitors: where they came by, and nothing of theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from prometheus_client import CollectorRegistry

from judge.domain.lifecycle import Role
from judge.domain.report import Report
from judge.pipeline import Judge
from judge.settings import Settings
from judge.store import Store, logins
from judge.store.accounts import User
from tests.services.conftest import SLUG
from tests.services.web.conftest import HASHED, HintList, People, Person
from tests.unit.telemetry.catching import Caught, catching
from web import create_app
from web.monitoring import look
from web.services import Services
from worker.judging import Judging

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
MARK = "XYZZY"
"""In everything that the visitor sends; in no line of any log."""
EVIL = f"{MARK}\n{{}}\r\x1b[31m{MARK}%s%d\u202e"
ANSWERS = [
    f"# {MARK}\ndef throw(seed, count):\n    return {MARK!r}\n",
    f"def throw(seed, count):\n    raise ValueError({EVIL!r})\n",
    f"def throw(seed, count):\n    print({EVIL!r}); return seed\n",
    f"{MARK} is no (Python\n",
    f"class {MARK}(Exception): pass\nraise {MARK}({EVIL!r})\n",
    f"import os, sys\nos.write(2, b{MARK!r} * 99)\nos._exit(7)\n",
    f"def throw(seed, count):\n    return '{MARK}\\d' is 1\n",
]


@pytest.fixture
def caught() -> Iterator[Caught]:
    with catching("debug") as stream:
        yield stream


class Broken(Judge):
    """A judge with a bug, whose exceptions quote what it was given."""

    def judge(self, *_: object, **__: object) -> Report:
        raise KeyError(EVIL)


def of(app: Flask) -> CollectorRegistry:
    services = app.extensions["tensorjudge"]
    assert isinstance(services, Services)
    return services.metrics.registry


def test_a_submission_is_followed_by_its_id(
    people: People, judging: Judging, hints: HintList, caught: Caught
) -> None:
    ada = people.signed_in()
    answer = ada.client.post(
        f"/submit/{SLUG}",
        data={"csrf_token": ada.csrf(), "code": "def throw(seed, count):\n    return 1\n"},
    )
    request = answer.headers["X-Request-ID"]
    ((number, _queue),) = hints.sent
    # What the hint's header carries, worker.app gives to the worker.
    judging.requests.note(number, hints.requests[0])
    judging.work()
    ada.client.get(f"/submissions/{number}/status")
    told = [line for line in caught.objects() if line.get("submission") == number]
    assert [line["event"] for line in told] == [
        "submitted", "answered", "judged", "shown", "answered",
    ]  # fmt: skip
    assert [line["request"] == request for line in told] == [True, True, True, False, False]
    assert told[0]["user"] == ada.id
    assert told[1]["route"] == "/submit/<path:slug>"
    assert told[2]["verdict"] == told[3]["verdict"] == "wrong_type"


def test_nothing_that_a_student_wrote_is_logged(
    people: People, judging: Judging, caught: Caught
) -> None:
    ada = people.signed_in()
    for answer in ANSWERS:
        for path in (f"/submit/{SLUG}", f"/run/{SLUG}"):
            ada.post(path, code=answer, inputs=f"print({MARK!r}), {{")
            assert judging.work() == 1
    ada.send("PUT", f"/drafts/{SLUG}", {"code": EVIL, "based_on": 0})
    ada.client.get("/submissions/1")
    assert MARK not in caught.getvalue()
    judged = [line for line in caught.objects() if line["event"] == "judged"]
    assert len(judged) == 2 * len(ANSWERS)


def test_a_judging_that_fails_quotes_nothing(
    people: People, judging: Judging, caught: Caught
) -> None:
    judging.judge = Broken(judging.judge.sandbox)
    ada = people.signed_in()
    ada.post(f"/submit/{SLUG}", code=ANSWERS[0])
    judging.work()
    assert MARK not in caught.getvalue()
    failed = [line for line in caught.objects() if line["level"] == "error"]
    assert [line["event"] for line in failed] == ["no verdict: KeyError"] * 3
    assert failed[0]["exception"][0] == "KeyError"
    assert {line["submission"] for line in failed} == {1}
    registry = judging.metrics.registry
    assert registry.get_sample_value("tensorjudge_judge_errors_total", {"kind": "other"}) == 3


def hostile_requests(visitor: Person) -> None:
    """Put the mark wherever a request has room for one."""
    client = visitor.client
    client.get(f"/{MARK}/%0a%1b[31m{MARK}?token={MARK}")
    client.get(f"/reset/{MARK}{'x' * 30}")
    client.get("/sign-in", query_string={"next": f"/{EVIL}"})
    client.open("/", method=MARK)
    client.get("/", headers={"User-Agent": MARK, "Referer": MARK, "X-Forwarded-For": MARK})
    client.get("/", headers={"X-Request-ID": MARK})
    client.post("/language", data=EVIL, content_type=MARK)
    client.post(f"/submit/{SLUG}", data=f"{{{MARK}", content_type="application/json")
    client.post(
        "/api/v1/submissions", json={MARK: EVIL}, headers={"Authorization": f"Bearer {MARK}"}
    )
    client.get("/api/v1/me", headers={"Authorization": f"Basic {MARK}"})
    client.set_cookie("login", MARK)
    client.get("/")
    visitor.post("/sign-in", name=EVIL, password=MARK)
    visitor.post("/register", name=MARK, password=MARK, email=f"{MARK}@example.org", code=MARK)
    visitor.post("/forgotten", name=MARK)


def test_nothing_that_a_request_carries_is_logged(
    people: People, store: Store, caught: Caught
) -> None:
    hostile_requests(people.stranger())
    ada = people.signed_in()
    hostile_requests(ada)
    with store.write() as session:
        token = logins.new_api_token(session, ada.id, label=MARK)
    headers = {"Authorization": f"Bearer {token}"}
    sent = {"problem": f"{SLUG}{MARK}", "code": EVIL, "kind": "submit"}
    assert ada.client.post("/api/v1/submissions", json=sent, headers=headers).status_code == 404
    ada.post("/account/tokens", label=EVIL)
    assert MARK not in caught.getvalue()
    assert str(token) not in caught.getvalue()
    # Each line is one object: nothing has broken out of its own.
    answered = [line for line in caught.objects() if line["event"] == "answered"]
    assert {line["method"] for line in answered} == {"GET", "POST", "other"}


def test_metrics_have_rules_and_never_paths(people: People) -> None:
    hostile_requests(people.stranger())
    labels = {
        value
        for family in of(people.app).collect()
        for sample in family.samples
        for value in sample.labels.values()
    }
    assert {"/reset/<token>", "(none)", "other"} <= labels
    assert [value for value in labels if MARK in value] == []


def test_an_error_of_ours_is_told_by_place_and_shown_by_id(
    settings: Settings, store: Store, hints: HintList, caught: Caught
) -> None:
    app = create_app(settings, store=store, hints=hints)

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError(EVIL)

    answer = app.test_client().get("/broken")
    request = answer.headers["X-Request-ID"]
    assert answer.status_code == 500
    assert request in answer.get_data(as_text=True)
    assert MARK not in caught.getvalue()
    (failed,) = [line for line in caught.objects() if line["level"] == "error"]
    assert (failed["event"], failed["request"]) == ("unexpected: RuntimeError", request)
    assert any("in broken" in line for line in failed["exception"])
    told = app.test_client().get("/nothing", headers={"Accept": "application/json"})
    assert told.get_json()["error"]["request"] == told.headers["X-Request-ID"]


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_requests_id_is_taken_from_a_proxy_that_is_trusted(
    proxies: int, settings: Settings, store: Store, hints: HintList
) -> None:
    client = create_app(
        settings.model_copy(update={"proxies": proxies}), store=store, hints=hints
    ).test_client()
    given = "from-the-proxy-1"
    taken = client.get("/nothing", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (taken == given) is bool(proxies)
    bad = client.get("/nothing", headers={"X-Request-ID": "\x1b[31m bad"})
    assert len(bad.headers["X-Request-ID"]) == 16


def test_the_public_port_shows_no_metrics(people: People) -> None:
    person = people.signed_in("Root", Role.ADMIN)
    assert person.client.get("/metrics").status_code == 404


def test_errors_of_the_database_quote_no_values(store: Store) -> None:
    with pytest.raises(Exception, match=r"UNIQUE|unique") as failed, store.write() as session:  # noqa: PT012
        for _ in range(2):
            session.add(User(name=MARK, name_key=MARK, password_hash=HASHED))
        session.flush()
    assert HASHED not in str(failed.value)


def test_the_queues_are_seen_as_the_database_has_them(
    people: People, store: Store, judging: Judging
) -> None:
    ada = people.signed_in()
    for _ in range(2):
        ada.post(f"/submit/{SLUG}", code=ANSWERS[0])
    seen = look(store)
    assert seen is not None
    assert (seen.queues["cpu"].depth, seen.queues["bulk"].depth) == (2, 0)
    assert seen.workers == {"cpu": 0, "gpu": 0, "bulk": 0}
    judging.work()
    seen = look(store)
    assert seen is not None
    assert (seen.queues["cpu"].depth, seen.given_up) == (0, 0)
    registry = judging.metrics.registry
    waited = registry.get_sample_value("tensorjudge_queue_wait_seconds_count", {"queue": "cpu"})
    assert waited == 2

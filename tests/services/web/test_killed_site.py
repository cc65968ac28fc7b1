"""The site is killed and started again while 200 answers are sent by clients that try again."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from judge.catalog import load_problem
from judge.store import Store, logins, schema
from judge.store.work import CaseResult, Submission
from tests.services.cli.starting import Program
from tests.services.conftest import SLUG, put_problem, put_user

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
CLIENTS, EACH = 5, 40
"""No client sends more than the site takes from one in a minute."""
LIMIT_S = 120.0
WRONG = "def throw(seed, count):\n    return seed, seed\n"


class Client:
    """One student's program, which sends an answer until the site has said that it has it."""

    def __init__(self, port: int, token: str) -> None:
        self.url = f"http://127.0.0.1:{port}/api/v1/submissions"
        self.token = token
        self.numbers: list[int] = []

    def send(self, answers: list[str]) -> None:
        end = time.monotonic() + LIMIT_S
        for answer in answers:
            while (number := self._sent(answer)) is None:
                assert time.monotonic() < end
                time.sleep(0.1)
            self.numbers.append(number)

    def _sent(self, answer: str) -> int | None:
        asked = urllib.request.Request(
            self.url,
            json.dumps({"problem": SLUG, "code": answer}).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answered:
                return int(json.load(answered)["id"])
        except urllib.error.HTTPError as refused:
            with refused:
                if refused.code not in {429, 503}:
                    pytest.fail(refused.read().decode())
        except (OSError, ValueError):
            pass  # it died before it had answered
        return None


@pytest.fixture(params=["embedded", "servers"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    if request.param == "embedded":
        return {"JUDGE_DATABASE_URL": f"sqlite:///{tmp_path / 'judge.db'}"}
    return {
        "JUDGE_DATABASE_URL": request.getfixturevalue("postgres").new_database(),
        "JUDGE_BROKER_URL": request.getfixturevalue("redis").empty(),
    }


@pytest.fixture
def store(settings: dict[str, str]) -> Iterator[Store]:
    opened = Store(settings["JUDGE_DATABASE_URL"])
    schema.upgrade(opened)
    put_problem(opened)
    yield opened
    opened.close()


def wait_for(store: Store, count: int) -> None:
    """Wait until so many are judged, and for the last of them where nothing more is sent."""
    end = time.monotonic() + LIMIT_S
    while True:
        with store.read() as session:
            found = session.execute(
                select(Submission.state, func.count()).group_by(Submission.state)
            )
            counts = {state: count for state, count in found}  # noqa: C416  rows are no pairs
        done = counts.pop("judged", 0)
        if done >= count and (count < CLIENTS * EACH or not counts):
            return
        assert time.monotonic() < end, (done, counts)
        time.sleep(0.05)


def test_a_killed_site_loses_nothing_that_it_took(
    settings: dict[str, str], store: Store, tmp_path: Path
) -> None:
    tokens = []
    for name in range(CLIENTS):
        user = put_user(store, f"student {name}")
        with store.write() as session:
            token = logins.new_api_token(session, user, label="tests")
            assert token is not None
            tokens.append(token)
    path = Path(__file__).parents[3] / "problems" / f"{SLUG}.yaml"
    answers = [load_problem(path).solution, WRONG] * (EACH // 2)
    programs = [Program(tmp_path, "worker", **settings), Program(tmp_path, "web", **settings)]
    site = programs[-1]
    try:
        site.wait_for_status("/readyz", 200)
        clients = [Client(site.port, token) for token in tokens]
        with ThreadPoolExecutor(CLIENTS) as pool:
            sending = [pool.submit(client.send, answers) for client in clients]
            wait_for(store, CLIENTS * EACH // 4)
            site.kill()
            programs.append(Program(tmp_path, "web", **settings, JUDGE_PORT=str(site.port)))
            for each in sending:
                each.result()
        wait_for(store, CLIENTS * EACH)
    finally:
        for program in programs:
            program.stop()
    check(store, [client.numbers for client in clients], answers)


def check(store: Store, numbers: list[list[int]], answers: list[str]) -> None:
    """Everything that a client was told of has its one right verdict; so has all else."""
    right = {answers[0]: "accepted", answers[1]: "wrong_type"}
    with store.read() as session:
        rows = {row.id: row for row in session.scalars(select(Submission))}
        cases = session.execute(
            select(CaseResult.submission_id, func.count()).group_by(CaseResult.submission_id)
        )
        assert len({count for _, count in cases}) == 1
    for mine in numbers:
        assert [rows[number].code for number in mine] == answers
        assert len(set(mine)) == EACH
    assert [row.verdict for row in rows.values()] == [right[row.code] for row in rows.values()]
    # Sent again was only what the site had taken and could not say so any more.
    assert CLIENTS * EACH <= len(rows) <= CLIENTS * (EACH + 1)

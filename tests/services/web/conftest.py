"""The real site on a real database; only the broker is a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from judge.domain.lifecycle import Queue, Role
from judge.domain.releases import TORCH
from judge.messaging import Hints, make_app
from judge.pipeline import Judge
from judge.sandbox.service import Sandbox
from judge.settings import Settings
from judge.store import Store, passwords, users
from tests.services.conftest import put_problem
from web import create_app
from worker.fitness import Fitness
from worker.judging import Judging
from worker.rules import Rules

PASSWORD = "a long sentence 42"
HASHED = passwords.hash_password(PASSWORD)
TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class HintList(Hints):
    """A broker that only remembers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(make_app("filesystem", folder=folder))
        self.sent: list[tuple[int, Queue]] = []
        self.requests: list[str] = []

    def send(self, submission_id: int, queue: Queue, *, request: str = "") -> bool:
        self.requests.append(request)
        self.sent.append((submission_id, queue))
        return True


@dataclass
class Person:
    """Somebody at a browser."""

    client: FlaskClient
    name: str = ""
    id: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def csrf(self) -> str:
        found = TOKEN.search(self.client.get("/ranking").get_data(as_text=True))
        assert found
        return found[1]

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        answer = self.client.post(path, data={"csrf_token": self.csrf(), **fields})
        return answer.status_code, answer.get_data(as_text=True)

    def send(self, method: str, path: str, body: object) -> tuple[int, dict[str, object]]:
        headers = {"X-CSRFToken": self.csrf(), "Accept": "application/json"}
        answer = self.client.open(path, method=method, json=body, headers=headers)
        return answer.status_code, answer.get_json()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        data_dir=tmp_path,
        secret_key=SecretStr("tests"),
        under_way=3,
    )


@pytest.fixture
def hints(tmp_path: Path) -> HintList:
    return HintList(tmp_path / "messages")


@pytest.fixture
def app(store: Store, settings: Settings, hints: HintList) -> Flask:
    put_problem(store)
    made = create_app(settings, store=store, hints=hints)
    made.config["RATELIMIT_ENABLED"] = False
    return made


@dataclass
class People:
    """Makes people."""

    app: Flask
    store: Store

    def stranger(self) -> Person:
        return Person(self.app.test_client())

    def signed_in(self, name: str = "Ada", role: Role = Role.STUDENT) -> Person:
        with self.store.write() as session:
            user = users.create(session, name=name, password_hash=HASHED, role=role)
        person = Person(self.app.test_client(), name, user.id)
        status, _ = person.post("/sign-in", name=name, password=PASSWORD)
        assert status == 302
        return person


@pytest.fixture
def people(app: Flask, store: Store) -> People:
    return People(app, store)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(ready=1) as made:
        yield made


@pytest.fixture
def judging(store: Store, sandbox: Sandbox) -> Judging:
    """A worker without a broker: ``work()`` judges what waits."""
    rules = Rules("tests", tuple(Queue), threads=1, lease_s=30, late_s=2, max_tries=3)
    fitness = Fitness(store, TORCH)
    fitness.look()
    return Judging(store, Judge(sandbox), rules, fitness=fitness)

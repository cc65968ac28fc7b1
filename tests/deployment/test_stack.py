"""The stack of docker-compose.yml on a real engine: up, used, broken, upgraded, nothing lost.

Needs a Docker engine with the images built (`make deployment` builds them first); skips where there
is none. Where no base image can be pulled, tests/deployment/bases.sh makes stand-ins.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from judge.catalog import load_problem

ROOT = Path(__file__).resolve().parents[2]
SLUG = "01-creation/dice"
COMPOSE = ["docker", "compose"]
WAIT_S = 180
HOSTILE = (
    "import socket\ndef throw(seed, count):\n    socket.create_connection(('database', 5432))\n",
    "import os\ndef throw(seed, count):\n    os.fork()\n",
    "def throw(seed, count):\n    open('/app/judge/settings/model.py')\n",
)
pytestmark = pytest.mark.deployment


def output(*arguments: str, check: bool = True, **variables: str) -> str:
    done = subprocess.run(
        arguments,
        cwd=ROOT,
        env={**os.environ, "COMPOSE_HTTP_TIMEOUT": "300", **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        pytest.fail(f"{' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout + done.stderr


def engine_is_missing() -> str:
    if os.environ.get("JUDGE_TRY_DEPLOYMENT") != "1":
        return "only by `make deployment`"
    if shutil.which("docker") is None:
        return "docker is not installed"
    return "" if "Server Version" in output("docker", "info", check=False) else "no engine answers"


class Stack:
    """One project of compose, by a name and secrets of its own."""

    def __init__(self) -> None:
        self.port = "8731"
        self.name = "tensorjudge-tests"
        self.variables = {
            "POSTGRES_PASSWORD": secrets.token_hex(12),
            "JUDGE_SECRET_KEY": secrets.token_hex(32),
            "JUDGE_LISTEN": f"127.0.0.1:{self.port}",
        }
        has_plugin = subprocess.run([*COMPOSE, "version"], capture_output=True, check=False)
        self.command = COMPOSE if has_plugin.returncode == 0 else ["docker-compose"]
        self.token = ""

    def compose(self, *arguments: str, check: bool = True) -> str:
        return output(*self.command, "-p", self.name, *arguments, check=check, **self.variables)

    def up(self, *more: str) -> None:
        self.compose("up", "-d", "--no-build", *more)
        self.until(self.is_ready)

    def judge(self, *arguments: str, service: str = "site") -> str:
        return self.compose("exec", "-T", service, "judge", *arguments)

    def until(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + WAIT_S
        while not condition():
            if time.monotonic() > end:
                pytest.fail(self.compose("logs", "--tail", "30", check=False)[-6000:])
            time.sleep(0.5)

    def is_ready(self) -> bool:
        try:
            return bool(self.ask("/readyz")["workers"])
        except (urllib.error.URLError, OSError):
            return False

    def ask(self, path: str, sent: dict[str, str] | None = None) -> Any:  # noqa: ANN401  JSON
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=None if sent is None else json.dumps(sent).encode(),
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def submit(self, code: str) -> int:
        return int(self.ask("/api/v1/submissions", {"problem": SLUG, "code": code})["id"])

    def verdict(self, number: int) -> str | None:
        found: str | None = self.ask(f"/api/v1/submissions/{number}?wait=20")["verdict"]
        return found

    def wait_for(self, numbers: list[int]) -> list[str | None]:
        found: dict[int, str | None] = {}

        def all_there() -> bool:
            for number in numbers:
                if found.get(number) is None:
                    try:
                        found[number] = self.verdict(number)
                    except (urllib.error.URLError, OSError):
                        return False
            return None not in found.values()

        self.until(all_there)
        return [found[number] for number in numbers]

    def containers(self, service: str) -> list[str]:
        return self.compose("ps", "-q", service).split()

    def counted(self) -> str:
        query = "SELECT count(*), count(DISTINCT id), count(verdict) FROM submissions"
        ask = f'PGPASSWORD=$POSTGRES_PASSWORD psql -h 127.0.0.1 -U judge -Atc "{query}"'
        return self.compose("exec", "-T", "database", "sh", "-c", ask).strip()


@pytest.fixture(scope="module")
def solution() -> str:
    return load_problem(ROOT / "problems" / f"{SLUG}.yaml").solution


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    missing = engine_is_missing()
    if missing:
        pytest.skip(missing)
    made = Stack()
    made.compose("down", "-v", check=False)
    made.up()
    made.judge("user", "add", "ada", "--role", "admin", "--json")
    made.token = json.loads(made.compose("exec", "-T", "site", "python", "-c", TOKEN).strip())
    yield made
    made.compose("down", "-v")


TOKEN = """
import json
from judge.settings import read_settings
from judge.store import Store, logins, users
store = Store(read_settings().database)
with store.write() as session:
    print(json.dumps(logins.new_api_token(session, users.find(session, "ada").id, label="tests")))
"""


def test_a_missing_secret_stops_the_start_with_its_name() -> None:
    missing = engine_is_missing()
    if missing:
        pytest.skip(missing)
    stack = Stack()
    for name in ("POSTGRES_PASSWORD", "JUDGE_SECRET_KEY"):
        variables = {**stack.variables, name: ""}
        said = output(*stack.command, "-p", stack.name, "config", check=False, **variables)
        assert name in said
        assert "services:" not in said


def test_an_answer_is_judged(stack: Stack, solution: str) -> None:
    wrong = "def throw(seed, count):\n    return seed, seed\n"
    found = stack.wait_for([stack.submit(solution), stack.submit(wrong)])
    assert found == ["accepted", "wrong_type"]


def test_the_walls_stand_around_an_ordinary_user(stack: Stack) -> None:
    found = json.loads(stack.judge("doctor", "--json", service="worker"))
    assert [each for each in found["checks"] if not each["stands"] and each["needed"]] == []
    assert stack.compose("exec", "-T", "worker", "id", "-u").strip() == "1000"


def test_nothing_is_privileged_and_the_files_are_read_only(stack: Stack) -> None:
    for service in ("site", "worker", "broker", "database"):
        (container,) = stack.containers(service)
        about = json.loads(output("docker", "inspect", container))[0]["HostConfig"]
        assert (about["Privileged"], about["CapAdd"]) == (False, None)
        assert about["ReadonlyRootfs"]
        assert about["Memory"] > 0
        assert about["PidsLimit"] > 0
    said = stack.compose("exec", "-T", "worker", "touch", "/app/judge/x", check=False)
    assert "Read-only file system" in said or "Permission denied" in said


def test_the_worker_reaches_the_broker_and_the_database_and_nothing_else(stack: Stack) -> None:
    reach = (
        "import socket\n"
        "for host, port in (('database', 5432), ('broker', 6379), ('192.0.2.1', 80)):\n"
        "    try:\n"
        "        socket.create_connection((host, port), 3).close()\n"
        "        print(host)\n"
        "    except OSError:\n"
        "        pass\n"
    )
    assert stack.compose("exec", "-T", "worker", "python", "-c", reach).split() == [
        "database",
        "broker",
    ]


@pytest.mark.parametrize("code", HOSTILE, ids=["network", "fork", "files"])
def test_a_hostile_answer_behaves_as_outside(stack: Stack, solution: str, code: str) -> None:
    assert stack.wait_for([stack.submit(code), stack.submit(solution)]) == [
        "runtime_error",
        "accepted",
    ]


def test_a_killed_worker_of_two_loses_nothing(stack: Stack, solution: str) -> None:
    stack.up("--scale", "worker=2")
    stack.until(lambda: stack.ask("/readyz")["workers"] == 2)
    numbers = [stack.submit(solution) for _ in range(4)]
    output("docker", "kill", stack.containers("worker")[0])
    assert set(stack.wait_for(numbers)) == {"accepted"}
    stack.up("--scale", "worker=1")


@pytest.mark.parametrize("service", ["broker", "database", "site", "worker"])
def test_each_service_can_be_restarted(stack: Stack, solution: str, service: str) -> None:
    stack.compose("restart", service)
    stack.until(stack.is_ready)
    assert stack.wait_for([stack.submit(solution)]) == ["accepted"]


def test_down_and_up_again_loses_nothing(stack: Stack, solution: str) -> None:
    before = stack.counted()
    stack.compose("down")
    stack.up()
    assert stack.counted() == before
    assert stack.wait_for([stack.submit(solution)]) == ["accepted"]


def test_an_older_database_is_upgraded_with_what_is_in_it(stack: Stack, solution: str) -> None:
    before = stack.counted()
    back = (
        "from judge.settings import read_settings\n"
        "from judge.store import Store, schema\n"
        "schema.downgrade(Store(read_settings().database), '-1')\n"
    )
    stack.compose("stop", "worker")
    stack.compose("exec", "-T", "site", "python", "-c", back)
    stack.compose("stop", "site")
    stack.up()
    assert stack.counted() == before
    assert stack.wait_for([stack.submit(solution)]) == ["accepted"]

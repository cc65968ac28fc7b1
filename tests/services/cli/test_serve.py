"""``judge serve``: one command starts everything, and its end leaves nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.store import Store, logins, schema, users
from tests.services.conftest import SLUG, free_port

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
LIMIT_S = 90


class Serve:
    """One start, with data and a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.started: list[subprocess.Popen[str]] = []

    def start(self, **settings: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "JUDGE_DATA_DIR": str(self.folder / "data"),
            "JUDGE_PORT": str(self.port),
            **settings,
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "judge.cli", "serve"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def answer(self, path: str) -> str:
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=5) as found:
            text: str = found.read().decode()
            return text

    def wait(self) -> None:
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            try:
                if '"workers":1' in self.answer("/readyz").replace(" ", ""):
                    return
            except (urllib.error.URLError, OSError):
                pass
            time.sleep(0.1)
        pytest.fail("not ready")

    def left(self) -> list[str]:
        """Return the commands of processes that still work on this data."""
        mark = str(self.folder / "data").encode()
        found = []
        for path in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (path / "environ").read_bytes():
                    found.append((path / "cmdline").read_text())
            except OSError:
                continue
        return found

    def wait_for_nobody(self) -> None:
        end = time.monotonic() + 20
        while self.left() and time.monotonic() < end:
            time.sleep(0.1)
        assert self.left() == []


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    made = Serve(tmp_path)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.communicate()
    made.wait_for_nobody()


def test_one_command_starts_everything_and_ctrl_c_ends_it(serve: Serve) -> None:
    process = serve.start()
    serve.wait()
    assert "TensorJudge" in serve.answer("/")
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert re.search(r"admin  (?:[a-z2-9]{5}-){3}[a-z2-9]{5}", said)
    serve.wait_for_nobody()
    # The password is shown that one time.
    again = serve.start()
    serve.wait()
    other = serve.start(JUDGE_PORT=str(free_port()))
    refused, _ = other.communicate(timeout=30)
    assert other.returncode == 2
    assert "running already" in refused
    again.terminate()
    said, _ = again.communicate(timeout=30)
    assert "admin  " not in said


def test_a_file_can_be_submitted_from_the_terminal(serve: Serve, tmp_path: Path) -> None:
    serve.start()
    serve.wait()
    store = Store(f"sqlite:///{serve.folder / 'data' / 'judge.db'}")
    with store.write() as session:
        admin = users.find(session, "admin")
        assert admin is not None
        token = logins.new_api_token(session, admin.id, label="tests")
    store.close()
    (tmp_path / "token").write_text(str(token))
    (tmp_path / "wrong.py").write_text("def throw(seed, count):\n    return seed, seed\n")

    def submit(secret: str, *more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "judge.cli", "submit", SLUG, str(tmp_path / "wrong.py")]
        command += ["--server", f"http://127.0.0.1:{serve.port}"]
        command += ["--token-file", str(tmp_path / secret), *more]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    shown = submit("token", "--lang", "en")
    assert (shown.returncode, "Wrong type" in shown.stdout) == (1, True), shown.stdout
    found = json.loads(submit("token", "--run", "--json").stdout)
    assert (found["kind"], found["verdict"]) == ("run", "wrong_type")
    (tmp_path / "guess").write_text("guess")
    refused = submit("guess")
    assert (refused.returncode, "No valid token" in refused.stderr) == (2, True)


def test_a_taken_port_is_named(serve: Serve) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", serve.port))
        taken.listen()
        process = serve.start()
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert f"127.0.0.1:{serve.port}" in said
    assert "JUDGE_PORT" in said


def test_site_and_worker_have_a_port_each_for_their_monitors(serve: Serve) -> None:
    port = free_port()
    process = serve.start(JUDGE_METRICS_PORT=str(port), JUDGE_LOG_FORMAT="json")
    serve.wait()
    found = []
    for each in (port, port + 1):
        with urllib.request.urlopen(f"http://127.0.0.1:{each}/metrics", timeout=5) as answer:
            found.append(answer.read().decode())
    site, worker = found
    assert ('part="site"' in site, 'part="worker"' in site) == (True, False)
    assert ('part="worker"' in worker, 'part="site"' in worker) == (True, False)
    assert 'tensorjudge_workers_alive{queue="cpu"} 1.0' in site
    # The port that browsers reach has none of it.
    with pytest.raises(urllib.error.HTTPError) as refused:
        serve.answer("/metrics")
    refused.value.close()
    assert refused.value.code == 404
    process.terminate()
    said, _ = process.communicate(timeout=30)
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {line["service"] for line in lines} == {"serve", "site", "worker"}


@pytest.mark.parametrize("after", [0, 1])
def test_a_taken_port_for_metrics_is_named(serve: Serve, after: int) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + after))
        taken.listen()
        process = serve.start(JUDGE_METRICS_PORT=str(port))
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert f"127.0.0.1:{port + after}: Address already in use" in said
    assert "JUDGE_METRICS_PORT" in said


def test_metrics_on_the_sites_own_port_are_refused(serve: Serve) -> None:
    process = serve.start(JUDGE_METRICS_PORT=str(serve.port - 1))
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert f"the site itself on {serve.port}" in said


def test_a_killed_supervisor_takes_everything_along(serve: Serve) -> None:
    process = serve.start()
    serve.wait()
    process.kill()
    process.wait()
    serve.wait_for_nobody()


def test_a_database_of_a_newer_version_is_refused(serve: Serve) -> None:
    data = serve.folder / "data"
    data.mkdir()
    store = Store(f"sqlite:///{data / 'judge.db'}")
    schema.upgrade(store)
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    process = serve.start()
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "newer version" in said


def test_a_bad_setting_is_named(serve: Serve) -> None:
    process = serve.start(JUDGE_REGISTRATION="sometimes", JUDGE_LEASE_S="0")
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "JUDGE_REGISTRATION" in said
    assert "JUDGE_LEASE_S" in said

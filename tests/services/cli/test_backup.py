"""``judge backup`` and ``judge restore`` as an admin calls them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from judge.store import Store, schema
from judge.store.work import DraftCopy
from tests.services.conftest import put_problem, put_user

pytestmark = pytest.mark.services
MOST_GROWTH_BYTES = 48 << 20


class Admin:
    """Somebody at a terminal, with a database and a folder for backups."""

    def __init__(self, folder: Path, url: str) -> None:
        self.backups = folder / "backups"
        self.backups.mkdir()
        self.store = Store(url)
        schema.upgrade(self.store)
        self.store.close()
        self.environment = {
            **os.environ,
            "JUDGE_DATA_DIR": str(folder / "data"),
            "JUDGE_CACHE_DIR": str(folder / "cache"),
            "JUDGE_DATABASE_URL": url,
            "JUDGE_SECRET_KEY": "tests",
        }

    def command(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "judge.cli", *arguments],
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            check=False,
        )

    def peak_bytes(self, *arguments: str) -> int:
        """Run a command; return the most memory that it had."""
        command = [sys.executable, "-m", "judge.cli", *arguments]
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        return used.ru_maxrss << 10


@pytest.fixture
def admin(database_url: str, tmp_path: Path) -> Iterator[Admin]:
    made = Admin(tmp_path, database_url)
    yield made
    made.store.close()


def test_one_command_each_there_and_back(admin: Admin) -> None:
    put_user(admin.store, "Ada")
    admin.store.close()
    made = json.loads(admin.command("backup", str(admin.backups), "--check", "--json").stdout)
    path = Path(made["file"])
    assert path.parent == admin.backups
    assert (made["checked"], made["tables"]["users"]["rows"]) == (True, 1)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in admin.backups.iterdir()] == [path.name]
    put_user(admin.store, "Grace")
    admin.store.close()
    refused = admin.command("restore", str(path))
    assert (refused.returncode, "2 users" in refused.stderr) == (2, True), refused.stderr
    done = json.loads(admin.command("restore", str(path), "--replace", "--json").stdout)
    # Two users, and the backup itself in the log of acts.
    assert (done["tables"]["users"], done["replaced"], done["checked"]) == (1, 3, False)
    tried = admin.command("restore", str(path), "--check")
    assert "It restores" in tried.stdout, tried.stderr


def test_a_file_that_is_there_stays_until_told(admin: Admin) -> None:
    path = admin.backups / "b"
    path.write_text("precious")
    refused = admin.command("backup", str(path))
    assert (refused.returncode, "--overwrite" in refused.stderr) == (2, True)
    assert path.read_text() == "precious"
    assert admin.command("backup", str(path), "--overwrite").returncode == 0
    assert admin.command("restore", str(path), "--check").returncode == 0
    assert list(admin.backups.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(admin: Admin) -> None:
    refused = admin.command("backup", str(admin.backups / "none" / "b"))
    assert refused.returncode == 2
    assert "can't be written: No such file or directory" in refused.stderr


def test_a_bad_file_is_an_object_for_programs(admin: Admin) -> None:
    (admin.backups / "b").write_text("nothing")
    refused = admin.command("restore", str(admin.backups / "b"), "--json")
    assert (refused.returncode, refused.stderr) == (2, "")
    assert json.loads(refused.stdout)["error"]["kind"] == "usage"


def test_a_backup_can_go_down_a_pipe(admin: Admin) -> None:
    put_user(admin.store, "Ada")
    admin.store.close()
    with (admin.backups / "b").open("wb") as stream:
        command = [sys.executable, "-m", "judge.cli", "backup", "-"]
        cat = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=stream)
        subprocess.run(command, env=admin.environment, stdout=cat.stdin, check=True)
        assert cat.stdin is not None
        cat.stdin.close()
        cat.wait()
    tried = json.loads(
        admin.command("restore", str(admin.backups / "b"), "--check", "--json").stdout
    )
    assert tried["tables"]["users"] == 1


def test_memory_does_not_grow_with_the_database(admin: Admin) -> None:
    few, many = str(admin.backups / "few"), str(admin.backups / "many")
    user_id, problem = put_user(admin.store, "Ada"), put_problem(admin.store)
    admin.store.close()
    before = admin.peak_bytes("backup", few), admin.peak_bytes("restore", few, "--check")
    line = "# \N{SNOWMAN} a line of somebody's program\n"
    row = {
        "user_id": user_id,
        "problem_id": problem.id,
        "code": line * 3000,
        "saved_at": problem.version.loaded_at if problem.version else None,
    }
    for _ in range(12):
        with admin.store.write() as session:
            session.execute(insert(DraftCopy), [row] * 100)
    admin.store.close()
    after = admin.peak_bytes("backup", many), admin.peak_bytes("restore", many, "--check")
    assert len(line.encode()) * 3000 * 1200 > 2 * MOST_GROWTH_BYTES
    growth = [late - early for early, late in zip(before, after, strict=True)]
    assert max(growth) < MOST_GROWTH_BYTES

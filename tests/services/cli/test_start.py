"""What is wrong at the start: one clear sentence each, and no hands where waiting is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from judge.store import Store, schema
from tests.services.cli.starting import Program
from tests.services.conftest import Postgres, SmallDisk

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
Start = Callable[..., Program]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start programs; all are ended."""
    started: list[Program] = []

    def starting(*arguments: str, **settings: str) -> Program:
        started.append(Program(tmp_path, *arguments, **settings))
        return started[-1]

    yield starting
    for each in started:
        each.stop()


@pytest.mark.parametrize("program", ["web", "worker"])
def test_a_database_that_comes_late_is_waited_for(
    program: str, start: Start, postgres: Postgres
) -> None:
    url = postgres.new_database()
    store = Store(url)
    schema.upgrade(store)
    store.close()
    postgres.stop()
    try:
        started = start(program, JUDGE_DATABASE_URL=url)
        started.wait_for_words("waiting for it")
        assert "Traceback" not in started.words
        assert started.alive
    finally:
        postgres.start()
    if program == "web":
        started.wait_for_status("/readyz", 200)
    else:
        started.wait_for_words("ready to judge")


def test_a_database_that_goes_and_comes_back_takes_the_site_along(
    start: Start, postgres: Postgres
) -> None:
    url = postgres.new_database()
    store = Store(url)
    schema.upgrade(store)
    store.close()
    site = start("web", JUDGE_DATABASE_URL=url)
    site.wait_for_status("/readyz", 200)
    postgres.stop()
    try:
        assert site.status("/readyz") == 503
        assert site.status("/") == 503
        assert site.status("/healthz") == 200
    finally:
        postgres.start()
    site.wait_for_status("/", 200)
    assert "Traceback" not in site.words


@pytest.mark.parametrize(
    "command", [("judge.cli", "migrate"), ("judge.cli", "serve"), ("judge.cli", "backup", "-")]
)
def test_a_command_says_at_once_that_the_database_is_away(
    command: tuple[str, ...], start: Start
) -> None:
    started = start(*command, JUDGE_DATABASE_URL="postgresql://judge:secret@127.0.0.1:1/judge")
    assert started.end() == 2
    assert "Connection refused" in started.words
    assert "secret" not in started.words
    assert "Traceback" not in started.words


def test_a_wrong_password_for_the_database_is_named(start: Start, postgres: Postgres) -> None:
    url = postgres.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE locked LOGIN PASSWORD 'right'")
        rules = postgres.folder / "data" / "pg_hba.conf"
        before = rules.read_text()
        rules.write_text("host all locked 127.0.0.1/32 scram-sha-256\n" + before)
        connection.execute("SELECT pg_reload_conf()")
    try:
        wrong = url.replace("tests@", "locked:mistyped@")
        started = start("judge.cli", "migrate", JUDGE_DATABASE_URL=wrong)
        assert started.end() == 2
        assert 'password authentication failed for user "locked"' in started.words
        assert "mistyped" not in started.words
    finally:
        rules.write_text(before)


@pytest.mark.parametrize("program", ["web", "worker"])
@pytest.mark.parametrize(
    ("revision", "words"), [("0001", "run `judge migrate`"), ("9999", "a newer version")]
)
def test_a_database_of_another_version_is_refused(
    program: str, revision: str, words: str, start: Start, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'judge.db'}"
    store = Store(url)
    schema.upgrade(store)
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :now"), {"now": revision})
    store.close()
    started = start(program, JUDGE_DATABASE_URL=url)
    assert started.end() == 2
    assert words in started.words
    assert "Traceback" not in started.words


def test_two_migrations_at_once_make_one(start: Start, database_url: str) -> None:
    both = [start("judge.cli", "migrate", JUDGE_DATABASE_URL=database_url) for _ in range(2)]
    assert [each.end() for each in both] == [0, 0], [each.words for each in both]
    head = schema.head_revision()
    assert all(f"is at {head}" in each.words for each in both)
    assert sum("(empty)" in each.words for each in both) == 1
    store = Store(database_url)
    schema.check_current(store)
    store.close()


def test_a_data_folder_without_room_is_named_and_leaves_no_half_key(
    start: Start, small_disk: SmallDisk
) -> None:
    small_disk.fill()
    folder = small_disk.folder / "data"
    folder.mkdir(exist_ok=True)
    settings = {"JUDGE_DATA_DIR": str(folder), "JUDGE_SECRET_KEY": ""}
    started = start("judge.cli", "serve", **settings)
    assert started.end() == 2
    assert "No space left on device" in started.words
    assert "Traceback" not in started.words
    assert not (folder / "secret.key").exists()
    small_disk.make_room()
    assert start("judge.cli", "migrate", **settings).end() == 0


def test_a_backup_without_room_leaves_nothing_behind(
    start: Start, small_disk: SmallDisk, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'judge.db'}"
    store = Store(url)
    schema.upgrade(store)
    store.close()
    small_disk.fill()
    started = start("judge.cli", "backup", str(small_disk.folder / "b"), JUDGE_DATABASE_URL=url)
    assert started.end() == 2
    assert "the disk is full" in started.words
    assert [each.name for each in small_disk.folder.iterdir()] == ["ballast"]


def test_a_restore_without_room_changes_nothing(
    start: Start, small_disk: SmallDisk, tmp_path: Path
) -> None:
    rich = f"sqlite:///{tmp_path / 'judge.db'}"
    assert start("judge.cli", "migrate", JUDGE_DATABASE_URL=rich).end() == 0
    assert start("judge.cli", "load", JUDGE_DATABASE_URL=rich).end() == 0
    backup = str(tmp_path / "b")
    assert start("judge.cli", "backup", backup, JUDGE_DATABASE_URL=rich).end() == 0
    small = f"sqlite:///{small_disk.folder / 'judge.db'}"
    assert start("judge.cli", "migrate", JUDGE_DATABASE_URL=small).end() == 0
    small_disk.fill()
    refused = start("judge.cli", "restore", backup, JUDGE_DATABASE_URL=small)
    assert refused.end() == 2
    assert "full" in refused.words
    small_disk.make_room()
    assert start("judge.cli", "restore", backup, JUDGE_DATABASE_URL=small).end() == 0

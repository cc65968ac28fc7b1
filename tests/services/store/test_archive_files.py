"""Files that are no backup, or not a whole one: named, and nothing has changed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from judge.store import (
    ArchiveError,
    DatabaseAway,
    SchemaError,
    Store,
    schema,
)
from tests.services.conftest import put_user
from tests.services.store.sampling import backed_up, restored, rows_in

pytestmark = pytest.mark.services


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def cut_to_nothing(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(data)


def to_text(path: Path) -> None:
    path.write_text("-- PostgreSQL database dump\n" * 1000)


def to_other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("manifest.json", '{"name": "an extension of a browser"}')


def to_zip_of_nothing(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("readme.txt", "")


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Write a sound ZIP in which some entry is another."""
    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in entries.items():
            changed = change(name, data)
            if changed is not None:
                new.writestr(name, changed)


def without_a_row(path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.partition(b"\n")[2] if name == "tables/users.jsonl" else data

    rewritten(path, change)


def with_a_short_row(path: Path) -> None:
    rewritten(path, lambda name, data: b"[1]\n" if name == "tables/users.jsonl" else data)


def with_no_rows_at_all(path: Path) -> None:
    rewritten(path, lambda name, data: b"{" if name == "tables/users.jsonl" else data)


def without_a_table(path: Path) -> None:
    rewritten(path, lambda name, data: None if name == "tables/users.jsonl" else data)


def of_another_schema(path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(b'"name_key"', b'"namekey"') if name == "manifest.json" else data

    rewritten(path, change)


def of_a_newer_format(path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        return json.dumps({**json.loads(data), "format": 99}).encode()

    rewritten(path, change)


BAD = [
    (cut, "the end of one is missing"),
    (cut_to_nothing, "no backup"),
    (flip, "damaged"),
    (to_text, "no backup"),
    (to_other_zip, "no backup of TensorJudge"),
    (to_zip_of_nothing, "no backup of TensorJudge"),
    (without_a_row, "users is not what was written"),
    (with_a_short_row, "row 1 of the table users"),
    (with_no_rows_at_all, "row 1 of the table users"),
    (without_a_table, "the table users is missing"),
    (of_another_schema, "does not have the tables of its revision"),
    (of_a_newer_format, "newer version"),
    (Path.unlink, "there is no file"),
]


@pytest.mark.parametrize(("spoil", "words"), BAD, ids=lambda each: getattr(each, "__name__", ""))
def test_a_bad_file_changes_nothing_and_is_named(
    spoil: Callable[[Path], None], words: str, sampled: Store, store: Store, tmp_path: Path
) -> None:
    backed_up(sampled, tmp_path / "b")
    put_user(store, "Ada")
    store.close()
    spoil(tmp_path / "b")
    with pytest.raises(ArchiveError, match=words):
        restored(store, tmp_path / "b", replace=True)
    assert rows_in(store, "users") == 1
    schema.check_current(store)


def test_a_backup_of_a_newer_version_is_refused(
    sampled: Store, other: Store, tmp_path: Path
) -> None:
    backed_up(sampled, tmp_path / "b")
    rewritten(
        tmp_path / "b",
        lambda name, data: (
            data.replace(schema.head_revision().encode(), b"9999")
            if name == "manifest.json"
            else data
        ),
    )
    with pytest.raises(SchemaError, match="a newer version"):
        restored(other, tmp_path / "b")


def test_after_a_failed_upgrade_the_backup_from_before_goes_back(
    sampled: Store, store: Store, tmp_path: Path
) -> None:
    backed_up(sampled, tmp_path / "b")
    with store.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.execute(text("CREATE TABLE from_the_future (id INTEGER)"))
    store.close()
    with pytest.raises(SchemaError, match="newer version"):
        backed_up(store, tmp_path / "none")
    # A table that we do not know is nobody's but its owner's to drop.
    with pytest.raises(ArchiveError, match="from_the_future"):
        restored(store, tmp_path / "b", replace=True)
    with store.write() as session:
        session.execute(text("DROP TABLE from_the_future"))
    store.close()
    restored(store, tmp_path / "b", replace=True)
    schema.check_current(store)


def test_an_empty_database_has_nothing_to_back_up(other: Store, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="empty"):
        backed_up(other, tmp_path / "b")


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "judge.db").write_bytes(b"not a database " * 1000)
    store = Store(f"sqlite:///{tmp_path / 'judge.db'}")
    with pytest.raises(DatabaseAway, match=r"not a database.*judge restore"):
        schema.check_current(store)
    store.close()

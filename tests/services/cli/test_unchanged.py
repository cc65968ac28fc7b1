"""A start reads the course only where something has changed since."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge import publishing
from judge.catalog import load_course
from judge.cli.service import Loaded, put_course
from judge.store import Store, contents
from judge.store.audit import Actor
from tests.services.conftest import SLUG

pytestmark = pytest.mark.services


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Count how often the files are read."""
    seen: list[Path] = []
    whole = load_course

    def counting(root: Path) -> object:
        seen.append(root)
        return whole(root)

    monkeypatch.setattr(publishing, "load_course", counting)
    return seen


def start(store: Store, course: Path) -> tuple[Loaded, str]:
    loaded = put_course(store, course)
    with store.look() as connection:
        chapter = contents.find(connection, "01-creation", None)
        assert chapter is not None
        return loaded, f"{chapter.title_en}{chapter.page_en}"


def test_a_start_reads_what_has_changed_and_nothing_else(
    store: Store, course: Path, reads: list[Path]
) -> None:
    assert start(store, course)[0].changes.added == [SLUG]
    for _ in range(2):
        loaded, _ = start(store, course)
        assert loaded.changes.same == [SLUG]
    assert len(reads) == 1
    for language in ("zh", "en"):
        (course / f"01-creation/chapter.{language}.md").write_text(" of tensors")
    assert start(store, course)[1] == "Creation of tensors"
    path = course / f"{SLUG}.yaml"
    path.write_text(path.read_text() + "limits: {time_s: 3}\n")
    assert start(store, course)[0].changes.changed == [SLUG]
    path.unlink()
    assert start(store, course)[0].changes.withdrawn == [SLUG]
    assert start(store, course)[0].changes.same == []
    assert len(reads) == 4


def test_a_file_that_does_not_hold_is_complained_about_at_every_start(
    store: Store, course: Path, reads: list[Path]
) -> None:
    start(store, course)
    path = course / f"{SLUG}.yaml"
    held = path.read_text()
    path.write_text("title: only\n")
    for _ in range(2):
        assert SLUG in start(store, course)[0].broken[0]
    path.write_text(held)  # as the database has it, and yet a start may not trust to that
    assert start(store, course)[0].broken == ()
    assert len(reads) == 4


def test_another_program_reads_the_files_anew(
    store: Store, course: Path, reads: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(store, course)
    monkeypatch.setattr(publishing, "_PROGRAM", tmp_path)
    (tmp_path / "mended.py").touch()
    start(store, course)
    assert len(reads) == 2


def test_whoever_asks_for_it_gets_it_read(store: Store, course: Path, reads: list[Path]) -> None:
    for _ in range(2):
        put_course(store, course, actor=Actor(None, "shell"))
    assert len(reads) == 2

"""What is preloaded is learned with distrust, and remembered where that is possible."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from judge.errors import SandboxError
from judge.sandbox.learning import Learning
from judge.sandbox.protocol import FrameKind
from tests.unit.sandbox import wire
from tests.unit.sandbox.fakes import FakeZygote, Script, Voice

ODD = (
    "",
    "os.",
    ".os",
    "a b",
    "a;b",
    "../a",
    "unittest.__main__",
    "__main__",
    "a\nb",
    "3d",
    "é!",
    "a" * 1000,
)


def trying(*failed: str) -> Script:
    """Answer a trial: all but these modules could be imported."""

    def script(voice: Voice) -> None:
        voice.begin()
        tried = ast.literal_eval(voice.job["calls"][0]["args"][0])
        well = (wire.string(name) for name in tried if name not in failed)
        voice.say(FrameKind.FORWARD, wire.forward(0, wire.sequence("list", *well)))
        voice.end()

    return script


def leaving(voice: Voice) -> None:
    voice.begin()


def relearned(memory: Path | None) -> list[str]:
    """Return what a new zygote would import."""
    zygote = FakeZygote(leaving)
    assert Learning(memory).preload(zygote)
    return zygote.preloaded


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "state" / "modules.json"


def test_modules_are_imported_in_the_order_in_which_they_came(memory: Path) -> None:
    zygote = FakeZygote(trying())
    Learning(memory).learn(zygote, ("json", "ast", "base64"))
    assert zygote.preloaded == ["json", "ast", "base64"]
    assert json.loads(memory.read_text()) == ["json", "ast", "base64"]
    assert relearned(memory) == ["json", "ast", "base64"]


def test_names_that_are_no_modules_are_left_out() -> None:
    zygote = FakeZygote(trying())
    Learning(None).learn(zygote, (*ODD, "json"))
    assert zygote.preloaded == ["json"]


def test_a_name_is_learned_once() -> None:
    zygote = FakeZygote(trying())
    learning = Learning(None)
    learning.learn(zygote, ("json", "json"))
    learning.learn(zygote, ("json", "ast"))
    assert zygote.preloaded == ["json", "ast"]


def test_a_module_that_fails_its_trial_never_reaches_the_zygote() -> None:
    zygote = FakeZygote(trying("bad"))
    learning = Learning(None)
    learning.learn(zygote, ("json", "bad"))
    learning.learn(zygote, ("bad",))
    assert zygote.preloaded == ["json"]


def test_modules_that_end_the_child_that_tries_them_never_reach_the_zygote() -> None:
    zygote = FakeZygote(leaving)
    Learning(None).learn(zygote, ("json", "deadly"))
    assert zygote.preloaded == []


def test_the_trial_is_of_the_names_and_as_a_student_s() -> None:
    zygote = FakeZygote(trying())
    Learning(None).learn(zygote, ("json", "ast"))
    (voice,) = zygote.voices
    assert voice.job["calls"][0]["args"] == [repr(["json", "ast"])]
    assert not voice.job["author"]


def test_our_own_modules_need_no_trial() -> None:
    zygote = FakeZygote()
    Learning(None).learn(zygote, ("json",), trusted=True)
    assert zygote.preloaded == ["json"]
    assert not zygote.voices


def test_a_zygote_in_which_a_module_failed_half_way_is_not_used(memory: Path) -> None:
    zygote = FakeZygote(trying())
    zygote.unloadable = ("half",)
    learning = Learning(memory)
    learning.learn(zygote, ("json", "half"))
    assert zygote.stopped
    fresh = FakeZygote()
    assert learning.preload(fresh)
    assert fresh.preloaded == ["json"]
    assert relearned(memory) == ["json"]


def test_a_new_zygote_is_not_used_where_a_remembered_module_fails_but_the_next_is(
    memory: Path,
) -> None:
    memory.parent.mkdir()
    memory.write_text('["json", "gone"]')
    learning = Learning(memory)
    zygote = FakeZygote()
    zygote.unloadable = ("gone",)
    assert not learning.preload(zygote)
    fresh = FakeZygote()
    assert learning.preload(fresh)
    assert fresh.preloaded == ["json"]


class _Dying(FakeZygote):
    def preload(self, modules: object) -> tuple[str, ...]:
        """Die of it."""
        raise SandboxError(f"{modules} ended the zygote")


def test_what_a_zygote_died_of_is_not_given_to_the_next(memory: Path) -> None:
    memory.parent.mkdir()
    memory.write_text('["json"]')
    learning = Learning(memory)
    with pytest.raises(SandboxError):
        learning.preload(_Dying())
    fresh = FakeZygote()
    assert learning.preload(fresh)
    assert fresh.preloaded == []


def test_what_a_zygote_died_of_as_it_was_learned_is_not_learned_again() -> None:
    learning = Learning(None)
    with pytest.raises(SandboxError):
        learning.learn(_Dying(trying()), ("json",))
    zygote = FakeZygote(trying())
    learning.learn(zygote, ("json", "ast"))
    assert zygote.preloaded == ["ast"]


@pytest.mark.parametrize(
    "content", ["", "{", "3", "null", '{"json": 1}', "[3, null, ['json']]", "[3, null]", "\x00"]
)
def test_a_broken_memory_is_an_empty_one(memory: Path, content: str) -> None:
    memory.parent.mkdir()
    memory.write_text(content)
    assert relearned(memory) == []


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000])
def test_a_memory_that_is_no_text_or_no_end_is_an_empty_one(memory: Path, data: bytes) -> None:
    memory.parent.mkdir()
    memory.write_bytes(data)
    assert relearned(memory) == []


def test_odd_names_in_a_memory_are_left_out(memory: Path) -> None:
    memory.parent.mkdir()
    memory.write_text(json.dumps([*ODD, 3, "json"]))
    assert relearned(memory) == ["json"]


def test_a_memory_that_can_not_be_written_keeps_nobody_from_judging(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    zygote = FakeZygote(trying())
    Learning(tmp_path / "file" / "modules.json").learn(zygote, ("json",))
    assert zygote.preloaded == ["json"]


def test_without_a_memory_nothing_is_known_at_first() -> None:
    assert relearned(None) == []


def test_what_is_known_comes_behind_what_is_remembered_and_once(memory: Path) -> None:
    memory.parent.mkdir()
    memory.write_text(json.dumps(["json", "ast"]))
    zygote = FakeZygote(leaving)
    assert Learning(memory, known=("ast", "csv")).preload(zygote)
    assert zygote.preloaded == ["json", "ast", "csv"]

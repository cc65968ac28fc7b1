"""What goes wrong on our side is retried, or said to be our fault; it never costs a student."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from judge.domain.problem import Limits, Problem
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.errors import SandboxError
from judge.pipeline import Judge
from judge.sandbox import session, zygote
from judge.sandbox.service import Sandbox
from judge.sandbox.syscalls import filter_program
from tests.sandbox.small import build, case

pytestmark = pytest.mark.sandbox

PATIENT = build(
    "patient",
    "def f(x):\n    return x + 1",
    case("torch.randn(3)"),
    case("torch.randn(4)"),
    limits=Limits(time_s=3.0, memory_bytes=256 << 20),
)
SLOW_BUT_RIGHT = "import time\ndef f(x):\n    time.sleep(1.5)\n    return x + 1"
SLOW_AND_WRONG = "import time\ndef f(x):\n    time.sleep(1.5)\n    return x"
LEAVING = "import os\ndef f(x):\n    os._exit(3)"


@pytest.fixture(scope="module")
def own() -> Iterator[Judge]:
    """A judge whose sandbox may be broken; every start of one takes seconds."""
    with Sandbox() as sandbox:
        judge = Judge(sandbox)
        for _ in range(3):
            # Keys for all of this page, so that what is killed is killed in a student's run.
            judge.judge(PATIENT, PATIENT.solution)
        yield judge


def kill_soon(judge: Judge, find: Callable[[], int], *, times: int = 1) -> threading.Thread:
    """Kill a process of each zygote, shortly after it has begun to serve."""

    def kill() -> None:
        for _ in range(times):
            judge.sandbox.zygote()
            time.sleep(0.4)
            os.kill(find(), signal.SIGKILL)
            time.sleep(0.2)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def judged_while(killer: threading.Thread, judge: Judge, answer: str) -> Report:
    try:
        return judge.judge(PATIENT, answer)
    finally:
        killer.join()


@pytest.mark.parametrize(
    ("victim", "answer", "verdict"),
    [
        ("python", SLOW_BUT_RIGHT, Verdict.ACCEPTED),
        ("bubblewrap", SLOW_AND_WRONG, Verdict.WRONG_VALUE),
    ],
)
def test_a_zygote_killed_in_mid_run_costs_no_verdict(
    own: Judge, victim: str, answer: str, verdict: Verdict
) -> None:
    first = own.sandbox.zygote()
    pid = first.pid if victim == "python" else first.process.pid
    report = judged_while(kill_soon(own, lambda: pid), own, answer)
    assert [each.verdict for each in report.cases] == [verdict, verdict]
    assert own.sandbox.zygote() is not first


def test_a_zygote_killed_twice_is_our_fault_and_the_next_submission_is_judged(own: Judge) -> None:
    killer = kill_soon(own, lambda: own.sandbox.zygote().pid, times=2)
    with pytest.raises(SandboxError):
        judged_while(killer, own, SLOW_BUT_RIGHT)
    assert own.judge(PATIENT, PATIENT.solution).verdict is Verdict.ACCEPTED


def test_a_zygote_killed_between_submissions_is_not_noticed(own: Judge) -> None:
    os.kill(own.sandbox.zygote().pid, signal.SIGKILL)
    assert own.judge(PATIENT, PATIENT.solution).verdict is Verdict.ACCEPTED


def test_a_zygote_that_hangs_while_a_child_is_buried_is_replaced(
    own: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ten seconds each are right for a busy service and too long for a test.
    monkeypatch.setattr(session, "_DEATH_WAIT_S", 1.0)
    monkeypatch.setattr(zygote, "CLONE_LIMIT_S", 2.0)
    hung = own.sandbox.zygote()
    os.kill(hung.pid, signal.SIGSTOP)
    start = time.monotonic()
    report = own.judge(PATIENT, LEAVING)
    assert report.verdict is Verdict.RUNTIME_ERROR
    assert own.sandbox.zygote() is not hung
    # For the child, for its death, and as much again where keys are being made ahead meanwhile.
    assert time.monotonic() - start < 40


def test_a_zygote_that_hangs_when_a_child_is_wanted_is_replaced_soon(
    own: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zygote, "CLONE_LIMIT_S", 2.0)
    hung = own.sandbox.zygote()
    hung.keep_ready(0)
    while hung.ready.qsize():
        hung.bury(hung.take())
    os.kill(hung.pid, signal.SIGSTOP)
    start = time.monotonic()
    assert own.judge(PATIENT, PATIENT.solution).verdict is Verdict.ACCEPTED
    assert own.sandbox.zygote() is not hung
    assert time.monotonic() - start < 40


def test_a_missing_bubblewrap_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="install the package bubblewrap"):
        Sandbox().zygote()


def test_a_bubblewrap_that_fails_is_quoted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(SandboxError, match="No permissions to create new namespace"):
        Sandbox().zygote()


def test_a_missing_libseccomp_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    filter_program.cache_clear()
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    with pytest.raises(SandboxError, match="libseccomp"):
        Sandbox().zygote()


def importing(module: str) -> Problem:
    solution = f"def f(x):\n    import {module}\n    return x + 1"
    return build(module, solution, case("torch.randn(3)"))


def test_a_full_disk_keeps_nobody_from_judging_and_what_is_learned_later_is_remembered(
    tmp_path: Path,
) -> None:
    memory = tmp_path / "deep" / "modules.json"
    early, late = importing("plistlib"), importing("mailbox")
    with Sandbox(memory=memory) as sandbox:
        judge = Judge(sandbox)
        before = memory.read_text() if memory.exists() else None
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        try:
            # No file of this process can grow: what a full disk comes to.
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
            report = judge.judge(early, early.solution)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert report.verdict is Verdict.ACCEPTED
        # What was there is whole: half a file would be worse than none.
        assert (memory.read_text() if memory.exists() else None) == before

        assert judge.judge(late, late.solution).verdict is Verdict.ACCEPTED
        assert {"plistlib", "mailbox"} <= set(json.loads(memory.read_text()))

    with Sandbox(memory=memory) as sandbox:
        answer = "import sys\ndef f(x):\n    return x + ('mailbox' in sys.modules)"
        assert Judge(sandbox).judge(late, answer).verdict is Verdict.ACCEPTED


GARBAGE = {
    "no text": b"\xff\xfe\0",
    "no list": b'{"a": 1}',
    "nested without end": b"[" * 100_000,
    "no names": b'[1, null, "os; import evil", "../x", "", "a.b.", ["torch"]]',
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE.keys())
def test_a_broken_memory_is_no_memory(tmp_path: Path, content: bytes) -> None:
    memory = tmp_path / "modules.json"
    memory.write_bytes(content)
    Sandbox(memory=memory).stop()
    Sandbox(memory=tmp_path).stop()


def test_remembered_modules_that_are_gone_or_harmful_keep_nobody_from_judging(
    tmp_path: Path,
) -> None:
    memory = tmp_path / "modules.json"
    harmful = ["this_is_not_there", "unittest.__main__", "torch.not_there", "mailbox"]
    memory.write_text(json.dumps(harmful))
    with Sandbox(memory=memory) as sandbox:
        assert Judge(sandbox).judge(PATIENT, PATIENT.solution).verdict is Verdict.ACCEPTED

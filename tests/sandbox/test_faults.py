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

from judge.domain.problem import Limits
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.errors import SandboxError
from judge.pipeline import Judge
from judge.sandbox import session, zygote
from judge.sandbox.service import Sandbox
from judge.sandbox.syscalls import filter_program
from tests.sandbox.small import PROBLEMS, build, case

pytestmark = pytest.mark.sandbox

PATIENT = build(
    "patient",
    "def f(x):\n    return x + 1",
    case("torch.randn(3)"),
    case("torch.randn(4)"),
    limits=Limits(time_s=3.0, memory_bytes=256 << 20),
)
SLOW_BUT_RIGHT = "import time\ndef f(x):\n    time.sleep(0.5)\n    return x + 1"
SLOW_AND_WRONG = "import time\ndef f(x):\n    time.sleep(0.5)\n    return x"
LEAVING = "import os\ndef f(x):\n    os._exit(3)"


@pytest.fixture
def own() -> Iterator[Judge]:
    """A judge whose sandbox may be broken."""
    with Sandbox() as sandbox:
        yield Judge(sandbox)


def kill_soon(judge: Judge, find: Callable[[], int], *, times: int = 1) -> threading.Thread:
    """Kill a process of each zygote, shortly after it has begun to serve."""

    def kill() -> None:
        for _ in range(times):
            judge.sandbox.zygote()
            time.sleep(0.25)
            os.kill(find(), signal.SIGKILL)
            time.sleep(0.1)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def judged_while(killer: threading.Thread, judge: Judge, answer: str) -> Report:
    try:
        return judge.judge(PATIENT, answer)
    finally:
        killer.join()


@pytest.mark.parametrize("answer", [SLOW_BUT_RIGHT, SLOW_AND_WRONG])
@pytest.mark.parametrize("victim", ["python", "bubblewrap"])
def test_a_zygote_killed_in_mid_run_costs_no_verdict(own: Judge, answer: str, victim: str) -> None:
    own.judge(PATIENT, PATIENT.solution)
    first = own.sandbox.zygote()
    pid = first.pid if victim == "python" else first.process.pid
    report = judged_while(kill_soon(own, lambda: pid), own, answer)

    right = answer is SLOW_BUT_RIGHT
    assert report.verdict is (Verdict.ACCEPTED if right else Verdict.WRONG_VALUE)
    assert [each.verdict for each in report.cases] == [report.verdict] * 2
    assert own.sandbox.zygote() is not first


def test_a_zygote_killed_twice_is_our_fault_and_the_next_submission_is_judged(own: Judge) -> None:
    own.judge(PATIENT, PATIENT.solution)
    killer = kill_soon(own, lambda: own.sandbox.zygote().pid, times=2)
    with pytest.raises(SandboxError):
        judged_while(killer, own, SLOW_BUT_RIGHT)
    assert own.judge(PATIENT, PATIENT.solution).verdict is Verdict.ACCEPTED


def test_a_zygote_killed_between_submissions_is_not_noticed(own: Judge) -> None:
    os.kill(own.sandbox.zygote().pid, signal.SIGKILL)
    assert own.judge(PATIENT, PATIENT.solution).verdict is Verdict.ACCEPTED


def test_a_zygote_that_hangs_is_replaced(own: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    # A minute is right for a service and too long for a test.
    monkeypatch.setattr(zygote, "REPLY_LIMIT_S", 1.5)
    with Sandbox() as sandbox:
        judge = Judge(sandbox)
        judge.judge(PATIENT, PATIENT.solution)
        hung = sandbox.zygote()
        os.kill(hung.pid, signal.SIGSTOP)
        verdicts = {judge.judge(PATIENT, PATIENT.solution).verdict for _ in range(4)}
        assert verdicts == {Verdict.ACCEPTED}
        assert sandbox.zygote() is not hung


def test_a_zygote_that_hangs_while_a_child_is_buried_is_our_fault(
    own: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "_DEATH_WAIT_S", 0.5)
    own.judge(PATIENT, PATIENT.solution)
    pid = own.sandbox.zygote().pid
    os.kill(pid, signal.SIGSTOP)
    try:
        # Retried and right, or said to be ours; not an error of any other kind.
        assert own.judge(PATIENT, LEAVING).verdict is Verdict.RUNTIME_ERROR
    except SandboxError:
        pass
    finally:
        os.kill(pid, signal.SIGCONT)


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


def test_a_stopped_sandbox_starts_again_when_it_is_asked() -> None:
    with Sandbox() as sandbox:
        judge = Judge(sandbox)
        sandbox.stop()
        assert judge.judge(PATIENT, PATIENT.solution).verdict is Verdict.ACCEPTED


def learning_problem(module: str) -> str:
    return f"def f(x):\n    import {module}\n    return x + 1"


def test_a_full_disk_keeps_nobody_from_judging(tmp_path: Path) -> None:
    memory = tmp_path / "deep" / "modules.json"
    problem = build("learning", learning_problem("plistlib"), case("torch.randn(3)"))
    with Sandbox(memory=memory) as sandbox:
        judge = Judge(sandbox)
        before = memory.read_text() if memory.exists() else None
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        try:
            # No file of this process can grow: what a full disk comes to.
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
            report = judge.judge(problem, problem.solution)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        assert report.verdict is Verdict.ACCEPTED
        # What was there is whole: half a file would be worse than none.
        assert (memory.read_text() if memory.exists() else None) == before


def test_what_was_learned_is_remembered_by_the_next_sandbox(tmp_path: Path) -> None:
    memory = tmp_path / "modules.json"
    problem = build("learning", learning_problem("plistlib"), case("torch.randn(3)"))
    with Sandbox(memory=memory) as sandbox:
        Judge(sandbox).judge(problem, problem.solution)
    assert "plistlib" in json.loads(memory.read_text())
    answer = "import sys\ndef f(x):\n    return x + ('plistlib' in sys.modules)"
    with Sandbox(memory=memory) as sandbox:
        assert Judge(sandbox).judge(problem, answer).verdict is Verdict.ACCEPTED


GARBAGE = {
    "no JSON": b"\xff\xfe\0",
    "no list": b'{"a": 1}',
    "nested without end": b"[" * 100_000,
    "no names": b'[1, null, "os; import evil", "../x", "", "a.b.", ["torch"]]',
    "no modules": b'["this_is_not_there", "unittest.__main__", "torch.not_there", "antigravity.x"]',
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE.keys())
def test_a_broken_memory_file_keeps_nobody_from_judging(tmp_path: Path, content: bytes) -> None:
    memory = tmp_path / "modules.json"
    memory.write_bytes(content)
    with Sandbox(memory=memory) as sandbox:
        judge = Judge(sandbox)
        assert judge.judge(PROBLEMS["slope"], PROBLEMS["slope"].solution).verdict is Verdict.ACCEPTED


def test_a_memory_that_is_a_folder_keeps_nobody_from_judging(tmp_path: Path) -> None:
    with Sandbox(memory=tmp_path) as sandbox:
        problem = PROBLEMS["slope"]
        assert Judge(sandbox).judge(problem, problem.solution).verdict is Verdict.ACCEPTED

"""Keys: what the reference does for a seed.

Made in batches, used once, so that a busy problem costs one sandbox a submission.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from judge.domain.observation import (
    ArrayNode,
    Observation,
    OpaqueNode,
    Raised,
    TensorNode,
    walk,
)
from judge.domain.problem import Case, Problem
from judge.domain.seeds import new_seed
from judge.domain.verdict import Ending
from judge.errors import AuthorError, JudgeError
from judge.pipeline.runs import author_job
from judge.sandbox.frames import Fault, Stop
from judge.sandbox.job import RunId, RunSpec, Simulation
from judge.sandbox.protocol import MAX_TENSOR_BYTES
from judge.sandbox.service import Sandbox
from judge.sandbox.session import SessionResult

MAX_BATCH = 16
"""Seeds that one author's child serves: enough to share its cost, few enough to hold in memory."""
_BUSY_BATCH = 8
"""From this size on a problem is being judged again and again."""

UNSIMULATED = frozenset(
    {
        "DataDependentOutputException",
        "DynamicOutputShapeException",
        "UnsupportedFakeTensorException",
        "UnsupportedOperatorException",
    }
)
"""What fake tensors raise where the answer needs a value: nothing can be said about such a run."""
_T = TypeVar("_T")
_NO_DRIVER = (
    "PyTorch is not linked with support for cuda devices",
    "from the 'CUDA' backend",
    "is not supported for tensor subclasses",
)
"""What torch says, in a RuntimeError, where it needs a driver even for a fake tensor."""


@dataclass(frozen=True, slots=True)
class Key:
    """What the reference did for one seed, run by run."""

    seed: str
    observations: Mapping[RunId, Observation]
    runs: tuple[RunSpec, ...] = ()
    """The runs themselves, as an answer is to be called; worked out again where missing."""


def make_keys(sandbox: Sandbox, problem: Problem, *, seeds: tuple[str, ...]) -> tuple[Key, ...]:
    """Run the reference for each seed.

    Raises:
        AuthorError: the problem's inputs or its reference fail, or do not end as the case says.
        SandboxError: the sandbox failed.
    """
    job = author_job(problem, problem.solution, seeds=seeds)
    result = sandbox.run(job)
    _insist_on_result(result, problem)
    seen = by_draw(result.observations)
    runs: dict[int, list[RunSpec]] = defaultdict(list)
    for run in job.runs:
        runs[run.id.draw].append(run.of_draw(0))
    keys = tuple(Key(seed, seen[draw], tuple(runs[draw])) for draw, seed in enumerate(seeds))
    for key in keys:
        _insist_on_endings(key, problem)
    return keys


def by_draw(found: Mapping[RunId, _T]) -> Mapping[int, Mapping[RunId, _T]]:
    """Divide what belongs to several draws, each as if it were the only one."""
    divided: dict[int, dict[RunId, _T]] = defaultdict(dict)
    for run, each in found.items():
        divided[run.draw][run._replace(draw=0)] = each
    return divided


def make_key(sandbox: Sandbox, problem: Problem, *, seed: str) -> Key:
    """Run the reference for one seed; see ``make_keys``."""
    return make_keys(sandbox, problem, seeds=(seed,))[0]


def observe(
    sandbox: Sandbox, problem: Problem, source: str, *, seed: str
) -> Mapping[RunId, Observation] | None:
    """Run an author's other code, a known mistake say, for one seed; None if it can't be called."""
    result = sandbox.run(author_job(problem, source, seeds=(seed,)))
    return None if result.stop or result.fault else result.observations


class KeyPool:
    """Keys that wait to be used, by problem version. Safe for many threads."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._lock = threading.Lock()
        self._pools: dict[str, _Pool] = {}
        self._ahead = ThreadPoolExecutor(1, thread_name_prefix="keys")

    def take(self, problem: Problem) -> Key:
        """Return a key for a fresh secret seed; make a batch of them where none is left.

        Batches double from one: a problem that is judged once costs one run of its reference. For
        one that is asked for again and again they are made before the last is used, so that no
        student waits for more than their own.
        """
        with self._lock:
            pool = self._pools.setdefault(f"{problem.slug}@{problem.version}", _Pool())
        while True:
            with suppress(IndexError):
                key = pool.keys.popleft()
                if pool.is_low() and not pool.making.locked():
                    self._ahead.submit(self._fill, problem, pool)
                return key
            with pool.making:
                if not pool.keys:
                    self._make(problem, pool)

    def _fill(self, problem: Problem, pool: _Pool) -> None:
        # What fails here fails again, and is said, where somebody waits for a key.
        with pool.making, suppress(JudgeError):
            if pool.is_low():
                self._make(problem, pool)

    def _make(self, problem: Problem, pool: _Pool) -> None:
        seeds = tuple(new_seed() for _ in range(pool.batch))
        pool.keys.extend(make_keys(self._sandbox, problem, seeds=seeds))
        pool.batch = min(2 * pool.batch, MAX_BATCH)


class _Pool:
    def __init__(self) -> None:
        self.making = threading.Lock()
        self.keys: deque[Key] = deque()
        self.batch = 1

    def is_low(self) -> bool:
        return self.batch >= _BUSY_BATCH and len(self.keys) <= self.batch // 2


def _insist_on_result(result: SessionResult, problem: Problem) -> None:
    if result.fault is not None:
        raise AuthorError(f"{problem.slug}: {_faulty(result.fault, problem)}")
    if result.stop is not None:
        raise AuthorError(f"{problem.slug}: the solution can't be called: {_stopped(result.stop)}")


def _faulty(fault: Fault, problem: Problem) -> str:
    if fault.ended is not None:
        return f"given, or the inputs of a case, can't be made: {_ended(fault.ended)}"
    runs = author_job(problem, "", seeds=("",)).runs
    where = (
        "given" if fault.order < 0 else f"the inputs of case {_name(problem, runs, fault.order)}"
    )
    return f"{where} can't be made: {_said(fault.raised)}"


def _name(problem: Problem, runs: tuple[RunSpec, ...], order: int) -> str:
    """Name the case of a run; a batch repeats the runs for each of its seeds."""
    return repr(problem.cases[runs[order % len(runs)].id.case].name.en)


def _stopped(stop: Stop) -> str:
    if stop.raised is not None:
        return _said(stop.raised)
    if stop.observation is not None:
        return _ended(stop.observation)
    return f"{stop.kind.value} {stop.detail}".strip()


def _said(raised: Raised) -> str:
    line = f" (line {raised.frames[-1].line} of the code)" if raised.frames else ""
    return f"{raised.classes[0]}: {raised.message}{line}"


def _ended(seen: Observation) -> str:
    match seen.ending:
        case Ending.TIMED_OUT:
            return f"over the time limit after {seen.usage.cpu_s:.1f} s of CPU time"
        case Ending.OUT_OF_MEMORY:
            return "over the memory limit"
        case Ending.TOO_MUCH_OUTPUT:
            return "too much output"
        case Ending.RAISED if seen.raised is not None:
            return _said(seen.raised)
        case _:
            return f"the process died ({seen.death or seen.ending.value})"


def _insist_on_endings(key: Key, problem: Problem) -> None:
    """Refuse a reference by which no answer could be judged rightly.

    One that fails where no exception is asked for would turn right answers into wrong ones; one
    that returns what is not looked into would turn wrong ones into right ones.
    """
    for index, case in enumerate(problem.cases):
        for repetition in range(case.repeat):
            wrong = _unfit(key, case, RunId(index, repetition))
            if wrong is not None:
                raise AuthorError(f"{problem.slug}: case {case.name.en!r}: {wrong}")


def _unfit(key: Key, case: Case, run: RunId) -> str | None:
    parts = {
        each: key.observations.get(RunId(run.case, run.repetition, each)) for each in Simulation
    }
    seen = {each: part for each, part in parts.items() if part is not None}
    telling = {each: part for each, part in seen.items() if tells(part, each, case)}
    for part in telling.values():
        wrong = _wrong_ending(part, case.raises)
        if wrong is not None:
            return f"the solution: {wrong}"
        opaque = _opaque(part)
        if opaque is not None:
            return f"the solution returns what can't be looked into: {opaque}"
    if telling:
        return None
    if not seen:
        return "the solution was not run to its end"
    last = _ended(next(reversed(seen.values())))
    return f"without a real device the solution can neither be simulated nor run on the CPU: {last}"


def _opaque(seen: Observation) -> str | None:
    if seen.origin is not None or seen.result is None:
        return None
    for path, node in walk(seen.result, "result"):
        if isinstance(node, OpaqueNode):
            return f"{path} is {node.kind or 'something'} ({node.reason.replace('_', ' ')})"
        if isinstance(node, TensorNode | ArrayNode) and node.omitted:
            return f"{path} has more than {MAX_TENSOR_BYTES >> 20} MB"
    return None


def tells(want: Observation, simulation: Simulation, case: Case) -> bool:
    """Tell whether a run of the key says anything about answers.

    Fake tensors have no values to branch on, and a CPU twin on which the reference itself fails has
    nothing to compare. Only the key decides: an answer could claim anything.
    """
    match simulation:
        case Simulation.FAKE:
            return not is_unsimulated(want)
        case Simulation.TWIN:
            return _wrong_ending(want, case.raises) is None
        case Simulation.NONE:
            return True


def _wrong_ending(seen: Observation, raises: str | None) -> str | None:
    if raises is None:
        return None if seen.ending is Ending.RETURNED else _ended(seen)
    if seen.ending is Ending.RETURNED:
        return f"returned, but the case says that it raises {raises}"
    classes = seen.raised.classes if seen.raised is not None else ()
    return (
        None if raises in classes else f"the case says that it raises {raises}, but: {_ended(seen)}"
    )


def is_unsimulated(seen: Observation) -> bool:
    """Tell whether a simulated run says nothing: it would have needed a value, or a driver."""
    raised = seen.raised
    if raised is None or not seen.simulated:
        return False
    if raised.classes[0] == "RuntimeError":
        return any(words in raised.message for words in _NO_DRIVER)
    return raised.classes[0] in UNSIMULATED

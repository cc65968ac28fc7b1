"""Problems, observations and session results in one line, and a sandbox that runs nothing."""
# ruff: noqa: ANN401 - builders pass on whatever a test gives them.

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any

from judge.domain.observation import Frame, Node, Observation, Raised, ScalarNode, TensorNode
from judge.domain.problem import Case, Difficulty, Limits, Problem, Rules, Signature, Text
from judge.domain.verdict import Ending, Fact
from judge.sandbox.job import Job, RunId
from judge.sandbox.service import Sandbox
from judge.sandbox.session import NOTHING, SessionResult

NONE = ScalarNode("NoneType", None)


def case(*arguments: str, checks: tuple[Fact, ...] = (), name: str = "a case", **rest: Any) -> Case:
    return Case(
        name=Text(f"zh {name}", name), arguments=arguments, checks=frozenset(checks), **rest
    )


def problem(*cases: Case, rules: Rules | None = None, limits: Limits | None = None) -> Problem:
    return Problem(
        slug="chapter/name",
        version="1",
        title=Text("题", "title"),
        difficulty=Difficulty.EASY,
        signature=Signature("f(x: Tensor, scale: float) -> Tensor", "f", ("x", "scale")),
        statement=Text("写 f。", "Write f. Return a dict with the key total."),
        solution="def f(x, scale): return x * scale",
        cases=cases,
        rules=rules or Rules(),
        limits=limits or Limits(),
    )


def returned(result: Node = NONE, **facts: Any) -> Observation:
    return Observation(Ending.RETURNED, result=result, **facts)


def raised(
    *classes: str, message: str = "", lines: tuple[int, ...] = (), **facts: Any
) -> Observation:
    frames = tuple(Frame(line, "f") for line in lines)
    return Observation(Ending.RAISED, raised=Raised(classes, message, frames), **facts)


def ended(ending: Ending, death: str = "", **facts: Any) -> Observation:
    return Observation(ending, death=death, **facts)


def tensor(number: float, **changes: Any) -> TensorNode:
    fields: dict[str, Any] = {
        "dtype": "float32",
        "device": "cpu",
        "shape": (1,),
        "strides": (1,),
        "offset": 0,
        "storage": 0,
        "requires_grad": False,
        "is_leaf": True,
        "parameter": False,
        "data": struct.pack("<f", number),
    }
    return TensorNode(**fields | changes)


class FakeSandbox(Sandbox):
    """Answers every job by a function; remembers the jobs."""

    def __init__(self, answer: Callable[[Job], SessionResult]) -> None:
        super().__init__()
        self.answer = answer
        self.jobs: list[Job] = []

    def run(self, job: Job, known: Mapping[RunId, Observation] = NOTHING) -> SessionResult:
        """Answer at once."""
        del known
        self.jobs.append(job)
        return self.answer(job)


def all_return(job: Job) -> SessionResult:
    """What a sandbox says of code that returns None whatever it is called with."""
    return SessionResult(observations={run.id: returned() for run in job.runs})

"""What a child is asked to do: one answer, and the runs of cases to call it for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from judge.domain.problem import Case, Limits, Signature
from judge.domain.seeds import derive, draw
from judge.domain.verdict import Device, Fact


class Simulation(StrEnum):
    """How a run stands in for a device that is not there."""

    NONE = ""
    FAKE = "fake"
    """Tensors with a device, but no values: shape, dtype, device and errors are judged."""
    TWIN = "twin"
    """The same on the CPU: values are judged."""

    # Enum's own is a function in Python.
    __hash__ = str.__hash__


class RunId(NamedTuple):
    """Which run of which case this is; indices count from 0. ``draw`` tells several seeds apart.

    A tuple, for it is looked up a hundred times a judging, and tuples hash in C.
    """

    case: int
    repetition: int
    simulation: Simulation = Simulation.NONE
    draw: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """What all runs of a case have in common. Expressions are the author's."""

    setup: str
    arguments: tuple[str, ...]
    keywords: tuple[tuple[str, str], ...]
    parameter_names: tuple[str, ...]
    device: Device
    simulation: Simulation
    checks: frozenset[Fact]
    trace_calls: bool
    returns: str | None = None
    """The expression that a case states as its result: evaluated in place of a call, if given."""

    @property
    def wants_gradients(self) -> bool:
        """Whether gradients are pulled back; fake tensors have none."""
        return Fact.GRADIENT in self.checks and self.simulation is not Simulation.FAKE


@dataclass(frozen=True, slots=True)
class RunSpec:
    """One call as the child gets it; ``seed`` is this run's own."""

    id: RunId
    seed: int
    cotangent: int
    let: tuple[tuple[str, str], ...]
    call: Call

    def of_draw(self, draw: int) -> RunSpec:
        """Return the same run under the number of another draw."""
        # Not by dataclasses.replace, which takes three times as long.
        return RunSpec(self.id._replace(draw=draw), self.seed, self.cotangent, self.let, self.call)


@dataclass(frozen=True, slots=True)
class Job:
    """One answer and its runs. ``author`` code is told the cotangents and shows its inputs."""

    source: str
    function: str
    given: str
    forbid: tuple[str, ...]
    limits: Limits
    runs: tuple[RunSpec, ...]
    author: bool = False
    require: tuple[str, ...] = ()
    bare: bool = False
    """Only make the calls and their backward passes, look at nothing: what ``judge bench`` compares
    judging with."""

    @property
    def simulates(self) -> bool:
        """Whether some run needs a device that is not there."""
        return any(run.id.simulation is not Simulation.NONE for run in self.runs)


def call_of(case: Case, simulation: Simulation, *, signature: Signature, trace_calls: bool) -> Call:
    """Return how a case is called, the same for each of its runs."""
    return Call(
        setup=case.setup,
        arguments=case.arguments,
        keywords=case.keywords,
        parameter_names=_names(signature, len(case.arguments)),
        device=Device.CPU if simulation is Simulation.TWIN else case.device,
        simulation=simulation,
        checks=case.checks,
        trace_calls=trace_calls,
    )


def specify(case: Case, run: RunId, *, seed: str, call: Call) -> RunSpec:
    """Fix one run of a case for one submission's secret seed."""
    own = derive(seed, case=run.case, repetition=run.repetition, purpose="input")
    drawn = derive(seed, case=run.case, repetition=run.repetition, purpose="let")
    cotangent = derive(seed, case=run.case, repetition=run.repetition, purpose="cotangent")
    return RunSpec(run, own, cotangent, draw(case, seed=drawn), call)


def _names(signature: Signature, count: int) -> tuple[str, ...]:
    """Name positional arguments after the signature; those of ``*args`` by their place."""
    named = signature.parameters[:count]
    return (*named, *(f"argument {place}" for place in range(len(named) + 1, count + 1)))


def encode_job(
    job: Job, runs: Sequence[RunSpec], *, address_space_bytes: int, cpu_s: int, marker: bytes
) -> bytes:
    """Write a job as the JSON that a child expects, for those of its runs that are still to do.

    Each run names its call by its place among the calls, which many have in common.
    """
    places: dict[int, int] = {}
    calls: list[dict[str, object]] = []
    for run in runs:
        if id(run.call) not in places:
            places[id(run.call)] = len(calls)
            calls.append(_encode_call(run.call))
    return json.dumps(
        {
            "source": job.source,
            "function": job.function,
            "given": job.given,
            "forbid": job.forbid,
            "require": job.require,
            "address_space_bytes": address_space_bytes,
            "cpu_s": cpu_s,
            "author": job.author,
            "bare": job.bare,
            "marker": marker.hex(),
            "calls": calls,
            "runs": [(places[id(run.call)], run.seed, run.let) for run in runs],
            "cotangents": [run.cotangent for run in runs] if job.author else None,
        }
    ).encode()


def _encode_call(call: Call) -> dict[str, object]:
    return {
        "setup": call.setup,
        "args": call.arguments,
        "kwargs": call.keywords,
        "names": call.parameter_names,
        "device": call.device.value,
        "simulate": call.simulation.value,
        "grad": call.wants_gradients,
        "files": Fact.FILES in call.checks,
        "trace_ops": Fact.OPERATIONS in call.checks,
        "trace_calls": call.trace_calls,
        "returns": call.returns,
    }

"""What a judging says: differences, cases, the verdict. Language-free and ready for JSON."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from judge.domain.observation import Frame, Usage
from judge.domain.problem import Text
from judge.domain.verdict import Device, Fact, Verdict

Parameter = str | int | float | bool | None | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be worded later: a key of ``judge.wording`` and what goes into it."""

    key: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DifferenceMap:
    """Which elements differ, drawn small: one row of ``cells`` per row of the (cropped) tensor.

    Each cell is 0.0 where the element (or every element of the block it stands for) agrees, else
    the largest ``|got - want|`` there, or infinity. ``rows`` and ``columns`` say which part of the
    last two dimensions is drawn, ``[start, stop)``; ``leading`` the index in the dimensions before.
    """

    cells: tuple[tuple[float, ...], ...]
    rows: tuple[int, int]
    columns: tuple[int, int]
    leading: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueDifference:
    """How two tensors of one shape and dtype differ.

    Errors are absolute and relative to expected; infinite where one side is not finite; None where
    no number can be given (text, bool).
    """

    differing: int
    total: int
    worst: tuple[int, ...]
    worst_expected: Parameter
    worst_got: Parameter
    largest_absolute: float | None
    largest_relative: float | None
    rtol: float
    atol: float
    expected: Any = None
    """Nested lists of numbers, where small."""
    got: Any = None
    map: DifferenceMap | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not as it should be. ``path`` names where: ``result[0]``, ``inputs.x``."""

    fact: Fact
    path: str
    message: Message
    expected: str | None = None
    got: str | None = None
    values: ValueDifference | None = None


@dataclass(frozen=True, slots=True)
class ExceptionReport:
    """What the answer raised. ``message`` is None where a hidden case forbids it."""

    name: str
    message: str | None
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """What a visible case was called with and gave, as text; a hidden case has none."""

    inputs: tuple[tuple[str, str], ...] = ()
    expected: str | None = None
    got: str | None = None


@dataclass(frozen=True, slots=True)
class CaseReport:
    """One run of one case.

    ``repetition`` counts from 0; ``verdict`` is None where it was not run (``skipped``: too many
    earlier cases ran into the time limit).
    """

    index: int
    repetition: int
    name: Text
    shown: bool
    points: int
    verdict: Verdict | None
    differences: tuple[Difference, ...] = ()
    message: Message | None = None
    """Why there is nothing to compare: a limit, a death, a forbidden call."""
    exception: ExceptionReport | None = None
    sample: Sample | None = None
    output: str | None = None
    errors: str | None = None
    device: Device = Device.CPU
    simulated: bool = False
    usage: Usage = field(default_factory=Usage)
    own: bool = False
    """The student's own input, of a trial run: nothing is expected of it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the student's file; ``line`` and ``column`` count from 1."""

    line: int
    column: int
    message: Message


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one submission. ``score`` of ``points`` are earned by whole cases.

    ``explanations`` belong to known mistakes that the answer behaves exactly like. ``stages_s``
    says where the time went, in seconds.
    """

    problem: str
    version: str
    verdict: Verdict
    score: int
    points: int
    cases: tuple[CaseReport, ...] = ()
    spots: tuple[Spot, ...] = ()
    message: Message | None = None
    explanations: tuple[Text, ...] = ()
    output: str | None = None
    wall_s: float = 0.0
    stages_s: Mapping[str, float] = field(default_factory=dict)


_AS_IT_IS = frozenset({str, int, bool, type(None)})


@cache
def _fields_of(kind: type) -> tuple[str, ...] | None:
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple(each.name for each in dataclasses.fields(kind))


def as_json(value: object) -> Any:  # noqa: ANN401  as json.dumps takes it
    """Turn any value of this package into what ``json.dumps`` takes; NaN and infinities as text."""
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    names = _fields_of(kind)  # type: ignore[arg-type]  # a type is hashed, not its values
    if names is None:
        return _other_as_json(value)
    parts = [(name, getattr(value, name)) for name in names]
    # Most are plain: a report of ten cases has three hundred values.
    return {name: part if type(part) in _AS_IT_IS else as_json(part) for name, part in parts}


def _other_as_json(value: object) -> Any:  # noqa: ANN401  as json.dumps takes it
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    if isinstance(value, Mapping):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(each) for each in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return value

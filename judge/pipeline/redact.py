"""What a student may see of a hidden case: which property is wrong, never inputs, never values.

Everything that the answer can choose freely is a way out for what it was given: printed text,
exception text, names of its own classes, keys, shapes. So it goes through here.
"""

from __future__ import annotations

import builtins
import re
from dataclasses import replace

from judge.domain.observation import Observation, Raised, Usage
from judge.domain.report import (
    CaseReport,
    Difference,
    ExceptionReport,
    Message,
    Parameter,
    ValueDifference,
)
from judge.domain.verdict import Fact

_OPEN_FACTS = frozenset({Fact.TYPE, Fact.SHAPE, Fact.DTYPE, Fact.DEVICE, Fact.OUTCOME})
"""Facts whose expected side is structure, not values; the answer's side is filtered."""
_FREE = frozenset({"got", "exception", "names", "most", "factor", "offset", "line", "count", "times", "key"})
"""Parameters that an answer can put words or numbers into."""
_SAFE_KEYS = {"value.scaled": "value.all", "value.shifted": "value.all"}

_EXCEPTIONS = frozenset(
    name
    for name in dir(builtins)
    if isinstance(getattr(builtins, name), type) and issubclass(getattr(builtins, name), BaseException)
)
_WORD = re.compile(r"[A-Za-z_][\w.]*")
_KNOWN_WORDS = frozenset(
    """Tensor Parameter numpy.ndarray ndarray list tuple set frozenset dict OrderedDict NoneType None
    bool int float complex str bytes torch.Size torch.dtype torch.device torch.layout type returned
    cpu cuda float16 float32 float64 bfloat16 int8 int16 int32 int64 uint8 uint16 uint32 uint64
    complex64 complex128 numpy.float32 numpy.float64 numpy.int64 numpy.int32 numpy.bool numpy.bool_
    Module Linear Sequential ReLU""".split()
)
_NUMBER = re.compile(r"-?\d+")


def hidden(report: CaseReport, seen: Observation | None) -> CaseReport:
    """Return a hidden case's report without anything that could carry its inputs out."""
    return replace(
        report,
        differences=tuple(_difference(each) for each in report.differences),
        exception=_exception(seen.raised) if seen is not None and seen.raised is not None else None,
        sample=None,
        output=None,
        errors=None,
        # Time is a channel too: coarse enough to tell slow from fast, too coarse to spell with.
        usage=Usage(round(report.usage.cpu_s, 2), round(report.usage.wall_s, 2), 0),
    )


def exception_name(raised: Raised) -> str:
    """Return the nearest class of an exception whose name the answer can't have chosen."""
    return next((name for name in raised.classes if name in _EXCEPTIONS), "Exception")


def _exception(raised: Raised) -> ExceptionReport:
    return ExceptionReport(exception_name(raised), None, raised.frames[-1:])


def _difference(difference: Difference) -> Difference:
    opened = difference.fact in _OPEN_FACTS
    got = _words(difference.got, difference.expected) if opened else None
    expected = difference.expected if opened else None
    path = difference.path if opened else _place(difference)
    return replace(
        difference,
        path=path,
        message=_message(difference.message, path, expected=expected, got=got),
        expected=expected,
        got=got,
        values=_values(difference.values),
    )


def _place(difference: Difference) -> str:
    """The path as far as it names arguments and positions, not keys."""
    return re.sub(r"\[[^\d\]][^\]]*\]", "[…]", difference.path)


def _message(message: Message, path: str, *, expected: str | None, got: str | None) -> Message:
    safe: dict[str, Parameter] = {}
    for name, value in message.parameters.items():
        if name == "path":
            safe[name] = path
        elif name in ("got", "exception"):
            safe[name] = got if got is not None else "…"
        elif name in _FREE:
            safe[name] = "…"
        elif name == "expected":
            safe[name] = expected if expected is not None else "…"
        else:
            safe[name] = value
    return Message(_SAFE_KEYS.get(message.key, message.key), safe)


def _words(got: str | None, expected: str | None) -> str | None:
    """Keep the answer's side where every word of it is the judge's own and every number is expected."""
    if got is None:
        return None
    numbers = set(_NUMBER.findall(expected or "")) | {"0", "1"}
    words = _WORD.findall(got)
    if not all(word in _KNOWN_WORDS or word in _EXCEPTIONS for word in words):
        return "…"
    rest = _WORD.sub("", got)
    return got if set(_NUMBER.findall(rest)) <= numbers | _products(numbers) else "…"


def _products(numbers: set[str]) -> set[str]:
    """Sizes that reshaping or forgetting a dimension gives: products of two or three expected ones."""
    sizes = [int(number) for number in numbers if len(number) < 6][:8]  # noqa: PLR2004
    return {str(a * b * c) for a in sizes for b in sizes for c in sizes}


def _values(values: ValueDifference | None) -> ValueDifference | None:
    if values is None:
        return None
    return ValueDifference(
        differing=values.differing,
        total=values.total,
        worst=(),
        worst_expected=None,
        worst_got=None,
        largest_absolute=None,
        largest_relative=None,
        rtol=values.rtol,
        atol=values.atol,
    )

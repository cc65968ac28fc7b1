"""What a student may see of a hidden case: which property is wrong, never inputs, never values.

Everything that the answer can choose freely is a way out for what it was given: printed text,
exception text, names of its own classes, keys, shapes. So it goes through here.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Mapping
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
from judge.sandbox.protocol import DTYPES

_OPEN_FACTS = frozenset({Fact.TYPE, Fact.SHAPE, Fact.DTYPE, Fact.DEVICE, Fact.OUTCOME, Fact.LAYOUT})
"""Facts whose expected side is structure, not values; the answer's side is filtered."""
_OPEN_PARAMETERS = frozenset(
    {
        "differing",
        "total",
        "aspect",
        "generator",
        "name",
        "limit",
        "limit_s",
        "limit_mb",
        "limit_kb",
    }
    | {"signal", "ending", "expected_count"}
)
"""Parameters of messages that no answer can put words or numbers of its own into, beyond how much
of a tensor is wrong. All others are left out."""
_SAFE_KEYS = {
    "value.scaled": "value.all",
    "value.shifted": "value.all",
    "grad.scaled": "grad.value",
    "ops.too_many": "ops.over",
}

_EXCEPTIONS = frozenset(
    name
    for name in dir(builtins)
    if isinstance(getattr(builtins, name), type)
    and issubclass(getattr(builtins, name), BaseException)
)
_KINDS = frozenset(
    {
        *(
            "Tensor",
            "Parameter",
            "numpy.ndarray",
            "ndarray",
            "NoneType",
            "None",
            "returned",
            "type",
        ),
        *("list", "tuple", "set", "frozenset", "dict", "OrderedDict", "torch.Size", "torch.dtype"),
        *("torch.device", "torch.layout", "bool", "int", "float", "complex", "str", "bytes"),
        *("cpu", "cuda:0", "Module", "Linear", "Sequential", *DTYPES),
        *(f"numpy.{dtype}" for dtype in DTYPES),
    }
)
_COUNTED = re.compile(r"(?P<kind>[A-Za-z.]+)\[(?P<count>\d{1,6})\]")
_PARTS = re.compile(r"(?P<kind>[A-Za-z.]+)\[(?P<parts>[A-Za-z0-9_., ]{1,120})\]")
_SHAPE = re.compile(r"\((\d{1,12}(, \d{1,12})*,?)?\)")
_STEP = re.compile(r"\.[A-Za-z_]\w{0,40}|\[\d{1,3}\]|\['[A-Za-z_][\w.]{0,40}'\]")
_NAME = re.compile(r"[A-Za-z_]\w*")
_ROOTS = frozenset({"result", "arguments", "state", "files", "output", "operations"})
_UNSAID = "…"
_MAX_PARTS = 8


def hidden(report: CaseReport, seen: Observation | None, *, public: str) -> CaseReport:
    """Return a hidden case's report without anything that could carry its inputs out.

    Args:
        report: everything that is known.
        seen: the run that it tells of, if there was one.
        public: what a student has read anyway; only keys that stand in it are named.
    """
    # Most cases are right, and a statement is long.
    words = frozenset(re.findall(r"\w+", public) if report.differences else ())
    return replace(
        report,
        differences=tuple(_difference(each, words) for each in report.differences),
        exception=_exception(seen.raised) if seen is not None and seen.raised is not None else None,
        message=safe_message(report.message, {}) if report.message is not None else None,
        sample=None,
        output=None,
        errors=None,
        usage=coarse(report.usage),
    )


def coarse(usage: Usage) -> Usage:
    """Return times fit to tell slow from fast, too coarse to spell with; memory is left out."""
    return Usage(round(usage.cpu_s, 2), round(usage.wall_s, 2), 0)


def exception_name(raised: Raised) -> str:
    """Return the nearest class of an exception whose name the answer can't have chosen."""
    return next((name for name in raised.classes if name in _EXCEPTIONS), "Exception")


def _exception(raised: Raised) -> ExceptionReport:
    # The function's name could be any text; its line is left, and narrow.
    frames = tuple(replace(frame, function="") for frame in raised.frames[-1:])
    return ExceptionReport(exception_name(raised), None, frames)


def _difference(difference: Difference, public: frozenset[str]) -> Difference:
    opened = difference.fact in _OPEN_FACTS
    expected = difference.expected if opened else None
    got = _words(difference.got, expected) if opened else None
    path = safe_path(difference.path, public=public)
    other = safe_path(str(difference.message.parameters.get("other")), public=public)
    words = {"path": path, "other": other, "expected": expected, "got": got, "exception": got}
    return replace(
        difference,
        path=path,
        message=safe_message(difference.message, words),
        expected=expected,
        got=got,
        values=_values(difference.values),
    )


def safe_path(path: str, *, public: frozenset[str]) -> str:
    """Return a path as far as its steps are small positions, or names that a student has read."""
    root = _NAME.match(path)
    # A gradient's path begins with the argument's own name, others with what is looked at.
    if root is None or root.group() not in public | _ROOTS:
        return _UNSAID
    kept, at = root.group(), root.end()
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None or not set(_NAME.findall(step.group())) <= public:
            return kept + _UNSAID
        kept += step.group()
        at = step.end()
    return kept


def safe_message(message: Message, words: Mapping[str, str | None]) -> Message:
    """Return a message whose parameters are the judge's own words; ``words`` were filtered."""
    safe: dict[str, Parameter] = {}
    for name, value in message.parameters.items():
        word = words.get(name)
        safe[name] = value if name in _OPEN_PARAMETERS else _UNSAID if word is None else word
    return Message(_SAFE_KEYS.get(message.key, message.key), safe)


def _words(got: str | None, expected: str | None) -> str | None:
    """Keep the answer's side where the whole text is one that the judge could have chosen."""
    if got is None or got in _KINDS or got in _EXCEPTIONS:
        return got
    sizes = _sizes(expected or "")
    if _SHAPE.fullmatch(got):
        numbers = re.findall(r"\d+", got)
        return got if len(numbers) <= _MAX_PARTS and set(numbers) <= sizes else _UNSAID
    counted = _COUNTED.fullmatch(got)
    if counted is not None:
        known = counted["kind"] in _KINDS and counted["count"] in sizes
        return got if known else _UNSAID
    parted = _PARTS.fullmatch(got)
    if parted is not None and parted["kind"] in _KINDS:
        # How many, not which: four kinds out of twenty would spell seventeen bits.
        count = parted["parts"].count(",") + 1
        return f"{parted['kind']}[{count}]" if count <= _MAX_PARTS else _UNSAID
    return _UNSAID


def _sizes(expected: str) -> set[str]:
    """Sizes that reordering, reshaping or forgetting a dimension gives: expected ones' products."""
    sizes = [int(number) for number in re.findall(r"\d{1,5}", expected)][:_MAX_PARTS]
    products = {a * b * c for a in (1, *sizes) for b in (1, *sizes) for c in (1, *sizes)}
    return {str(size) for size in products | {0, 1}}


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

"""The kinds of value that the problem format is made of, each with its own check.

A message completes a sentence that begins with the key's name: ``must be ...``, ``is not ...``.
"""

from __future__ import annotations

import builtins
import keyword
import math
import re
from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError

from judge.catalog.diagnostics import LONGEST_WORD, nearest
from judge.catalog.python_text import (
    CodeError,
    parse_expression,
    parse_signature,
    parse_statements,
)
from judge.domain.problem import Difficulty, Expression, IntegerRange
from judge.domain.verdict import ALWAYS, ON_REQUEST, Device, Fact, Verdict

Member = TypeVar("Member", bound=StrEnum)

LARGEST_INTEGER = 2**53

_RANGE = re.compile(r"\s*(-?[0-9]{1,20})\s*\.\.\s*(-?[0-9]{1,20})\s*")
_DOTTED = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")

# No known mistake can have the other two.
_EARNED = frozenset(Verdict) - {Verdict.ACCEPTED, Verdict.JUDGE_ERROR}


def shown(value: object) -> str:
    """Say in a few words what the author wrote."""
    match value:
        case bool():
            return f"the boolean {str(value).lower()}"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {value[:40]!r}{'…' if value[40:] else ''}"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return "empty"


def fault(
    problem: str, *, suggestion: str | None = None, code: CodeError | None = None
) -> PydanticCustomError:
    """Return the error that a validator raises; ``code`` tells the place within the text."""
    context: dict[str, object] = {"problem": problem, "suggestion": suggestion}
    if code is not None:
        context["spot"] = code.spot
    return PydanticCustomError("author", "{problem}", context)


def check_statements(text: str) -> str:
    """Return Python statements as they are; refuse what does not parse."""
    try:
        parse_statements(not_blank(text))
    except CodeError as exc:
        raise fault(f"is not valid Python: {exc}", code=exc) from exc
    return text


def not_blank(text: str) -> str:
    """Return a text as it is; refuse one with nothing in it."""
    if not text.strip():
        raise fault("must not be empty: write the text, or leave out the key")
    return text


def _check_expression(text: str) -> str:
    try:
        parse_expression(not_blank(text))
    except CodeError as exc:
        raise fault(f"is not a Python expression: {exc}", code=exc) from exc
    return text.strip()


def _as_expression(value: object) -> object:
    """Numbers and booleans are the expressions that they look like."""
    match value:
        case float() if not math.isfinite(value):
            raise fault('must be a finite number; write "math.inf" or "math.nan" in quotes')
        case bool() | int() | float():
            return repr(value)
        case str():
            return value
        case _:
            raise fault(f"must be a Python expression in quotes, but is {shown(value)}")


def _check_signature(text: str) -> str:
    try:
        parse_signature(not_blank(text))
    except CodeError as exc:
        form = "such as `scores(x: Tensor, k: int = 0) -> Tensor`, without `def` and a last colon"
        bare = text.strip().removeprefix("def ").removesuffix(":").strip()
        meant = bare if bare != text.strip() and len(bare) < LONGEST_WORD else None
        problem = f"is not a function's head {form}: {exc}"
        raise fault(problem, suggestion=meant, code=exc) from exc
    return text.strip()


def _check_identifier(text: str) -> str:
    if not text.isidentifier() or keyword.iskeyword(text):
        raise fault("must be a name that Python takes: letters, digits and _, and no keyword")
    return text


def _check_exception(text: str) -> str:
    if _DOTTED.fullmatch(text) and "." in text:
        last = text.rpartition(".")[2]
        raise fault("must be the class's own name, without its module", suggestion=last)
    if not text.isidentifier() or keyword.iskeyword(text):
        raise fault(f"must be the name of an exception class, but is {shown(text)}")
    found = getattr(builtins, text, None)
    if found is None or (isinstance(found, type) and issubclass(found, BaseException)):
        return text
    raise fault(f"must be the name of an exception class, but `{text}` is none")


def _check_rule(text: str) -> str:
    if _DOTTED.fullmatch(text):
        return text
    raise fault(f"must be a name such as torch.einsum or a keyword such as for, not {text[:40]!r}")


def _draw_kind(value: object) -> str:
    return "choices" if isinstance(value, list) else "draw"


def _draw(value: object) -> IntegerRange | Expression:
    text = str(_as_expression(value))
    bounds = _RANGE.fullmatch(text)
    if bounds:
        return _range(int(bounds[1]), int(bounds[2]))
    try:
        return Expression(_check_expression(text))
    except PydanticCustomError as exc:
        if ".." not in text:
            raise
        problem = "is neither a range of whole numbers, `1..4`, nor a Python expression"
        raise fault(problem) from exc


def _range(low: int, high: int) -> IntegerRange:
    if low > high:
        raise fault(f"is an empty range: {low} is more than {high}", suggestion=f"{high}..{low}")
    if max(abs(low), abs(high)) > LARGEST_INTEGER:
        raise fault(f"must stay within {LARGEST_INTEGER} on either side")
    return IntegerRange(low, high)


def _member(kind: type[Member], allowed: Collection[Member]) -> Callable[[object], Member]:
    names = [each.value for each in kind if each in allowed]

    def check(value: object) -> Member:
        if isinstance(value, str) and value in names:
            return kind(value)
        meant = nearest(value, names) if isinstance(value, str) else None
        if meant:
            raise fault(f"cannot be {shown(value)}", suggestion=meant)
        raise fault(f"must be one of {', '.join(names)}, but is {shown(value)}")

    return check


def _one(value: object) -> int:
    # True is 1 for Python, and so it would be for a Literal.
    if value == 1 and type(value) is int:
        return 1
    raise fault(f"must be 1, the only format so far, but is {shown(value)}")


def _device(value: object) -> Device:
    if isinstance(value, str) and value.lower() == "gpu":
        raise fault("must be cpu or cuda", suggestion="cuda")
    return _member(Device, frozenset(Device))(value)


def _requested(value: object) -> Fact:
    if isinstance(value, str) and value in ALWAYS:
        raise fault(f"must not be {value}: that is compared in every case")
    return _member(Fact, ON_REQUEST)(value)


def _earned(value: object) -> Verdict:
    if value == Verdict.ACCEPTED:
        raise fault("must not be accepted: right answers belong under `also`")
    if value == Verdict.JUDGE_ERROR:
        raise fault("must not be judge_error: that is never an answer's fault")
    return _member(Verdict, _EARNED)(value)


def _members(kind: type[Member], allowed: Collection[Member]) -> JsonSchemaValue:
    return {"type": "string", "enum": [each.value for each in kind if each in allowed]}


_EXPRESSION: JsonSchemaValue = {
    "type": ["string", "number", "boolean"],
    "format": "python-expression",
}
_VISIBLE = Field(min_length=1, json_schema_extra={"pattern": r"\S"})
_CODE = Field(min_length=1, json_schema_extra={"pattern": r"\S", "format": "python"})

FormatOne = Annotated[int, PlainValidator(_one), WithJsonSchema({"type": "integer", "const": 1})]
Prose = Annotated[str, AfterValidator(not_blank), _VISIBLE]
Code = Annotated[str, AfterValidator(check_statements), _CODE]
ExpressionText = Annotated[
    str,
    BeforeValidator(_as_expression),
    AfterValidator(_check_expression),
    WithJsonSchema(_EXPRESSION),
]
SignatureText = Annotated[str, AfterValidator(_check_signature)]
Identifier = Annotated[str, AfterValidator(_check_identifier)]
ExceptionName = Annotated[str, AfterValidator(_check_exception)]
RuleName = Annotated[str, AfterValidator(_check_rule)]
Draw = Annotated[
    Annotated[list[ExpressionText], Field(min_length=1), Tag("choices")]
    | Annotated[
        IntegerRange | Expression,
        PlainValidator(_draw),
        WithJsonSchema(_EXPRESSION),
        Tag("draw"),
    ],
    Discriminator(_draw_kind),
]
DifficultyName = Annotated[
    Difficulty,
    PlainValidator(_member(Difficulty, frozenset(Difficulty))),
    WithJsonSchema(_members(Difficulty, frozenset(Difficulty))),
]
DeviceName = Annotated[
    Device,
    PlainValidator(_device),
    WithJsonSchema(_members(Device, frozenset(Device))),
]
FactName = Annotated[
    Fact,
    PlainValidator(_requested),
    WithJsonSchema(_members(Fact, ON_REQUEST)),
]
MistakeVerdict = Annotated[
    Verdict,
    PlainValidator(_earned),
    WithJsonSchema(_members(Verdict, _EARNED)),
]

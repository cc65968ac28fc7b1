"""The one model of a problem's file: it validates, and feeds editors and the reference page."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from judge.catalog.fields import (
    Code,
    DeviceName,
    DifficultyName,
    Draw,
    ExceptionName,
    ExpressionText,
    FactName,
    FormatOne,
    Identifier,
    MistakeVerdict,
    Prose,
    RuleName,
    SignatureText,
    check_statements,
    fault,
    not_blank,
    shown,
)
from judge.domain.problem import Limits
from judge.domain.verdict import Device, Verdict


class Strict(BaseModel):
    """What every part of the format shares: no unknown key, no quiet conversion, frozen."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BothLanguages(Strict):
    """One text, in Chinese and in English."""

    zh: Prose = Field(description="The text in Chinese.")
    en: Prose = Field(description="The text in English.")


def _twice(value: object) -> object:
    if isinstance(value, bool | int | float):
        raise fault(f"must be text, but is {shown(value)}: put it in quotes")
    return {"zh": value, "en": value} if isinstance(value, str) else value


NameText = Annotated[
    BothLanguages, BeforeValidator(_twice, json_schema_input_type=str | BothLanguages)
]


class ToleranceEntry(Strict):
    """When two numbers count as equal: `|got - want| <= atol + rtol * |want|`."""

    rtol: float = Field(ge=0, allow_inf_nan=False, description="The relative tolerance.")
    atol: float = Field(
        ge=0,
        allow_inf_nan=False,
        description="The absolute tolerance. As large as the values, it lets zeros pass.",
    )


class LimitsEntry(Strict):
    """What one case may use."""

    time_s: float = Field(
        default=Limits().time_s, gt=0, le=60, allow_inf_nan=False, description="CPU seconds."
    )
    memory_mb: int = Field(
        default=Limits().memory_bytes >> 20,
        ge=1,
        le=65_536,
        description="Memory in MiB, beyond what Python with torch needs anyway.",
    )


class RulesEntry(Strict):
    """What the text of an answer may not, or must, hold."""

    forbid: list[RuleName] = Field(
        default=[], description="Names (`torch.einsum`) and keywords (`for`) no answer may use."
    )
    require: list[RuleName] = Field(
        default=[], description="Names and keywords that every answer has to use."
    )


class MistakeEntry(Strict):
    """A wrong answer that students give. It must earn exactly its verdict."""

    verdict: MistakeVerdict = Field(description="The verdict that this answer must earn.")
    explain: BothLanguages = Field(
        description="What a student whose answer behaves exactly like this one is told."
    )
    code: str = Field(
        description="The wrong answer. It defines the function of `signature`.",
        json_schema_extra={"pattern": r"\S", "format": "python"},
    )

    @field_validator("code")
    @classmethod
    def _parses(cls, code: str, info: ValidationInfo) -> str:
        # Not to parse is the very point of a known syntax error.
        if info.data.get("verdict") is Verdict.SYNTAX_ERROR:
            return not_blank(code)
        return check_statements(code)


class CaseEntry(Strict):
    """One way of calling the student's function, and what is looked at afterwards."""

    name: NameText = Field(
        description="What this case shows: one text for both languages, or `{zh: …, en: …}`."
    )
    show: bool = Field(
        default=False, description="A sample: students see its inputs and its results."
    )
    let: dict[Identifier, Draw] = Field(
        default={},
        description="Names for `setup`, `args` and `kwargs`, in order. `1..4` is a whole number"
        " from 1 to 4 and `[a, b]` one of these expressions, drawn anew for every submission;"
        " anything else is an expression.",
    )
    setup: Code | None = Field(
        default=None, description="Statements that run after `let`, before the arguments."
    )
    args: list[ExpressionText] = Field(
        default=[], description="The positional arguments: Python expressions in quotes."
    )
    kwargs: dict[Identifier, ExpressionText] = Field(
        default={}, description="The keyword arguments: a Python expression for each name."
    )
    repeat: int = Field(
        default=1, ge=1, le=100, description="How often the case runs, each time newly drawn."
    )
    points: int = Field(
        default=1,
        ge=0,
        le=10_000,
        description="What the case is worth as a whole, however often it runs.",
    )
    check: list[FactName] = Field(
        default=[], description="The facts compared on request; all others always are."
    )
    returns: ExpressionText | None = Field(
        default=None, description="The expected result, where the case states it itself."
    )
    raises: ExceptionName | None = Field(
        default=None, description="The name of the exception class the call has to raise."
    )
    prints: str | None = Field(
        default=None, description="The expected standard output; asks for the fact `output`."
    )
    device: DeviceName = Field(
        default=Device.CPU, description="Where the case runs; without a GPU, `cuda` is simulated."
    )
    tolerance: ToleranceEntry | None = Field(
        default=None, description="The tolerance of this case, in place of the problem's."
    )
    max_ops: int | None = Field(
        default=None,
        ge=0,
        description="The most torch operations the call may use; asks for the fact `ops`.",
    )


class ProblemFile(Strict):
    """One TensorJudge problem: `problems/<chapter>/<slug>.yaml`."""

    model_config = ConfigDict(title="TensorJudge problem")

    format: FormatOne = Field(description="The version of this format: 1.")
    title: BothLanguages = Field(description="The problem's title.")
    difficulty: DifficultyName = Field(
        description="How much the problem asks of a student who has read its chapter."
    )
    teaches: list[Prose] = Field(
        default=[], description="What it teaches, such as `torch.bmm`: for search and coverage."
    )
    signature: SignatureText = Field(
        description="The function to write: `scores(queries: Tensor, keys: Tensor) -> Tensor`."
    )
    statement: BothLanguages = Field(description="The task, in Markdown.")
    hints: list[BothLanguages] = Field(
        default=[], description="Hints, opened one at a time, from vague to plain."
    )
    given: Code | None = Field(
        default=None, description="Code that students see and may call: imports, say."
    )
    solution: Code = Field(description="The reference. What it does is what is expected.")
    mistakes: list[MistakeEntry] = Field(
        default=[], description="Wrong answers that students give, each with its verdict."
    )
    also: list[Code] = Field(
        default=[], description="Other right answers; each has to be accepted."
    )
    rules: RulesEntry = Field(
        default=RulesEntry(), description="What an answer's text may not, or must, hold."
    )
    limits: LimitsEntry = Field(
        default=LimitsEntry(), description="The time and the memory that one case may use."
    )
    tolerance: ToleranceEntry | None = Field(
        default=None, description="In place of the default tolerance of each dtype."
    )
    cases: list[CaseEntry] = Field(min_length=1, description="The calls that are judged.")
    exempt: dict[str, Prose] = Field(
        default={},
        description="Generic mutants that this problem lets live, by name, with the reason.",
    )


class _Generator(GenerateJsonSchema):
    """The format has no null: an unwanted key is left out. A key's name is title enough."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 (pydantic calls it)
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def json_schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of a model of this format."""
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        **model.model_json_schema(schema_generator=_Generator),
    }

"""A report becomes JSON whatever is in it."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.domain.observation import Usage
from judge.domain.problem import Text
from judge.domain.report import (
    CaseReport,
    Difference,
    Message,
    Report,
    ValueDifference,
    as_json,
)
from judge.domain.verdict import Fact, Verdict

VALUES = ValueDifference(1, 2, (0,), math.nan, -math.inf, math.inf, None, 1e-5, 1e-8, [[1.0]], ())
DIFFERENCE = Difference(Fact.VALUE, "result", Message("value.some", {"n": 1}), values=VALUES)
REPORT = Report(
    "chapter/name",
    "v1",
    Verdict.WRONG_VALUE,
    1,
    2,
    cases=(
        CaseReport(
            index=0,
            repetition=0,
            name=Text("一", "one"),
            shown=True,
            points=2,
            verdict=Verdict.WRONG_VALUE,
            differences=(DIFFERENCE,),
            usage=Usage(0.5, 1.0, 1 << 20),
        ),
    ),
)

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
nested = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.integers() | st.text(), inner)
        | st.frozensets(plain)
    ),
)


def strict(value: object) -> str:
    return json.dumps(as_json(value), allow_nan=False)


@pytest.mark.parametrize(
    ("number", "text"), [(math.nan, "nan"), (math.inf, "inf"), (-math.inf, "-inf")]
)
def test_numbers_that_json_lacks_become_text(number: float, text: str) -> None:
    assert as_json(number) == text
    assert as_json({"a": [(number,)]}) == {"a": [[text]]}


def test_bytes_that_are_no_text_stay_readable() -> None:
    assert as_json(b"caf\xc3\xa9 \xff") == "café \\xff"


def test_a_whole_report_is_written_with_its_nested_values() -> None:
    written = json.loads(strict(REPORT))
    assert written["verdict"] == "wrong_value"
    case = written["cases"][0]
    assert case["name"] == {"zh": "一", "en": "one"}
    assert case["usage"] == {"cpu_s": 0.5, "wall_s": 1.0, "memory_bytes": 1 << 20}
    difference = case["differences"][0]
    assert difference["message"] == {"key": "value.some", "parameters": {"n": 1}}
    values = difference["values"]
    assert (values["worst_expected"], values["worst_got"]) == ("nan", "-inf")
    assert (values["largest_absolute"], values["largest_relative"]) == ("inf", None)


@given(nested)
def test_anything_plain_can_be_written_as_strict_json(value: object) -> None:
    assert json.loads(strict(value)) == as_json(value)

"""Every known way to write what a hidden case was given into its report is closed."""
# ruff: noqa: ANN401 - a report takes what a test gives it.

from __future__ import annotations

import json
import math
import string
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.domain.observation import Observation, Raised, Usage
from judge.domain.problem import Text
from judge.domain.report import (
    CaseReport,
    Difference,
    DifferenceMap,
    ExceptionReport,
    Message,
    Sample,
    ValueDifference,
    as_json,
)
from judge.domain.verdict import Device, Ending, Fact, Verdict
from judge.pipeline import redact
from tests.unit.pipeline.build import raised

SECRET = "918273"
"""What the hidden case was given; it may stand nowhere in its report."""
PUBLIC = "def f(x): Return a dict with the key total."


def report(*differences: Difference, **rest: Any) -> CaseReport:
    plain = CaseReport(
        index=0,
        repetition=0,
        name=Text("一", "one"),
        shown=False,
        points=1,
        verdict=Verdict.WRONG_VALUE,
        differences=differences,
    )
    return replace(plain, **rest)


def hidden(found: CaseReport, seen: Observation | None = None) -> CaseReport:
    return redact.hidden(found, seen, public=PUBLIC)


def only(difference: Difference) -> Difference:
    (kept,) = hidden(report(difference)).differences
    return kept


def kept_got(got: str, expected: str | None = "Tensor", fact: Fact = Fact.TYPE) -> str | None:
    return only(Difference(fact, "result", Message("type.differs"), expected=expected, got=got)).got


def written(found: CaseReport) -> str:
    return json.dumps(as_json(found), ensure_ascii=False)


# What exceptions say: F4 of the first attacks.


def test_an_exception_s_words_are_not_shown() -> None:
    seen = raised("ValueError", "Exception", message=f"it was {SECRET}")
    shown = hidden(report(), seen).exception
    assert shown == ExceptionReport("ValueError", None)


def test_the_name_of_an_exception_is_one_of_python_s_own() -> None:
    seen = raised(f"E{SECRET}", f"F{SECRET}", "KeyError", "LookupError", "Exception")
    shown = hidden(report(), seen).exception
    assert shown is not None
    assert shown.name == "KeyError"
    assert redact.exception_name(Raised((SECRET,), "")) == "Exception"


def test_only_the_last_line_of_a_traceback_is_shown_and_no_function_s_name() -> None:
    seen = raised("KeyError", lines=(3, 5, 9))
    shown = hidden(report(), seen).exception
    assert shown is not None
    assert [(frame.line, frame.function) for frame in shown.frames] == [(9, "")]


# What names of types say: F5.


@pytest.mark.parametrize(
    "got",
    [
        "ηαθ",
        "-.-..",
        "0 1 1 0 1 0 0 1",
        "Tensor list Tensor",
        "Tensor, list",
        f"T{SECRET}",
        f"Tensor[{SECRET}]",
        "Secret[1]",
        "list\n",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        " ",
        "",
        f"({SECRET},)",
        "(1, 0, 1, 1, 0, 0, 1, 1, 0)",
        "tuple[Tensor, Secret, int]",
        f"tuple[{SECRET}]",
    ],
)
def test_a_type_s_name_that_the_judge_did_not_make_is_not_shown(got: str) -> None:
    kept = kept_got(got)
    assert kept is not None
    assert kept in {"…", f"tuple[{got.count(',') + 1}]"}


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        ("list", "Tensor"),
        ("numpy.float32", "float"),
        ("torch.Size", "tuple[2]"),
        ("list[2]", "list[2]"),
        ("list[0]", "list[2]"),
        ("ValueError", "returned"),
        ("returned", "ValueError"),
        ("cpu", "cuda:0"),
    ],
)
def test_what_the_judge_itself_would_say_is_shown(got: str, expected: str) -> None:
    assert kept_got(got, expected) == got


@pytest.mark.parametrize("got", ["(3, 2)", "(6,)", "()", "(2, 3, 1)", "(1, 6)", "(2,)"])
def test_a_shape_of_the_expected_sizes_is_shown(got: str) -> None:
    assert kept_got(got, "(2, 3)", Fact.SHAPE) == got


@pytest.mark.parametrize("got", ["(5, 3)", f"({SECRET},)", "(2, 3, 2, 3, 2, 3, 2, 3, 2)"])
def test_a_shape_of_other_sizes_is_not(got: str) -> None:
    assert kept_got(got, "(2, 3)", Fact.SHAPE) == "…"


def test_how_many_parts_a_tuple_has_is_shown_and_not_which() -> None:
    assert kept_got("tuple[Tensor, int, str]", "tuple[Tensor, Tensor]") == "tuple[3]"


@pytest.mark.parametrize("fact", sorted(set(Fact) - redact._OPEN_FACTS))  # noqa: SLF001  the table
def test_sides_of_facts_that_hold_values_are_not_shown_at_all(fact: Fact) -> None:
    difference = Difference(fact, "result", Message("any"), expected=SECRET, got=SECRET)
    kept = only(difference)
    assert (kept.expected, kept.got) == (None, None)


# What numbers say: F6.


@pytest.mark.parametrize(
    "name", ["got_count", "code", "factor", "shift", "names", "count", "most", "times", "line"]
)
def test_numbers_and_words_that_an_answer_chooses_are_left_out_of_messages(name: str) -> None:
    message = Message("type.length", {name: SECRET, "expected_count": 2})
    kept = only(Difference(Fact.TYPE, "result", message)).message
    assert kept.parameters[name] == "…"
    assert kept.parameters["expected_count"] == 2


def test_the_status_that_a_process_left_with_is_not_shown() -> None:
    shown = hidden(report(message=Message("died.exit", {"code": SECRET}))).message
    assert shown == Message("died.exit", {"code": "…"})


def test_of_limits_the_problem_s_own_numbers_are_shown() -> None:
    message = Message("limit.time", {"limit_s": 2.0})
    assert hidden(report(message=message)).message == message


def test_how_many_operations_ran_is_left_out_with_its_sentence() -> None:
    counted = Message("ops.too_many", {"count": 918273, "limit": 30, "most": SECRET, "times": 918})
    said = only(Difference(Fact.OPERATIONS, "operations", counted, "≤ 30", SECRET)).message
    assert said == Message("ops.over", {"count": "…", "limit": 30, "most": "…", "times": "…"})


def test_of_values_only_how_many_differ_is_shown() -> None:
    number = float(SECRET)
    values = ValueDifference(
        3,
        4,
        (918, 273),
        number,
        SECRET,
        number,
        math.inf,
        1e-5,
        1e-8,
        [[number]],
        [[number]],
        DifferenceMap(((number,),), (918, 273), (918, 273), (918, 273)),
    )
    found = Difference(Fact.VALUE, "result", Message("value.some"), values=values)
    kept = only(found).values
    assert kept is not None
    assert (kept.differing, kept.total, kept.rtol, kept.atol) == (3, 4, 1e-5, 1e-8)
    assert (kept.worst, kept.map, kept.expected, kept.got) == ((), None, None, None)
    assert SECRET not in written(hidden(report(found)))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("value.scaled", "value.all"),
        ("value.shifted", "value.all"),
        ("grad.scaled", "grad.value"),
        ("value.transposed", "value.transposed"),
    ],
)
def test_that_values_are_a_multiple_is_a_number_too(key: str, said: str) -> None:
    assert only(Difference(Fact.VALUE, "result", Message(key))).message.key == said


def test_time_is_too_coarse_to_spell_with_and_memory_is_not_told() -> None:
    usage = Usage(0.918273, 1.918273, 918_273_645)
    assert hidden(report(usage=usage)).usage == Usage(0.92, 1.92, 0)


# What paths say: F7.


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("result", "result"),
        ("result[0][12]", "result[0][12]"),
        ("result['total']", "result['total']"),
        ("arguments.x", "arguments.x"),
        ("result[918273.0]", "result…"),
        ("result[918273]", "result…"),
        ("result['k918273']", "result…"),
        ("result['a]918273']", "result…"),
        ("result['total'][918273.0]", "result['total']…"),
        ("result['total'].w918273", "result['total']…"),
        ("result918273", "…"),
        ("918273", "…"),
        ("", "…"),
    ],
)
def test_a_path_is_shown_as_far_as_a_student_could_have_known_it(path: str, kept: str) -> None:
    message = Message("value.some", {"path": path, "other": path})
    found = only(Difference(Fact.VALUE, path, message))
    assert found.path == kept
    assert found.message.parameters == {"path": kept, "other": kept}


# Everything else that a report holds


def test_nothing_that_was_printed_or_returned_is_shown() -> None:
    full = report(
        output=SECRET,
        errors=SECRET,
        sample=Sample((("x", SECRET),), SECRET, SECRET),
        exception=ExceptionReport(SECRET, SECRET),
    )
    shown = hidden(full)
    assert (shown.output, shown.errors, shown.sample, shown.exception) == (None,) * 4


def test_what_a_report_is_about_stays() -> None:
    shown = hidden(report(device=Device.CUDA, simulated=True))
    assert shown == report(device=Device.CUDA, simulated=True)


texts = st.text() | st.text(string.printable) | st.just(f"a{SECRET}b")


@given(
    fact=st.sampled_from(Fact),
    path=texts,
    got=texts,
    parameters=st.dictionaries(
        st.sampled_from(["path", "other", "got", "exception", "names", "code", "odd"]), texts
    ),
    classes=st.lists(texts, min_size=1).map(tuple),
    message=texts,
)
def test_whatever_an_answer_puts_there_its_own_words_do_not_come_out(
    fact: Fact,
    path: str,
    got: str,
    parameters: dict[str, str],
    classes: tuple[str, ...],
    message: str,
) -> None:
    found = Difference(fact, path, Message("key", parameters), got=got)
    seen = Observation(Ending.RAISED, raised=Raised(classes, message))
    assert SECRET not in written(hidden(report(found, output=message), seen))

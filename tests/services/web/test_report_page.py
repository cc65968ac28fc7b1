"""A report as a page shows it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from flask import Flask

from judge.domain.observation import Frame
from judge.domain.problem import Text
from judge.domain.report import (
    CaseReport,
    Difference,
    DifferenceMap,
    ExceptionReport,
    Message,
    Report,
    Sample,
    ValueDifference,
)
from judge.domain.verdict import Ending, Fact, Verdict
from web.rendering.feedback import report_html

pytestmark = pytest.mark.services
NAME = Text("例子", "example")
VALUES = ValueDifference(
    differing=1,
    total=24,
    worst=(0, 0, 0),
    worst_expected=1.0,
    worst_got=3.0,
    largest_absolute=2.0,
    largest_relative=2.0,
    rtol=0.0,
    atol=0.0,
    map=DifferenceMap(((2.0, 0.0),), (0, 1), (0, 2), (0,)),
)


def shown(app: Flask, case: CaseReport, *, wall_s: float = 0.012, language: str = "en") -> str:
    report = Report("p", "v", case.verdict or Verdict.ACCEPTED, 0, 1, (case,), wall_s=wall_s)
    headers = {"Accept-Language": language}
    with app.test_request_context(headers=headers):
        return str(report_html(report, code="import torch\n"))


def wrong(values: ValueDifference, sample: Sample) -> CaseReport:
    message = Message("value.all", {"path": "result", "total": values.total})
    found = Difference(Fact.VALUE, "result", message, values=values)
    case = CaseReport(0, 0, NAME, True, 1, Verdict.WRONG_VALUE, (found,))  # noqa: FBT003
    return replace(case, sample=sample)


def test_a_tensor_of_many_dimensions_has_both_sides_and_a_map(app: Flask) -> None:
    page = shown(app, wrong(VALUES, Sample((), "tensor([[[1.]]])", "tensor([[[3.]]])")))
    assert page.count('class="side ') == 2
    assert 'class="tensor-map"' in page


def test_texts_that_an_ellipsis_makes_equal_are_not_called_equal(app: Flask) -> None:
    page = shown(app, wrong(VALUES, Sample((), "tensor([1., ...])", "tensor([1., ...])")))
    assert 'class="side ' not in page
    assert "as expected" not in page


def test_an_error_that_no_number_measures_is_said_in_words(app: Flask) -> None:
    values = replace(VALUES, largest_absolute=math.inf, largest_relative=math.inf)
    page = shown(app, wrong(values, Sample((), "1", "nan")))
    assert "infinite or NaN" in page
    assert ">inf<" not in page
    assert "relative inf" not in page


def test_a_long_judging_is_told_in_seconds(app: Flask) -> None:
    case = CaseReport(0, 0, NAME, True, 1, Verdict.ACCEPTED)  # noqa: FBT003
    assert "judged in 12 ms" in shown(app, case)
    assert "judged in 10.3 s" in shown(app, case, wall_s=10.27)


def test_a_hidden_exception_names_its_line_and_no_function(app: Flask) -> None:
    message = Message("outcome.raised", {"exception": "ValueError"})
    difference = Difference(Fact.OUTCOME, "result", message, Ending.RETURNED, "ValueError")
    raised = ExceptionReport("ValueError", None, (Frame(1, ""),))
    case = CaseReport(0, 0, NAME, False, 1, Verdict.RUNTIME_ERROR, (difference,))  # noqa: FBT003
    page = shown(app, replace(case, exception=raised))
    assert ">line 1</a>" in page
    page = shown(app, replace(case, exception=raised), language="zh-CN")
    assert ">第 1 行</a>" in page
    assert "正常返回" in page

"""Hand-made reports, and what a terminal of some width shows of them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.console import Console, RenderableType

from judge.cli.show.reader import Reader
from judge.domain.observation import Frame
from judge.domain.problem import Language, Text
from judge.domain.report import (
    CaseReport,
    Difference,
    DifferenceMap,
    ExceptionReport,
    Message,
    Parameter,
    Report,
    Sample,
    ValueDifference,
)
from judge.domain.verdict import Fact, Verdict

Draw = Callable[..., str]

SOURCE = ("import torch", "", "def scores(q, k):", "    return q * k")


@pytest.fixture
def draw() -> Draw:
    """Draw something as a terminal of some width would, by default a plain one."""

    def drawn(content: RenderableType, *, width: int = 80, terminal: bool = False) -> str:
        stream = io.StringIO()
        console = Console(
            file=stream,
            width=width,
            force_terminal=terminal,
            color_system="standard" if terminal else None,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
        )
        console.print(content)
        return stream.getvalue()

    return drawn


@pytest.fixture
def english() -> Reader:
    """Somebody who reads English and sent ``SOURCE``."""
    return Reader(Language.EN, SOURCE)


@pytest.fixture
def chinese() -> Reader:
    """Somebody who reads Chinese and sent ``SOURCE``."""
    return Reader(Language.ZH, SOURCE)


class Reports:
    """Makes reports and their parts, each with one thing to look at."""

    title = Text("批量打分", "Batched scores")

    def case(self, index: int = 0, **fields: object) -> CaseReport:
        """Return a case's report; accepted and hidden unless told otherwise."""
        given: dict[str, object] = {
            "index": index,
            "repetition": 0,
            "name": Text(f"第 {index + 1} 例", f"example {index + 1}"),
            "shown": False,
            "points": 1,
            "verdict": Verdict.ACCEPTED,
        }
        return CaseReport(**{**given, **fields})  # type: ignore[arg-type]

    def report(self, *cases: CaseReport, **fields: object) -> Report:
        """Return a report of these cases."""
        wrong = [case.verdict for case in cases if case.verdict is not Verdict.ACCEPTED]
        given: dict[str, object] = {
            "problem": "02-arithmetic/batched-scores",
            "version": "0" * 16,
            "verdict": wrong[0] if wrong else Verdict.ACCEPTED,
            "score": len(cases) - len(wrong),
            "points": len(cases),
            "cases": cases,
            "wall_s": 0.0123,
        }
        return Report(**{**given, **fields})  # type: ignore[arg-type]

    def shape(self, index: int = 0, **fields: object) -> CaseReport:
        """Return a case with a wrong shape."""
        parameters = {"path": "result", "expected": "(2, 2, 4)", "got": "(2, 4)"}
        message = Message("shape.rank", parameters)
        wrong = Difference(Fact.SHAPE, "result", message, "(2, 2, 4)", "(2, 4)")
        return self.case(
            index, **{"verdict": Verdict.WRONG_SHAPE, "differences": (wrong,), **fields}
        )

    def values(self, values: ValueDifference) -> CaseReport:
        """Return a visible case with wrong values."""
        parameters: dict[str, Parameter] = {"path": "result"}
        parameters |= {"differing": values.differing, "total": values.total}
        message = Message("value.some", parameters)
        wrong = Difference(Fact.VALUE, "result", message, values=values)
        return self.case(verdict=Verdict.WRONG_VALUE, shown=True, differences=(wrong,))

    def small(self) -> ValueDifference:
        """Return the difference of two small matrices, in one element."""
        return ValueDifference(
            differing=1,
            total=4,
            worst=(1, 0),
            worst_expected=3.0,
            worst_got=3.25,
            largest_absolute=0.25,
            largest_relative=0.25 / 3,
            rtol=1e-5,
            atol=1e-8,
            expected=[[1.0, 2.0], [3.0, 4.0]],
            got=[[1.0, 2.0], [3.25, 4.0]],
        )

    def large(self) -> ValueDifference:
        """Return the difference of two large tensors, with a picture of a part of them."""
        cells = tuple(
            tuple(float(10 ** (column - 3)) if column > row else 0.0 for column in range(8))
            for row in range(4)
        )
        return ValueDifference(
            differing=22,
            total=1000,
            worst=(2, 30, 47),
            worst_expected=1.0,
            worst_got=10001.0,
            largest_absolute=10000.0,
            largest_relative=10000.0,
            rtol=1.3e-6,
            atol=1e-5,
            map=DifferenceMap(cells, rows=(30, 34), columns=(40, 48), leading=(2,)),
        )

    def raising(self, index: int = 0, **fields: object) -> CaseReport:
        """Return a visible case in which the fourth line of the file raises."""
        message = Message("outcome.raised", {"exception": "RuntimeError"})
        wrong = Difference(Fact.OUTCOME, "result", message, "returned", "RuntimeError")
        given: dict[str, object] = {
            "verdict": Verdict.RUNTIME_ERROR,
            "shown": True,
            "differences": (wrong,),
            "exception": ExceptionReport("RuntimeError", "sizes differ", (Frame(4, "scores"),)),
            "sample": Sample((("q", "tensor([1., 2.])"),), "tensor([3.])", "raises RuntimeError"),
        }
        return self.case(index, **{**given, **fields})


@pytest.fixture
def make() -> Reports:
    """A maker of reports."""
    return Reports()

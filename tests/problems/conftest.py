"""One judge for all tests of problems, and small problems to be checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from judge.authoring import CheckReport, check_problem
from judge.domain.problem import (
    Case,
    Difficulty,
    Limits,
    Mistake,
    Problem,
    Signature,
    Text,
)
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from judge.sandbox.service import Sandbox

NOTHING = Text("", "")


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    with Sandbox(memory=tmp_path_factory.mktemp("sandbox") / "modules.json") as sandbox:
        yield Judge(sandbox)


@pytest.fixture
def case() -> Callable[..., Case]:
    """Make a case of `f` from its arguments' expressions."""

    def made(name: str, *arguments: str, **fields: object) -> Case:
        return Case(Text(name, name), arguments, **fields)  # type: ignore[arg-type]

    return made


@pytest.fixture
def problem() -> Callable[..., Problem]:
    """Make a problem whose function is `f(x, y)`, from its solution and cases."""

    def made(solution: str, *cases: Case, **fields: object) -> Problem:
        return Problem(
            slug="01-tests/f",
            version="0",
            title=NOTHING,
            difficulty=Difficulty.EASY,
            signature=Signature("f(x, y)", "f", ("x", "y")),
            statement=NOTHING,
            solution=solution,
            given="import torch",
            cases=cases,
            limits=Limits(time_s=0.5),
            **fields,  # type: ignore[arg-type]
        )

    return made


@pytest.fixture
def mistake() -> Callable[..., Mistake]:
    """Make a known mistake from its verdict and its code."""

    def made(verdict: Verdict, code: str, explain: str = "why") -> Mistake:
        return Mistake(verdict, Text(explain, explain), code)

    return made


@pytest.fixture
def errors(judge: Judge) -> Callable[..., list[tuple[str, str]]]:
    """Check a problem and return where its errors are and what they say."""

    def found(problem: Problem, *, mutants: bool = False) -> list[tuple[str, str]]:
        report = check_problem(judge, problem, path=Path("f.yaml"), mutants=mutants)
        listed = [
            (each.where, each.message) for each in report.findings if each.severity == "error"
        ]
        assert report.ok == (not listed)
        assert all(each.remedy for each in report.findings)
        return listed

    return found


@pytest.fixture
def warned(judge: Judge) -> Callable[..., CheckReport]:
    """Check a problem with few draws and return the report."""

    def checked(problem: Problem, *, mutants: bool = False) -> CheckReport:
        return check_problem(judge, problem, path=Path("f.yaml"), seeds=2, mutants=mutants)

    return checked

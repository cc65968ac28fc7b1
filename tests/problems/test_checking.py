"""What an author is told: about a broken problem, a wrong answer, a weak set of cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from judge.authoring import CheckReport, Trial, check_file, check_problem, coverage, new_problem
from judge.catalog import load_problem
from judge.domain.problem import Case, IntegerRange, Mistake, Problem, Rules
from judge.domain.verdict import Fact, Verdict
from judge.errors import UsageError
from judge.pipeline import Judge

pytestmark = pytest.mark.sandbox

DOUBLE = "def f(x, y=None):\n    return x * 2"

Make = Callable[..., Problem]
MakeCase = Callable[..., Case]
Errors = Callable[..., list[tuple[str, str]]]
Check = Callable[..., CheckReport]


def test_the_template_passes_every_check_with_mutants(judge: Judge, tmp_path: Path) -> None:
    path = new_problem(tmp_path, "03-indexing/first-rows")
    told: list[Trial] = []
    report = check_file(judge, path, mutants=True, progress=told.append)
    assert report.findings == ()
    assert report.ok
    assert report.problem == "03-indexing/first-rows"
    assert tuple(told) == report.tried
    assert {each.kind for each in report.tried} == {"solution", "also", "mistake", "mutant"}


def test_the_template_really_uses_what_it_teaches(judge: Judge, tmp_path: Path) -> None:
    problem = load_problem(new_problem(tmp_path, "03-indexing/first-rows"))
    rows = coverage(judge, [replace(problem, teaches=("torch.sum", "torch.einsum", "prose"))])
    assert [(each.name, each.used) for each in rows] == [
        ("torch.sum", True),
        ("torch.einsum", False),
    ]


def test_a_file_that_is_no_problem_is_reported_line_by_line(judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "01-tests" / "f.yaml"
    path.parent.mkdir()
    path.write_text("format: 1\ntitel: {zh: a, en: b}\n")
    report = check_file(judge, path)
    assert not report.ok
    assert any(each.where.startswith("line 2,") for each in report.findings)


def test_a_file_that_is_not_there_is_the_callers_fault(judge: Judge, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        check_file(judge, tmp_path / "01-tests" / "f.yaml")


def test_a_reference_that_raises_is_an_error_that_names_the_case(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    broken = problem("def f(x):\n    return x[0]", case("good", "[1]"), case("empty list", "[]"))
    [(where, message)] = errors(broken, mutants=True)
    assert where == "case 'empty list'"
    assert "IndexError" in message


def test_a_reference_that_cannot_be_called_is_an_error(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    [(where, message)] = errors(problem("def g(x):\n    return x", case("c", "1")))
    assert where == "solution"
    assert "missing" in message


def test_inputs_that_cannot_be_made_are_an_error_that_names_the_case(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    broken = problem(DOUBLE, case("good", "1"), case("bad", "torch.ones(2, -1)"))
    [(where, message)] = errors(broken)
    assert where == "case 'bad'"
    assert "inputs" in message


def test_a_reference_without_end_is_reported_and_not_waited_for_long(
    judge: Judge, problem: Make, case: MakeCase
) -> None:
    endless = problem("def f(x):\n    while True:\n        pass", case("endless", "1"))
    report = check_problem(judge, endless, path=Path("f.yaml"), mutants=True)
    [finding] = report.findings
    assert finding.where == "case 'endless'"
    assert "time limit" in finding.message
    assert "endless loop" in finding.remedy
    assert report.tried == ()


def test_a_stated_result_that_the_solution_does_not_return_is_an_error(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    stated = problem(
        DOUBLE,
        case("right", "torch.ones(2)", returns="torch.full((2,), 2.)"),
        case("from let", "n", let=(("n", IntegerRange(2, 5)),), returns="n + n"),
        case("wrong value", "torch.ones(2)", returns="torch.ones(2)"),
        case("wrong dtype", "torch.ones(2)", returns="torch.tensor([2, 2])"),
        case("changes nothing else", "torch.ones(2).requires_grad_()", returns="torch.ones(2) + 1"),
    )
    found = errors(stated)
    assert [where for where, _ in found] == ["case 'wrong value'", "case 'wrong dtype'"]
    assert "returns" in found[0][1]


def test_a_stated_result_that_cannot_be_evaluated_is_an_error(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    stated = problem(DOUBLE, case("plain", "1"), case("wrong", "1", returns="unknown + 1"))
    [(where, message)] = errors(stated)
    assert where == "case 'wrong'"
    assert "NameError" in message


def test_a_stated_output_that_the_solution_does_not_print_is_an_error(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    asked = {"checks": frozenset({Fact.OUTPUT})}
    printing = problem(
        "def f(x):\n    print('x is', x)",
        case("right", "1", prints="x is 1", **asked),
        case("wrong", "2", prints="x = 2\n", **asked),
    )
    [(where, message)] = errors(printing)
    assert where == "case 'wrong'"
    assert "'x = 2'" in message


def test_a_stated_exception_that_the_solution_does_not_raise_is_an_error(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    raising = problem("def f(x):\n    raise KeyError(x)", case("wrong", "1", raises="ValueError"))
    [(where, message)] = errors(raising)
    assert where == "case 'wrong'"
    assert "ValueError" in message
    assert "KeyError" in message


@pytest.mark.parametrize(
    "body",
    [
        "import time\n    return time.perf_counter()",
        "return torch.empty(40)",
        "return id(x) % 1000 + len(str(open('/dev/urandom', 'rb').read(4)))",
    ],
    ids=["time", "memory", "entropy"],
)
def test_a_reference_that_does_not_do_the_same_twice_is_an_error(
    errors: Errors, problem: Make, case: MakeCase, body: str
) -> None:
    found = errors(problem(f"def f(x):\n    {body}", case("unsteady", "torch.ones(3)")))
    assert (
        "case 'unsteady'",
        "the solution run twice on the same inputs differs in its value",
    ) in found


def test_a_reference_may_call_itself(errors: Errors, problem: Make, case: MakeCase) -> None:
    deep = "def f(x):\n    return x + f(x[1:]).sum() if len(x) else x.sum()"
    assert errors(problem(deep, case("deep", "torch.randn(60)"))) == []


def test_a_reference_that_breaks_its_own_rules_is_an_error(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    ruled = problem("def f(x):\n    return torch.sum(x)", case("c", "torch.ones(2)"))
    [(where, message)] = errors(replace(ruled, rules=Rules(forbid=("torch.sum",))))
    assert where == "solution"
    assert "forbidden" in message


def test_another_right_answer_that_is_right_for_some_draws_only_is_an_error(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    drawn = case("drawn", "torch.ones(n)", let=(("n", IntegerRange(1, 2)),))
    also = "def f(x):\n    return x * 2 if len(x) == 1 else x"
    [(where, message)] = errors(problem(DOUBLE, drawn, also=(DOUBLE, also)))
    assert where == "also[1]"
    assert "case 'drawn'" in message


def test_another_answer_that_only_fails_where_draws_share_a_child_is_accepted(
    errors: Errors, problem: Make, case: MakeCase
) -> None:
    drawn = case("drawn", "torch.ones(n)", let=(("n", IntegerRange(1, 2)),))
    also = "calls = []\ndef f(x):\n    calls.append(1)\n    return x * 2 if len(calls) < 2 else x"
    assert errors(problem(DOUBLE, drawn, also=(also,))) == []


def test_a_mistake_that_earns_another_verdict_is_an_error(
    errors: Errors, problem: Make, case: MakeCase, mistake: Callable[..., Mistake]
) -> None:
    shape = "def f(x):\n    return x.sum()"
    right = mistake(Verdict.WRONG_SHAPE, shape)
    wrong = mistake(Verdict.WRONG_VALUE, shape)
    known = problem(DOUBLE, case("c", "torch.ones(2)"), mistakes=(right, wrong))
    [(where, message)] = errors(known)
    assert where == "mistakes[1]"
    assert "should earn wrong_value, but earns wrong_shape" in message


def test_two_mistakes_that_no_case_tells_apart_are_a_warning(
    warned: Check, problem: Make, case: MakeCase, mistake: Callable[..., Mistake]
) -> None:
    one = mistake(Verdict.WRONG_VALUE, "def f(x):\n    return x + 3", "added")
    two = mistake(Verdict.WRONG_VALUE, "def f(x):\n    return x * x + 1", "squared")
    twos = case("twos", "torch.full((2,), 2.)")
    told = warned(problem(DOUBLE, twos, mistakes=(one, two)))
    assert told.ok
    assert [each.where for each in told.findings if "tells" in each.message] == ["mistakes[0]"]
    other = case("threes", "torch.full((2,), 3.)")
    mended = warned(problem(DOUBLE, twos, other, mistakes=(one, two)))
    assert not [each for each in mended.findings if "tells" in each.message]

"""An author's code is as confined as a student's; what it does wrong is said to be the author's."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace

import pytest

from judge.domain.problem import Case, Choice, Expression, Limits, Problem
from judge.domain.verdict import Fact, Verdict
from judge.errors import AuthorError
from judge.pipeline import Judge
from judge.sandbox import session
from tests.sandbox.hostile import watch
from tests.sandbox.small import PROBLEMS, build, case, text

pytestmark = pytest.mark.sandbox

RIGHT = "def f(x):\n    return x + 1"
LIMITS = Limits(time_s=0.3, memory_bytes=128 << 20)
IMPORTS = "import ctypes, os, sys, time, torch\n"
MOST_S = 15.0


def given(code: str) -> Problem:
    return build("given", RIGHT, case("torch.ones(3)"), given=IMPORTS + code, limits=LIMITS)


def inputs(expression: str) -> Problem:
    return build("inputs", RIGHT, case(expression), given=IMPORTS, limits=LIMITS)


def setup(code: str) -> Problem:
    one = case("torch.ones(3)", setup=code)
    return build("setup", RIGHT, one, given=IMPORTS, limits=LIMITS)


def solution(body: str) -> Problem:
    code = f"{IMPORTS}def f(x):\n    {body}\n    return x + 1"
    return build("solution", code, case("torch.ones(3)"), limits=LIMITS)


ONE = case("torch.ones(3)")
RETURNS = "def f(x):\n    return {}"
OWN = "class Own: pass\ndef f(x):\n    return {'a': [Own()]}"
DEEP = "def f(x):\n    r = []\n    for _ in range(100):\n        r = [r]\n    return r"

BROKEN: dict[str, Problem] = {
    "given loops": given("while True: pass"),
    "inputs loop": inputs("[0 for _ in iter(int, 1)]"),
    "setup loops": setup("while True: pass"),
    "the solution loops": solution("while True: pass"),
    "the solution sleeps": solution("time.sleep(100)"),
    "the solution loops at import": build("import", "while True: pass", case("1"), limits=LIMITS),
    "given forks": given("os.fork()"),
    "inputs fork": inputs("os.fork()"),
    "the solution forks": solution("os.fork()"),
    "inputs execute": inputs("os.execv('/bin/sh', ['sh'])"),
    "the solution runs a command": solution("import subprocess; subprocess.run(['true'])"),
    "inputs connect": inputs("__import__('socket').create_connection(('127.0.0.1', 80))"),
    "inputs write outside": inputs("open('/hostile-was-here', 'w')"),
    "inputs read the host": inputs("open('/etc/passwd').read()"),
    "given takes memory": given("x = bytearray(1 << 36)"),
    "inputs take memory": inputs("torch.ones(1 << 34)"),
    "the solution takes memory": solution("torch.ones(1 << 34)"),
    "given leaves": given("os._exit(0)"),
    "inputs leave": inputs("os._exit(0)"),
    "the solution leaves": solution("os._exit(0)"),
    "inputs exit": inputs("sys.exit(0)"),
    "inputs crash": inputs("ctypes.string_at(0)"),
    "the solution crashes": solution("ctypes.string_at(0)"),
    "given prints for ever": given("while True: print('x' * 4096)"),
    "the solution prints for ever": solution("while True: print('x' * 4096)"),
    "given is no Python": given("this is no Python"),
    "given is too deep": given("x = " + "(" * 5000),
    "given raises": given("raise ValueError('\\0\\x1b[31m')"),
    "inputs are no Python": inputs("torch.ones("),
    "inputs are a statement": inputs("import os"),
    "inputs name nothing": inputs("nothing"),
    "the solution is no Python": build("no", "this is no Python", case("1")),
    "the solution is another": build("other", "def g(x): return x", case("1")),
    "the solution is no function": build("seven", "f = 7", case("1")),
    "the solution takes nothing": build("none", "def f(): return 1", case("1")),
    "the solution raises": solution("raise ValueError('no')"),
    "the solution garbles": solution("os.write(3, b'x' * 100), os.write(4, b'x' * 100)"),
    "the solution does not raise": build("raises", RIGHT, case("1", raises="ValueError")),
    # What can't be looked into would equal everything of its kind.
    "the solution returns a sparse tensor": build("sparse", RETURNS.format("x.to_sparse()"), ONE),
    "the solution returns a meta tensor": build("meta", RETURNS.format("x.to('meta')"), ONE),
    "the solution returns an object": build("object", RETURNS.format("object()"), ONE),
    "the solution returns a class of its own": build("own", OWN, ONE),
    "the solution returns too much": build("much", RETURNS.format("[0] * 10000"), ONE),
    "the solution returns something too deep": build("deep", DEEP, ONE),
    "the solution returns a huge tensor": build("huge", RETURNS.format("torch.ones(1 << 23)"), ONE),
    "a draw is nothing": build(
        "draw",
        RIGHT,
        Case(text("one"), ("n",), let=(("n", Choice(("nothing", "neither"))),)),
    ),
    "a draw loops": build(
        "draw_loops",
        RIGHT,
        Case(text("one"), ("n",), let=(("n", Expression("[0 for _ in iter(int, 1)]")),)),
    ),
}


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    # Ten seconds of CPU time for inputs are right for authors and too long for a test.
    monkeypatch.setattr(session, "AUTHOR_LIMIT_S", 0.5)


@pytest.mark.parametrize("problem", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_problem_is_its_authors_fault_and_said_soon(
    judge: Judge, problem: Problem
) -> None:
    zygote = judge.sandbox.zygote()
    start = time.monotonic()
    with pytest.raises(AuthorError) as caught:
        judge.judge(problem, RIGHT)
    assert time.monotonic() - start < MOST_S
    assert problem.slug in str(caught.value)
    assert len(str(caught.value)) < 8000
    assert judge.sandbox.zygote() is zygote
    assert not watch.outlaws(judge.sandbox)


def test_a_huge_number_of_inputs_is_the_authors_fault(judge: Judge) -> None:
    many = replace(case("torch.ones(1 << 22)"), repeat=200)
    with pytest.raises(AuthorError):
        judge.judge(build("many", RIGHT, many, limits=LIMITS), RIGHT)


FORGED_MODULES = """
import sys, types
NAMES = ["unittest.__main__", "this_is_not_there", "evil", "os; evil", "../evil", "a" * 100000, "",
         "antigravity", "idlelib.idle", "test.autotest", "judge.sandbox.child.zygote"]
for name in NAMES:
    module = types.ModuleType(name)
    module.__spec__ = types.SimpleNamespace(origin="/evil.py", name=name)
    sys.modules[name] = module
from judge.sandbox.child import run
run._new_modules = lambda *known: NAMES
"""


def test_an_author_cannot_have_the_zygote_import_what_ends_it(judge: Judge) -> None:
    zygote = judge.sandbox.zygote()
    problem = build("forged", RIGHT, case("torch.ones(3)"), given=FORGED_MODULES, limits=LIMITS)
    for _ in range(2):
        assert judge.judge(problem, RIGHT).verdict is Verdict.ACCEPTED
    assert zygote.alive
    assert judge.sandbox.zygote() is zygote
    slope = PROBLEMS["slope"]
    assert judge.judge(slope, slope.solution).verdict is Verdict.ACCEPTED


def test_an_authors_patches_reach_no_other_problem(judge: Judge) -> None:
    problem = given("torch.exp = os.write = None\nimport builtins\nbuiltins.len = None")
    with suppress(AuthorError):
        judge.judge(problem, RIGHT)
    slope = PROBLEMS["slope"]
    assert judge.judge(slope, slope.solution).verdict is Verdict.ACCEPTED


def test_an_authors_code_sees_no_answer_and_the_answer_no_reference(judge: Judge) -> None:
    problem = build(
        "apart",
        "MARK = 'reference'\ndef f(x):\n    import gc\n"
        "    return sum(type(o) is dict and o.get('MARK') == 'answer' for o in gc.get_objects())",
        case("1"),
    )
    answer = (
        "MARK = 'answer'\ndef f(x):\n    import gc\n"
        "    return sum(type(o) is dict and o.get('MARK') == 'reference' for o in gc.get_objects())"
    )
    assert judge.judge(problem, answer).verdict is Verdict.ACCEPTED


def test_a_case_that_fails_only_for_answers_is_the_authors_fault(judge: Judge) -> None:
    # The first child of a problem makes them, the second can't: by chance, by time, by load.
    flaky = "import random\nif random.SystemRandom().random() < 0.5: raise ValueError\n"
    problem = build("flaky", RIGHT, case("torch.ones(3)"), given=flaky, limits=LIMITS)
    seen: set[Verdict | None] = set()
    for _ in range(12):
        try:
            seen.add(judge.judge(problem, RIGHT).verdict)
        except AuthorError:
            seen.add(None)
    assert seen <= {Verdict.ACCEPTED, None}


@pytest.mark.parametrize("fact", [Fact.GRADIENT, Fact.FILES, Fact.OPERATIONS, Fact.OUTPUT])
def test_a_case_of_no_tensor_at_all_can_ask_for_any_fact(judge: Judge, fact: Fact) -> None:
    problem = build("any", "def f(x):\n    return None", case("None", checks=(fact,)))
    assert judge.judge(problem, problem.solution).verdict is Verdict.ACCEPTED


def test_a_problem_without_cases_accepts_nobody(judge: Judge) -> None:
    """Zero tests must not become a full score of zero points, silently accepted."""
    problem = build("empty", RIGHT, limits=LIMITS)
    try:
        verdict = judge.judge(problem, "def f(x):\n    return None").verdict
    except AuthorError:
        return
    assert verdict is not Verdict.ACCEPTED


def test_a_case_sets_up_its_own_caller_and_no_other(judge: Judge) -> None:
    """A grad mode and a default dtype, each for one call; the others are called as usual."""
    seen = "def f(n):\n    return torch.is_grad_enabled(), torch.get_default_dtype()"
    problem = build(
        "callers",
        seen,
        case("0"),
        case("1", setup="torch.set_grad_enabled(False)"),
        case("2"),
        case("3", setup="torch.set_default_dtype(torch.float64)"),
        case("4"),
        given="import torch\n",
    )
    assert judge.judge(problem, seen).verdict is Verdict.ACCEPTED
    stated = "def f(n):\n    return n != 1, torch.float64 if n == 3 else torch.float32"
    assert judge.judge(problem, stated).verdict is Verdict.ACCEPTED
    undone = f"{stated.replace('return', 'found =')}\n    torch.set_default_dtype(torch.float32)"
    report = judge.judge(problem, f"{undone}\n    torch.set_grad_enabled(True)\n    return found")
    verdicts = [each.verdict for each in report.cases]
    assert verdicts[1] is verdicts[3] is Verdict.CHANGED_STATE
    assert {verdicts[0], verdicts[2], verdicts[4]} == {Verdict.ACCEPTED}

"""Every generic mutant does what it says: a call each where it shows, and its verdict."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.authoring.mutants import MUTANTS
from judge.domain.problem import Case, Problem
from judge.domain.verdict import ON_REQUEST, Device, Fact, Verdict
from judge.pipeline import Judge

pytestmark = pytest.mark.sandbox

# Without a seed, keys are pooled by version, which all of these problems share.
SEED = "0" * 32
LEAF = "torch.randn(3, 4).requires_grad_()"
DOUBLE = "def f(x, y=None):\n    return x * 2"
ADD = "def f(x, y):\n    return x @ y.T"
FILE = "def f(x):\n    torch.save(x, 'x.pt')"
RAISE = "def f(x):\n    raise ValueError('x')"

# Mutant, reference, arguments, verdict.
WRONG = [
    ("plus-one", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("plus-one", "def f(x):\n    return {'a': [x]}", ("3",), Verdict.WRONG_VALUE),
    ("plus-one", "def f(x):\n    return x > 0", ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("plus-one", "def f(x):\n    return x", ("'text'",), Verdict.WRONG_VALUE),
    ("plus-one", "def f(x):\n    return x.dtype", ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("plus-one", "def f(x):\n    return torch.nn.Linear(2, 1)", ("1",), Verdict.WRONG_VALUE),
    ("scaled", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("zeros", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("ones", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("negated", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("last-element-off", DOUBLE, ("torch.ones(2, 2)",), Verdict.WRONG_VALUE),
    (
        "last-element-off",
        "def f(x):\n    return x.numpy()",
        ("torch.ones(2)",),
        Verdict.WRONG_VALUE,
    ),
    ("one-nan", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("half-precision", DOUBLE, ("torch.randn(9)",), Verdict.WRONG_VALUE),
    ("rolled", DOUBLE, ("torch.arange(3)",), Verdict.WRONG_VALUE),
    ("items-reordered", "def f(x):\n    return x, x + 1", ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("input-returned", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_VALUE),
    ("transposed", DOUBLE, ("torch.ones(2, 3)",), Verdict.WRONG_SHAPE),
    ("flattened", DOUBLE, ("torch.ones(2, 3)",), Verdict.WRONG_SHAPE),
    ("leading-dimension", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_SHAPE),
    ("trailing-dimension", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_SHAPE),
    ("dimension-dropped", DOUBLE, ("torch.ones(2, 3)",), Verdict.WRONG_SHAPE),
    ("dtype-widened", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_DTYPE),
    ("dtype-widened", "def f(x):\n    return x", ("3",), Verdict.WRONG_TYPE),
    ("dtype-narrowed", DOUBLE, ("torch.ones(2, dtype=torch.int64)",), Verdict.WRONG_DTYPE),
    ("none", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("in-a-list", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("list-for-tuple", "def f(x):\n    return x, x", ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("number-for-tensor", "def f(x):\n    return x.sum()", ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("tensor-for-number", "def f(x):\n    return x.dim()", ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("array-for-tensor", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("array-for-tensor", "def f(x):\n    return x.numpy()", ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("parameter-for-tensor", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_TYPE),
    ("detached", DOUBLE, (LEAF,), Verdict.WRONG_GRAD_STATE),
    ("requires-grad-on", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_GRAD_STATE),
    ("gradient-scaled", DOUBLE, (LEAF,), Verdict.WRONG_GRADIENT),
    ("gradient-zeroed", DOUBLE, (LEAF,), Verdict.WRONG_GRADIENT),
    ("gradient-element-off", DOUBLE, (LEAF,), Verdict.WRONG_GRADIENT),
    ("one-gradient-only", ADD, (LEAF, LEAF), Verdict.WRONG_GRADIENT),
    ("other-strides", DOUBLE, ("torch.ones(2, 3)",), Verdict.WRONG_LAYOUT),
    ("other-strides", "def f(x):\n    return x.mT", ("torch.ones(2, 3)",), Verdict.WRONG_LAYOUT),
    ("copied", "def f(x):\n    return x.view(6)", ("torch.ones(2, 3)",), Verdict.WRONG_MEMORY),
    ("aliased", "def f(x):\n    return x.clone()", ("torch.ones(2)",), Verdict.WRONG_MEMORY),
    (
        "results-shared",
        "def f(x):\n    return x + 1, x + 1",
        ("torch.ones(2)",),
        Verdict.WRONG_MEMORY,
    ),
    ("input-overwritten", DOUBLE, ("torch.ones(2)",), Verdict.CHANGED_INPUT),
    ("input-overwritten", "def f(x):\n    return len(x)", ("[1]",), Verdict.CHANGED_INPUT),
    ("input-grad-changed", DOUBLE, (LEAF,), Verdict.CHANGED_INPUT),
    ("mode-flipped", "def f(x):\n    return 1", ("torch.nn.Dropout()",), Verdict.CHANGED_INPUT),
    ("mode-flipped", "def f(x):\n    return torch.nn.Dropout()", ("1",), Verdict.WRONG_VALUE),
    ("rng-reseeded-first", "def f(x):\n    return torch.rand(x)", ("2",), Verdict.WRONG_VALUE),
    ("rng-reseeded", DOUBLE, ("torch.ones(2)",), Verdict.CHANGED_STATE),
    ("rng-drawn", DOUBLE, ("torch.ones(2)",), Verdict.CHANGED_STATE),
    ("grad-mode-off", DOUBLE, ("torch.ones(2)",), Verdict.CHANGED_STATE),
    ("default-dtype-changed", DOUBLE, ("torch.ones(2)",), Verdict.CHANGED_STATE),
    ("exception-swallowed", RAISE, ("1",), Verdict.WRONG_EXCEPTION),
    ("other-exception", RAISE, ("1",), Verdict.WRONG_EXCEPTION),
    ("always-raises", DOUBLE, ("torch.ones(2)",), Verdict.RUNTIME_ERROR),
    ("prints-more", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_OUTPUT),
    ("prints-nothing", "def f(x):\n    print(x)", ("1",), Verdict.WRONG_OUTPUT),
    ("file-left", DOUBLE, ("torch.ones(2)",), Verdict.WRONG_FILES),
    ("files-missing", FILE, ("torch.ones(2)",), Verdict.WRONG_FILES),
    ("files-changed", FILE, ("torch.ones(2)",), Verdict.WRONG_FILES),
    ("many-operations", DOUBLE, ("torch.ones(2)",), Verdict.TOO_MANY_OPS),
    ("first-call-only", DOUBLE, ("torch.randn(2)",), Verdict.WRONG_VALUE),
    ("first-answer-replayed", DOUBLE, ("torch.randn(2)",), Verdict.WRONG_VALUE),
    ("replayed-by-shape", DOUBLE, ("torch.randn(2)",), Verdict.WRONG_VALUE),
]

# What a mutant cannot change it leaves alone; it must not fail.
HARMLESS = [
    ("transposed", DOUBLE, ("torch.ones(2)",)),
    ("half-precision", "def f(x):\n    return x", ("torch.arange(3)",)),
    ("one-nan", "def f(x):\n    return x", ("3",)),
    ("copied", DOUBLE, ("torch.ones(2)",)),
    ("aliased", DOUBLE, ("torch.ones(2)",)),
    ("detached", DOUBLE, ("torch.ones(2)",)),
    ("gradient-scaled", DOUBLE, ("torch.ones(2)",)),
    ("list-for-tuple", DOUBLE, ("torch.ones(2)",)),
    ("on-cpu", DOUBLE, ("torch.ones(2)",)),
    ("input-grad-changed", DOUBLE, ("torch.ones(2)",)),
    ("exception-swallowed", DOUBLE, ("torch.ones(2)",)),
    ("other-strides", "def f(x):\n    return None", ("1",)),
]


Judged = Callable[[str, str, tuple[str, ...]], Verdict]


@pytest.fixture
def verdict_of(judge: Judge, problem: Callable[..., Problem], case: Callable[..., Case]) -> Judged:
    """Judge a mutant of a reference in a case that looks at everything, called twice."""

    def judged(mutant: str, solution: str, arguments: tuple[str, ...]) -> Verdict:
        checks = ON_REQUEST if mutant == "many-operations" else ON_REQUEST - {Fact.OPERATIONS}
        raises = "ValueError" if solution == RAISE else None
        only = case("c", *arguments, checks=checks, raises=raises, repeat=2)
        whole = problem(solution, only)
        return judge.judge(whole, MUTANTS[mutant].answer(whole), seed=SEED).verdict

    return judged


def test_every_mutant_is_tried_here() -> None:
    assert {name for name, *_ in WRONG} | {"on-cpu"} == set(MUTANTS)


@pytest.mark.parametrize(
    ("mutant", "solution", "arguments", "verdict"),
    WRONG,
    ids=[f"{index}-{each[0]}" for index, each in enumerate(WRONG)],
)
def test_a_mutant_changes_what_it_says(
    verdict_of: Judged,
    mutant: str,
    solution: str,
    arguments: tuple[str, ...],
    verdict: Verdict,
) -> None:
    assert verdict_of(mutant, solution, arguments) is verdict


@pytest.mark.parametrize(
    ("mutant", "solution", "arguments"), HARMLESS, ids=[each[0] for each in HARMLESS]
)
def test_a_mutant_that_does_not_fit_changes_nothing(
    verdict_of: Judged, mutant: str, solution: str, arguments: tuple[str, ...]
) -> None:
    assert verdict_of(mutant, solution, arguments) is Verdict.ACCEPTED


def test_a_result_on_the_wrong_device_is_a_mutant_where_there_is_another_device(
    judge: Judge, problem: Callable[..., Problem], case: Callable[..., Case]
) -> None:
    whole = problem(DOUBLE, case("c", "torch.ones(2, device=device)", device=Device.CUDA))
    report = judge.judge(whole, MUTANTS["on-cpu"].answer(whole), seed=SEED)
    assert report.verdict is Verdict.WRONG_DEVICE


def test_a_reference_that_calls_itself_is_mutated_once(
    judge: Judge, problem: Callable[..., Problem], case: Callable[..., Case]
) -> None:
    recursive = problem("def f(x):\n    return 0 if x == 0 else 1 + f(x - 1)")
    one_more = problem("def f(x):\n    return x + 1", case("c", "3"))
    answer = MUTANTS["plus-one"].answer(recursive)
    assert judge.judge(one_more, answer, seed=SEED).verdict is Verdict.ACCEPTED

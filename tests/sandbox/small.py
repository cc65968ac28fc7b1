"""Small problems with short limits, so that a test that runs into one of them costs little."""

from __future__ import annotations

from judge.domain.problem import (
    Case,
    Difficulty,
    IntegerRange,
    Limits,
    Problem,
    Rules,
    Signature,
    Text,
)
from judge.domain.verdict import Device, Fact

LIMITS = Limits(time_s=0.3, memory_bytes=256 << 20)
HASTY = Limits(time_s=0.15, memory_bytes=256 << 20)

LOUD = ("918273", "3917", "hushword")
"""What only the hidden inputs of ``secret`` hold: a number, a small number, a word."""
HIDDEN = ("torch.tensor([918273.0, 3917.0, 217.0, 5.0])", "'hushword'")
OTHER_HIDDEN = ("torch.tensor([736455.0, 2846.0, 113.0, 4.0])", "'lullword'")
"""Other inputs in the same place: what a student is shown may not tell the two apart."""


def text(words: str) -> Text:
    return Text(words, words)


def build(
    name: str,
    solution: str,
    *cases: Case,
    parameters: tuple[str, ...] = ("x",),
    given: str = "import torch",
    rules: Rules | None = None,
    limits: Limits = LIMITS,
) -> Problem:
    """Build a problem whose function is ``f``."""
    return Problem(
        slug=f"small/{name}",
        version="1",
        title=text(name),
        difficulty=Difficulty.EASY,
        signature=Signature(f"f({', '.join(parameters)})", "f", parameters),
        statement=text(name),
        solution=solution,
        cases=cases,
        given=given,
        rules=rules or Rules(),
        limits=limits,
    )


def case(  # noqa: PLR0913 - one for each field that a small case needs
    *arguments: str,
    name: str = "hidden",
    checks: tuple[Fact, ...] = (),
    shown: bool = False,
    repeat: int = 1,
    raises: str | None = None,
    device: Device = Device.CPU,
    setup: str = "",
) -> Case:
    return Case(
        name=text(name),
        arguments=arguments,
        checks=frozenset(checks),
        shown=shown,
        repeat=repeat,
        raises=raises,
        device=device,
        setup=setup,
    )


def secret(name: str = "secret", hidden: tuple[str, ...] = HIDDEN) -> Problem:
    """A sample that is shown, then a hidden case."""
    return build(
        name,
        "def f(x, word):\n    return x * 2 + 1",
        case("torch.tensor([1.0, 2.0, 3.0, 4.0])", "'sample'", name="sample", shown=True),
        case(*hidden),
        parameters=("x", "word"),
    )


def keyed(name: str = "keyed", hidden: tuple[str, ...] = HIDDEN) -> Problem:
    """The reference itself puts what it was given into keys."""
    return build(
        name,
        "def f(x, word):\n"
        "    return {float(x[0]): x + 1, word: {int(x[1]): x.clone()}, f'a]{word}': [x + 3]}",
        case(*hidden),
        parameters=("x", "word"),
    )


def archive(name: str = "archive", hidden: tuple[str, ...] = HIDDEN) -> Problem:
    """The reference writes what it was given into a file."""
    return build(
        name,
        "def f(x, word):\n"
        "    with open('out.txt', 'w') as out:\n"
        "        out.write(f'{word}: {x.sum()}')",
        case(*hidden, checks=(Fact.FILES,)),
        parameters=("x", "word"),
    )


_VECTOR = "torch.randn(4)"
_LEAF = "torch.randn(4).requires_grad_()"
_DOUBLED = "def f(x):\n    return x * 2 + 1"


def _all() -> tuple[Problem, ...]:
    return (
        secret(),
        keyed(),
        build("one", _DOUBLED, case(_VECTOR), limits=HASTY),
        build("roomy", _DOUBLED, case(_VECTOR), limits=Limits(time_s=3.0, memory_bytes=128 << 20)),
        archive(),
        build("draws", _DOUBLED, Case(text("hidden"), (_VECTOR,), repeat=4)),
        build(
            "sizes",
            _DOUBLED,
            Case(text("hidden"), ("torch.randn(n)",), let=(("n", IntegerRange(2, 9)),), repeat=3),
        ),
        build(
            "slope",
            "def f(x):\n    return x ** 3 + x.exp()",
            case(_LEAF, checks=(Fact.GRADIENT,)),
            case(_LEAF, checks=(Fact.GRADIENT,), name="again"),
        ),
        build(
            "tree",
            "def f(x):\n    return {'a': x + 1, 'b': [x * 2, (3, 'c', None)]}",
            case(_VECTOR),
        ),
        build(
            "prints",
            "def f(x):\n    print('total', 7)\n    print('done')\n    return x",
            case(_VECTOR, checks=(Fact.OUTPUT,)),
        ),
        build(
            "files",
            "def f(x):\n"
            "    torch.save({'x': x + 1}, 'out.pt')\n"
            "    with open('note.txt', 'w') as note:\n"
            "        note.write('written')",
            case(_VECTOR, checks=(Fact.FILES,)),
        ),
        build(
            "memory",
            "def f(x):\n    return x.clone(), x.view(2, 2), torch.ones(2, 2)",
            case(_VECTOR, checks=(Fact.MEMORY, Fact.LAYOUT, Fact.GRAD_STATE)),
        ),
        build(
            "banned",
            "def f(x):\n    e = x.exp()\n    return e / e.sum()",
            case(_VECTOR),
            rules=Rules(
                forbid=(
                    "torch.softmax",
                    "torch.nn.functional.softmax",
                    "Tensor.softmax",
                    "for",
                    "try",
                )
            ),
        ),
        build(
            "frugal",
            "def f(x):\n    return x.sum()",
            Case(
                text("hidden"),
                ("torch.randn(64)",),
                checks=frozenset({Fact.OPERATIONS}),
                max_ops=4,
            ),
        ),
        build(
            "raises",
            "def f(x):\n    raise ValueError('no')",
            case(_VECTOR, raises="ValueError"),
        ),
        build(
            "moves",
            "def f(x):\n    return (x * 2).cuda()",
            case("torch.ones(4)", device=Device.CUDA),
        ),
        build(
            "only_cuda",
            "def f(x):\n"
            "    if x.device.type != 'cuda':\n"
            "        raise ValueError('cuda only')\n"
            "    return x.sum(dim=0)",
            case("torch.ones(4, 2, device=device)", device=Device.CUDA),
        ),
        build(
            "rich",
            "def f(x):\n    return torch.outer(x, x).softmax(dim=-1)",
            case("torch.randn(32)", name="dense"),
            case("torch.randn(32) * 100", name="large"),
        ),
        build("half", "def f(x):\n    return (x.half() * 2).bfloat16()", case(_VECTOR)),
        build(
            "double",
            "def f(x):\n    return x.sin()",
            case("torch.randn(8, dtype=torch.float64)"),
            case("torch.randn(8)"),
        ),
    )


PROBLEMS = {problem.slug.removeprefix("small/"): problem for problem in _all()}

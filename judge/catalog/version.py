"""The identity of a problem's version: a hash of everything that judging uses.

Computed from the domain's problem, so that YAML's layout, comments and defaults written out make
no difference; prose makes none either, and may be corrected without rejudging anything.
"""

from __future__ import annotations

import hashlib
import json

from judge.domain.problem import (
    Case,
    Choice,
    Draw,
    Expression,
    IntegerRange,
    Mistake,
    Problem,
    Tolerance,
)

DIGITS = 16


def version_of(problem: Problem) -> str:
    """Return 16 hexadecimal digits (64 bits of SHA-256) that change when judging could."""
    meaning = {
        "format": 1,
        "signature": " ".join(problem.signature.source.split()),
        "given": problem.given.rstrip(),
        "solution": problem.solution.rstrip(),
        "cases": [_case(each) for each in problem.cases],
        "rules": [sorted(problem.rules.forbid), sorted(problem.rules.require)],
        "limits": [float(problem.limits.time_s), problem.limits.memory_bytes],
        "tolerance": _tolerance(problem.tolerance),
        "mistakes": [_mistake(each) for each in problem.mistakes],
    }
    canonical = json.dumps(meaning, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGITS]


def _case(case: Case) -> dict[str, object]:
    # Keywords and draws stay in their order: they are evaluated in it and may consume randomness.
    return {
        "arguments": case.arguments,
        "keywords": case.keywords,
        "let": [(name, _draw(way)) for name, way in case.let],
        "setup": case.setup.rstrip(),
        "shown": case.shown,
        "repeat": case.repeat,
        "points": case.points,
        "checks": sorted(case.checks),
        "returns": case.returns,
        "raises": case.raises,
        "prints": case.prints,
        "device": case.device,
        "tolerance": _tolerance(case.tolerance),
        "max_ops": case.max_ops,
    }


def _draw(way: Draw) -> tuple[str, object]:
    match way:
        case IntegerRange(low=low, high=high):
            return "range", (low, high)
        case Choice(options=options):
            return "choice", options
        case Expression(source=source):
            return "expression", source


def _mistake(mistake: Mistake) -> tuple[str, str]:
    return mistake.verdict, mistake.code.rstrip()


def _tolerance(tolerance: Tolerance | None) -> tuple[float, float] | None:
    return (tolerance.rtol, tolerance.atol) if tolerance else None

"""What a generic mutant is: a wrapper around any reference that changes one thing it does."""

from __future__ import annotations

from dataclasses import dataclass

from judge.authoring.mutants.prelude import PRELUDE, WRAPPER
from judge.authoring.results import Severity
from judge.domain.problem import Problem
from judge.domain.verdict import Fact


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way of being wrong that fits any reference.

    ``name`` is what ``exempt`` calls it; ``does`` goes on after "an answer that …"; ``fact`` is
    what it was made to change, None where that
    is anybody's guess; ``code`` defines ``_tj_mutant(call, args, kwargs)``; ``severity`` is
    how bad it is if it survives.
    """

    name: str
    does: str
    fact: Fact | None
    code: str
    severity: Severity = "error"

    def answer(self, problem: Problem) -> str:
        """Return the reference with this mutant around it, as a student's file."""
        name = problem.signature.name
        return f"{problem.solution}\n\n{PRELUDE}\n{self.code}\n{WRAPPER.format(function=name)}"


def of_tensors(name: str, does: str, fact: Fact, expression: str) -> Mutant:
    """Return a mutant that changes every tensor ``v`` of the result, modules' own left alone."""
    return Mutant(name, does, fact, _mapped("_tj_tensors", expression))


def of_values(name: str, does: str, fact: Fact, expression: str) -> Mutant:
    """Return a mutant that changes every tensor, array, number and text ``v`` of the result."""
    return Mutant(name, does, fact, _mapped("_tj_leaves", expression))


def of_result(name: str, does: str, fact: Fact, expression: str) -> Mutant:
    """Return a mutant that changes the result ``v`` as a whole."""
    code = (
        "def _tj_mutant(call, args, kwargs):\n"
        "    v = call(*args, **kwargs)\n"
        f"    return {expression}\n"
    )
    return Mutant(name, does, fact, code)


def _mapped(how: str, expression: str) -> str:
    return (
        "def _tj_mutant(call, args, kwargs):\n"
        f"    return {how}(lambda v: {expression}, call(*args, **kwargs))\n"
    )

"""Make every slip of a reference: one change at one place, each text once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from judge.authoring.mutants import Mutant
from judge.authoring.slips import expressions, statements
from judge.domain.problem import Problem

Path = tuple[tuple[str, int | None], ...]
"""The way from a tree to a node: fields, with a place where the field is a list."""

_HELPERS = """

def _tj_through(change, value):
    if type(value) in (list, tuple):
        return type(value)(_tj_through(change, each) for each in value)
    if type(value) is dict:
        return {key: _tj_through(change, each) for key, each in value.items()}
    return change(value)


def _tj_copied(value):
    import copy
    import numpy
    import torch
    def copied(each):
        if isinstance(each, torch.Tensor):
            return each.clone()
        return copy.copy(each) if isinstance(each, numpy.ndarray) else each
    return _tj_through(copied, value)


def _tj_detached(value):
    import torch
    return _tj_through(
        lambda each: each.detach() if isinstance(each, torch.Tensor) else each, value
    )
"""


@dataclass(frozen=True, slots=True)
class Slip(Mutant):
    """A mutant that is a text of its own: ``code`` is the whole answer."""

    def answer(self, problem: Problem) -> str:  # noqa: ARG002  no wrapper around it
        """Return the edited reference, as a student's file."""
        return self.code + _HELPERS


def slips(problem: Problem) -> Iterator[Slip]:
    """Yield the slips of a problem's reference, named by line and change."""
    tree = ast.parse(problem.solution)
    seen = {ast.unparse(tree)}
    for path, node in _places(tree):
        for name, instead in _changes(node):
            text = _rewritten(tree, path, instead)
            if text is None or text in seen:
                continue
            seen.add(text)
            line = f"line {getattr(node, 'lineno', 1)}"
            where = ast.unparse(node).split("\n")[0]
            does = f"has a slip in {line}, {name} at `{where}`,"
            yield Slip(f"{line}: {name}: {where}", does, None, text)


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.expr | list[ast.stmt]]]:
    if isinstance(node, ast.expr):
        yield from expressions.changes(node)
    elif isinstance(node, ast.stmt):
        yield from statements.changes(node)


def _places(node: ast.AST, path: Path = ()) -> Iterator[tuple[Path, ast.AST]]:
    for field, value in ast.iter_fields(node):
        several = value if isinstance(value, list) else [value]
        for place, each in enumerate(several):
            if isinstance(each, ast.AST):
                here = (*path, (field, place if isinstance(value, list) else None))
                yield here, each
                yield from _places(each, here)


def _rewritten(tree: ast.Module, path: Path, instead: ast.expr | list[ast.stmt]) -> str | None:
    """Return the text with something else at a place; None where that is no Python."""
    copy = deepcopy(tree)
    parent: ast.AST = copy
    for field, place in path[:-1]:
        value = getattr(parent, field)
        parent = value if place is None else value[place]
    field, place = path[-1]
    if place is None:
        setattr(parent, field, instead)
    else:
        items = getattr(parent, field)
        items[place : place + 1] = instead if isinstance(instead, list) else [instead]
        if not items and isinstance(instead, list):
            items.append(ast.Pass())
    text = ast.unparse(ast.fix_missing_locations(copy))
    try:
        ast.parse(text)
    except SyntaxError:
        return None
    return text

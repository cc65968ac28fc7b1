"""What a tired student makes of a statement: names of slips, and what stands there instead."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

Change = tuple[str, list[ast.stmt]]


def changes(node: ast.stmt) -> Iterator[Change]:
    """Yield what may stand in a statement's place by mistake, which may be nothing."""
    maker = _MAKERS.get(type(node))
    if maker is not None:
        yield from maker(node)


def _of_call(node: ast.Expr) -> Iterator[Change]:
    if isinstance(node.value, ast.Call):
        yield "forgotten", []


def _of_update(node: ast.AugAssign) -> Iterator[Change]:
    yield "forgotten", []
    read = ast.parse(ast.unparse(node.target), mode="eval").body
    yield "not in place", [ast.Assign([node.target], ast.BinOp(read, node.op, node.value))]


def _of_assignment(node: ast.Assign) -> Iterator[Change]:
    target, value = node.targets[0], node.value
    if len(node.targets) > 1 or isinstance(target, ast.Tuple):
        return
    if not isinstance(target, ast.Name) or target.id in _names(value):
        yield "forgotten", []
    if isinstance(value, ast.BinOp) and ast.unparse(value.left) == ast.unparse(target):
        assert isinstance(target, ast.Name | ast.Subscript | ast.Attribute)  # noqa: S101  it is read
        yield "in place", [ast.AugAssign(target, value.op, value.right)]


def _names(node: ast.expr) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _of_condition(node: ast.If) -> Iterator[Change]:
    yield "always", node.body
    yield "never", node.orelse


def _of_context(node: ast.With) -> Iterator[Change]:
    yield f"without {ast.unparse(node.items[0].context_expr)}", node.body


def _of_attempt(node: ast.Try) -> Iterator[Change]:
    yield "without try", node.body
    yield "finally too late", [*node.body, *node.finalbody]


def _of_function(node: ast.FunctionDef) -> Iterator[Change]:
    if node.decorator_list:
        bare = deepcopy(node)
        bare.decorator_list = []
        yield "no decorator", [bare]


def _of_return(node: ast.Return) -> Iterator[Change]:
    if node.value is None:
        return
    for name, through in (("a copy too many", "_tj_copied"), ("detached", "_tj_detached")):
        yield name, [ast.Return(ast.Call(ast.Name(through, ast.Load()), [node.value], []))]


def _of_raise(node: ast.Raise) -> Iterator[Change]:  # noqa: ARG001  whatever it raises
    yield "not raised", [ast.Return(ast.Constant(None))]


_MAKERS: dict[type[ast.stmt], Callable[[Any], Iterator[Change]]] = {
    ast.Expr: _of_call,
    ast.AugAssign: _of_update,
    ast.Assign: _of_assignment,
    ast.If: _of_condition,
    ast.With: _of_context,
    ast.Try: _of_attempt,
    ast.FunctionDef: _of_function,
    ast.Return: _of_return,
    ast.Raise: _of_raise,
}

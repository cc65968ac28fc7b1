"""What a tired student makes of an expression: names of slips, and what stands there instead."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, TypeVar

Change = tuple[str, ast.expr]
_Node = TypeVar("_Node", bound=ast.AST)

_NEIGHBOURS = {
    "cat": "stack",
    "stack": "cat",
    "mean": "sum",
    "sum": "mean",
    "zeros": "ones",
    "view": "reshape",
    "from_numpy": "tensor",
    "tensor": "as_tensor",
    "float": "double",
    "long": "int",
    "log": "log10",
    "log10": "log",
    "log2": "log",
    "matmul": "mul",
    "round": "floor",
    "amax": "amin",
    "any": "all",
}
"""A function, and the one that is taken for it."""
_ALSO_IN_PLACE = frozenset(
    {"abs", "add", "clamp", "div", "exp", "log", "masked_fill", "mul", "neg", "pow", "round"}
    | {"sqrt", "squeeze", "sub", "t", "transpose", "unsqueeze"}
)
_MODULES = frozenset({"torch", "np", "nn", "math", "os"})
_SIGNS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Div: ast.FloorDiv,
    ast.FloorDiv: ast.Div,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.MatMult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_BOUNDS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def changes(node: ast.expr) -> Iterator[Change]:
    """Yield what may stand in an expression's place by mistake."""
    maker = _MAKERS.get(type(node))
    if maker is not None:
        yield from maker(node)


def _of_constant(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if type(value) is int:
        yield "one more", ast.Constant(value + 1)
        yield "one less", ast.Constant(value - 1)
    elif type(value) is bool:
        yield "the opposite", ast.Constant(not value)
    elif type(value) is float:
        yield "another number", ast.Constant(value * 1.5 + 0.25)


def _of_call(node: ast.Call) -> Iterator[Change]:
    for place, keyword in enumerate(node.keywords):
        rest = [*node.keywords[:place], *node.keywords[place + 1 :]]
        yield f"no {keyword.arg}=", _with(node, keywords=rest)
    if isinstance(node.func, ast.Attribute):
        yield from _of_method(node, node.func)
    elif isinstance(node.func, ast.Name) and node.func.id == "range":
        for place, argument in enumerate(node.args):
            for name, sign in (("one more", ast.Add()), ("one less", ast.Sub())):
                off = ast.BinOp(argument, sign, ast.Constant(1))
                bounds = [*node.args[:place], off, *node.args[place + 1 :]]
                yield name, _with(node, args=bounds)
    if len(node.args) > 1:
        swapped = [*node.args[:-2], node.args[-1], node.args[-2]]
        yield "arguments swapped", _with(node, args=swapped)


def _of_method(node: ast.Call, method: ast.Attribute) -> Iterator[Change]:
    name, owner = method.attr, method.value
    if not (isinstance(owner, ast.Name) and owner.id in _MODULES):
        yield f"no .{name}()", owner
    others = [_NEIGHBOURS[name]] if name in _NEIGHBOURS else []
    if name in _ALSO_IN_PLACE:
        others.append(f"{name}_")
    if name.endswith("_") and not name.endswith("__"):
        others.append(name[:-1])
    for other in others:
        yield f"{other} for {name}", _with(node, func=_with(method, attr=other))


def _of_operation(node: ast.BinOp) -> Iterator[Change]:
    if type(node.op) in _SIGNS:
        yield "another operator", _with(node, op=_SIGNS[type(node.op)]())
    if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult | ast.Mod | ast.FloorDiv):
        yield "operands swapped", _with(node, left=node.right, right=node.left)
    yield "left side only", node.left
    yield "right side only", node.right


def _of_index(node: ast.Subscript) -> Iterator[Change]:
    if not isinstance(node.ctx, ast.Load):
        return
    yield "no index", node.value
    if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) > 1:
        order = [node.slice.elts[1], node.slice.elts[0], *node.slice.elts[2:]]
        yield "indices swapped", _with(node, slice=_with(node.slice, elts=order))


def _of_slice(node: ast.Slice) -> Iterator[Change]:
    yield "from one on", _with(node, lower=ast.Constant(1) if node.lower is None else None)
    if node.upper is None:
        yield "without the last", _with(node, upper=ast.Constant(-1))
    else:
        yield "to the end", _with(node, upper=None)
        yield "one too short", _with(node, upper=ast.BinOp(node.upper, ast.Sub(), ast.Constant(1)))
    if node.step is not None:
        yield "no step", _with(node, step=None)


def _of_comparison(node: ast.Compare) -> Iterator[Change]:
    if len(node.ops) == 1 and type(node.ops[0]) in _BOUNDS:
        yield "the bound", _with(node, ops=[_BOUNDS[type(node.ops[0])]()])


def _of_sign(node: ast.UnaryOp) -> Iterator[Change]:
    yield "no sign", node.operand


def _of_attribute(node: ast.Attribute) -> Iterator[Change]:
    if node.attr in ("T", "mT", "data", "grad") and isinstance(node.ctx, ast.Load):
        yield f"no .{node.attr}", node.value


def _of_choice(node: ast.IfExp) -> Iterator[Change]:
    yield "always", node.body
    yield "never", node.orelse


_MAKERS: dict[type[ast.expr], Callable[[Any], Iterator[Change]]] = {
    ast.Constant: _of_constant,
    ast.Call: _of_call,
    ast.BinOp: _of_operation,
    ast.Compare: _of_comparison,
    ast.Subscript: _of_index,
    ast.Slice: _of_slice,
    ast.UnaryOp: _of_sign,
    ast.Attribute: _of_attribute,
    ast.IfExp: _of_choice,
}


def _with(node: _Node, **fields: object) -> _Node:
    changed = deepcopy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed

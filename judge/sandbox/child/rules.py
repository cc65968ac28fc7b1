"""Find in an answer's syntax tree what a problem forbids: keywords, and names however bound."""

from __future__ import annotations

import ast
from collections.abc import Iterator

KEYWORDS: dict[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "try": (ast.Try, ast.TryStar),
    "with": (ast.With, ast.AsyncWith),
    "lambda": (ast.Lambda,),
    "class": (ast.ClassDef,),
    "import": (ast.Import, ast.ImportFrom),
    "global": (ast.Global,),
    "nonlocal": (ast.Nonlocal,),
    "assert": (ast.Assert,),
    "del": (ast.Delete,),
    "yield": (ast.Yield, ast.YieldFrom),
    "@": (ast.MatMult,),
}
"""``for`` means comprehensions too: they loop in Python all the same."""

Names = dict[str, set[str]]
MAX_MEANINGS = 16
"""Of one name. ``x = x.a`` doubles them, and an answer may say so often."""


def violations(tree: ast.AST, forbidden: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield (line, column, rule, what was found), both counted from 1, in the file's order.

    A rule is a keyword, a dotted name (``torch.einsum``: also through ``import torch as t``,
    ``from torch import einsum as e``, ``f = torch.einsum`` and ``getattr(torch, "einsum")``), a
    method (``Tensor.item``: that attribute of anything), or a builtin (``eval``).
    """
    if not forbidden:
        return
    names = _bindings(tree)
    found = []
    for node in ast.walk(tree):
        for rule in forbidden:
            what = _matches(node, rule, names)
            if what is not None:
                found.append(
                    (getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1, rule, what)
                )
    yield from sorted(set(found))


def _matches(node: ast.AST, rule: str, names: Names) -> str | None:
    if rule in KEYWORDS:
        return rule if isinstance(_placed(node), KEYWORDS[rule]) else None
    method = rule.removeprefix("Tensor.") if rule.startswith("Tensor.") else None
    if method is not None:
        taken = _attribute(node)
        return f".{method}" if taken is not None and taken[1] == method else None
    for name in sorted(_imported(node) or _dotted(node, names)):
        if name == rule or name.startswith(f"{rule}."):
            return name
    return None


def _placed(node: ast.AST) -> ast.AST | None:
    """An operator has no place of its own in a file, so it is found where it is used."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        return node.op
    return None if isinstance(node, ast.operator) else node


def _attribute(node: ast.AST) -> tuple[ast.expr, str] | None:
    """The owner and the attribute that an expression takes, also by ``getattr`` of a constant."""
    if isinstance(node, ast.Attribute):
        return node.value, node.attr
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
        constant = node.args[1] if len(node.args) > 1 else None
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
            return node.args[0], constant.value
    return None


def _dotted(node: ast.AST, names: Names) -> set[str]:
    """The full dotted names that an expression may have, aliases resolved; none for a call, say."""
    if isinstance(node, ast.Name):
        stars = {star[:-1] + node.id for star in names.get("*", ())}
        return names.get(node.id, {node.id}) | stars
    taken = _attribute(node)
    if taken is None:
        return set()
    owner, attribute = taken
    return {f"{base}.{attribute}" for base in _dotted(owner, names)}


def _imported(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {f"{node.module}.{alias.name}" for alias in node.names}
    return set()


def _bindings(tree: ast.AST) -> Names:
    """Map the names of a file to all dotted names that they are bound to anywhere in it.

    All, because one function's variable must not hide another's builtin of the same name.
    """
    names: Names = {}
    assigned: list[tuple[str, ast.expr]] = []
    for node in ast.walk(tree):
        for name, target in _import_bindings(node):
            names.setdefault(name, set()).add(target)
        assigned += _assignments(node)
    for name, value in assigned:
        known = names.setdefault(name, {name})
        if len(known) < MAX_MEANINGS:
            known |= _dotted(value, names)
    return names


def _import_bindings(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            target = alias.name if alias.asname else alias.name.split(".")[0]
            yield alias.asname or target, target
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _assignments(node: ast.AST) -> list[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign):
        return [(each.id, node.value) for each in node.targets if isinstance(each, ast.Name)]
    if isinstance(node, ast.NamedExpr | ast.AnnAssign):
        name, value = node.target, node.value
        return [(name.id, value)] if isinstance(name, ast.Name) and value is not None else []
    return []

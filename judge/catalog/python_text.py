"""Check an author's Python text without running it: syntax, names, the student's signature."""

from __future__ import annotations

import ast
import inspect
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from judge.catalog.diagnostics import Spot
from judge.domain.problem import Signature
from judge.errors import AuthorError

_PREFIX = "def "
_UNBALANCED = ("was never closed", "unmatched ')'", "unmatched ']'", "unmatched '}'")


class CodeError(AuthorError):
    """Python text is not what it has to be; ``spot`` is the place inside that text."""

    def __init__(self, message: str, spot: Spot | None = None) -> None:
        self.spot = spot or Spot(1, 1)
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Head:
    """A function's head: the domain's signature, and how it binds arguments."""

    signature: Signature
    binding: inspect.Signature

    def misfit(self, *, positional: int, keywords: Iterable[str]) -> str | None:
        """Say why a call with these arguments does not fit, or None where it does."""
        try:
            self.binding.bind(*[None] * positional, **dict.fromkeys(keywords))
        except TypeError as exc:
            return str(exc)
        return None


def parse_expression(text: str) -> ast.Expression:
    """Parse one expression.

    Raises:
        CodeError: It is none.
    """
    try:
        return _parsed_expression(text)
    except CodeError as exc:
        if not any(sign in str(exc) for sign in _UNBALANCED):
            raise
        remedy = "between [ ] an expression that holds commas has to be quoted"
        raise CodeError(f"{exc} ({remedy})", exc.spot) from exc


def parse_statements(text: str) -> ast.Module:
    """Parse statements.

    Raises:
        CodeError: They are not Python.
    """
    try:
        return ast.parse(text)
    except _PARSE_ERRORS as exc:
        raise _code_error(exc) from exc


def defined_names(module: ast.Module) -> dict[str, Spot]:
    """Return the names that a module binds at its top level, with the place of each.

    Looks into ``if``, ``try`` and ``with`` too, since an answer may define its function there.
    """
    found: dict[str, Spot] = {}
    waiting: deque[ast.AST] = deque(module.body)
    while waiting:
        node = waiting.popleft()
        spot = Spot(getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1)
        for name in _bound(node):
            found.setdefault(name, spot)
        if isinstance(node, ast.If | ast.Try | ast.With | ast.ExceptHandler):
            waiting.extend(ast.iter_child_nodes(node))
    return found


def parse_signature(text: str) -> Head:
    """Read ``scores(queries: Tensor, keys: Tensor) -> Tensor``.

    Raises:
        CodeError: It is not the head of one function.
    """
    source = text.strip()
    try:
        module = ast.parse(f"{_PREFIX}{source}: ...")
    except _PARSE_ERRORS as exc:
        error = _code_error(exc)
        column = max(1, error.spot.column - len(_PREFIX)) if error.spot.line == 1 else 1
        raise CodeError(str(error), Spot(error.spot.line, column)) from exc
    function = module.body[0]
    if len(module.body) > 1 or not isinstance(function, ast.FunctionDef) or not _is_bare(function):
        raise CodeError("there is more than the name, the parameters and the result's type")
    return _head(source, function)


_PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)


def _parsed_expression(text: str) -> ast.Expression:
    try:
        # Without the line's end the parser puts an unfinished expression's fault at its beginning.
        return ast.parse(f"{text}\n", mode="eval")
    except _PARSE_ERRORS as exc:
        raise _code_error(exc) from exc


def _code_error(error: BaseException) -> CodeError:
    match error:
        case SyntaxError():
            return CodeError(error.msg, Spot(max(1, error.lineno or 1), max(1, error.offset or 1)))
        case RecursionError() | MemoryError():
            # CPython's parser says "out of memory" where its own stack is full.
            return CodeError("it is nested too deeply")
        case _:
            return CodeError(str(error))


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [each.id for each in targets if isinstance(each, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return [name]
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return [each.asname or each.name.split(".")[0] for each in names]
        case _:
            return []


def _is_bare(function: ast.FunctionDef) -> bool:
    match function.body:
        case [ast.Expr(value=ast.Constant(value=value))]:
            return value is ...
        case _:
            return False


def _head(source: str, function: ast.FunctionDef) -> Head:
    parameters = _parameters(function.args)
    try:
        binding = inspect.Signature(parameters)
    except ValueError as exc:
        raise CodeError(str(exc)) from exc
    names = tuple(each.name for each in parameters)
    return Head(Signature(source=source, name=function.name, parameters=names), binding)


def _parameters(arguments: ast.arguments) -> list[inspect.Parameter]:
    kind = inspect.Parameter
    before = len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)
    positional = [
        *((each, kind.POSITIONAL_ONLY) for each in arguments.posonlyargs),
        *((each, kind.POSITIONAL_OR_KEYWORD) for each in arguments.args),
    ]
    found = [
        kind(each.arg, way, default=None if index >= before else kind.empty)
        for index, (each, way) in enumerate(positional)
    ]
    if arguments.vararg:
        found.append(kind(arguments.vararg.arg, kind.VAR_POSITIONAL))
    for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        empty = kind.empty if default is None else None
        found.append(kind(each.arg, kind.KEYWORD_ONLY, default=empty))
    if arguments.kwarg:
        found.append(kind(arguments.kwarg.arg, kind.VAR_KEYWORD))
    return found

"""What no single key can tell: whether the parts of a problem's file fit each other.

Works on the plain tree and looks only at parts of the right type, so that a fault in one part
hides none in another.
"""

from __future__ import annotations

from collections.abc import Iterator

from judge.catalog.diagnostics import Diagnostic, nearest
from judge.catalog.python_text import (
    CodeError,
    Head,
    defined_names,
    parse_signature,
    parse_statements,
)
from judge.catalog.tree import Route, Tree
from judge.domain.verdict import Verdict

# These mistakes are known for not defining the function.
_MAY_LACK_FUNCTION = frozenset({Verdict.SYNTAX_ERROR.value, Verdict.MISSING_FUNCTION.value})


def inconsistencies(tree: Tree) -> Iterator[Diagnostic]:
    """Yield everything in a problem's file that contradicts something else in it."""
    root = tree.root
    if not isinstance(root, dict):
        return
    cases = list(_mappings(root.get("cases"), ("cases",)))
    head = _head(root)
    if head is not None:
        yield from _undefined(tree, root, head)
        yield from _unbindable(tree, cases, head)
    yield from _repeated_names(tree, cases)
    yield from _two_outcomes(tree, cases)
    yield from _no_points(tree, cases)
    yield from _forbidden_and_required(tree, root)


def _mappings(value: object, route: Route) -> Iterator[tuple[Route, dict[str, object]]]:
    for index, each in enumerate(value if isinstance(value, list) else ()):
        if isinstance(each, dict):
            yield (*route, index), each


def _head(root: dict[str, object]) -> Head | None:
    source = root.get("signature")
    try:
        return parse_signature(source) if isinstance(source, str) else None
    except CodeError:
        return None


def _answers(root: dict[str, object]) -> Iterator[tuple[Route, object]]:
    yield ("solution",), root.get("solution")
    for route, mistake in _mappings(root.get("mistakes"), ("mistakes",)):
        verdict = mistake.get("verdict")
        if not isinstance(verdict, str) or verdict not in _MAY_LACK_FUNCTION:
            yield (*route, "code"), mistake.get("code")
    also = root.get("also")
    for index, code in enumerate(also if isinstance(also, list) else ()):
        yield ("also", index), code


def _undefined(tree: Tree, root: dict[str, object], head: Head) -> Iterator[Diagnostic]:
    name = head.signature.name
    for route, code in _answers(root):
        if not isinstance(code, str) or not code.strip():
            continue
        try:
            names = defined_names(parse_statements(code))
        except CodeError:
            continue
        if name in names:
            continue
        close = nearest(name, names)
        spot = tree.inside(route, names[close]) if close else tree.at(route)
        message = f"this code does not define `{name}`, the function of `signature`"
        yield tree.diagnose(spot, message, suggestion=name if close else None)


def _unbindable(
    tree: Tree, cases: list[tuple[Route, dict[str, object]]], head: Head
) -> Iterator[Diagnostic]:
    for route, case in cases:
        args, kwargs = case.get("args", []), case.get("kwargs", {})
        if not isinstance(args, list) or not isinstance(kwargs, dict):
            continue
        misfit = head.misfit(positional=len(args), keywords=kwargs)
        if misfit:
            message = f"the arguments do not fit `{head.signature.source}`: {misfit}"
            yield tree.diagnose(tree.at_key(tree.known((*route, "args"))), message)


def _repeated_names(
    tree: Tree, cases: list[tuple[Route, dict[str, object]]]
) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], int] = {}
    for route, case in cases:
        name = case.get("name")
        both = name if isinstance(name, dict) else {"zh": name, "en": name}
        spot = tree.at((*route, "name"))
        taken = {
            text: seen.setdefault((language, text.strip()), spot.line)
            for language, text in both.items()
            if isinstance(text, str)
        }
        for text, line in taken.items():
            if line != spot.line:
                yield tree.diagnose(spot, f"the case on line {line} is named {text!r} too")


def _two_outcomes(tree: Tree, cases: list[tuple[Route, dict[str, object]]]) -> Iterator[Diagnostic]:
    for route, case in cases:
        if "returns" in case and "raises" in case:
            message = "a call either returns or raises: leave out `returns` or `raises`"
            yield tree.diagnose(tree.at_key((*route, "raises")), message)


def _no_points(tree: Tree, cases: list[tuple[Route, dict[str, object]]]) -> Iterator[Diagnostic]:
    points = [case.get("points", 1) for _, case in cases]
    if points and all(each == 0 for each in points):
        message = "no case is worth a point: leave out some `points: 0`"
        yield tree.diagnose(tree.at_key(("cases",)), message)


def _forbidden_and_required(tree: Tree, root: dict[str, object]) -> Iterator[Diagnostic]:
    rules = root.get("rules")
    forbid, require = (
        rules.get(key) if isinstance(rules, dict) else None for key in ("forbid", "require")
    )
    if not isinstance(forbid, list) or not isinstance(require, list):
        return
    for index, name in enumerate(require):
        if isinstance(name, str) and name in forbid:
            message = f"`{name}` is both forbidden and required"
            yield tree.diagnose(tree.at(("rules", "require", index)), message)

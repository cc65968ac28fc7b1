"""Lay the answer's tree beside the key's: pairs of nodes at the same path, up to the first misfit.

Iterative throughout: a liar chooses the depth.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from judge.comparison.kinds import misfit
from judge.comparison.texts import clean, key_text, type_text
from judge.domain.observation import (
    MappingNode,
    ModuleNode,
    Node,
    ScalarNode,
    SequenceNode,
    SymbolNode,
    TensorNode,
)
from judge.domain.report import Difference, Message
from judge.domain.verdict import Fact

_MOST_STEPS = 32
_MOST_NAMES = 5
_SETS = frozenset({"set", "frozenset"})


@dataclass(slots=True)
class Where:
    """A path, kept as a chain so that deep trees cost no more than their nodes."""

    parent: Where | None
    step: str

    def text(self) -> str:
        """Write the path: ``result[0]['w']``; the middle of a very deep one is left out."""
        steps: list[str] = []
        here: Where | None = self
        while here is not None:
            steps.append(here.step)
            here = here.parent
        steps.reverse()
        if len(steps) > _MOST_STEPS:
            steps = [*steps[: _MOST_STEPS // 2], "…", *steps[-_MOST_STEPS // 2 :]]
        return "".join(steps)


@dataclass(slots=True)
class Pair:
    """Two nodes of the same kind at the same path."""

    where: Where
    want: Node
    got: Node


@dataclass(slots=True)
class Alignment:
    """What can be compared, parents first, and the TYPE difference that ended it, if any."""

    pairs: list[Pair] = field(default_factory=list)
    misfit: Difference | None = None


def align(got: Node, *, want: Node, root: str) -> Alignment:
    """Walk both trees together and stop at the first path where their types differ."""
    aligned = Alignment()
    stack = [Pair(Where(None, root), want, got)]
    while stack:
        pair = stack.pop()
        message = misfit(pair.got, want=pair.want)
        if message is None and isinstance(pair.want, MappingNode | ModuleNode):
            message = _names_misfit(pair)
        if message is not None:
            aligned.misfit = _type_difference(pair, message)
            return aligned
        aligned.pairs.append(pair)
        children = _children(pair)
        if children:
            stack.extend(reversed(children))
    return aligned


def _type_difference(pair: Pair, message: Message) -> Difference:
    path, expected, got = pair.where.text(), type_text(pair.want), type_text(pair.got)
    parameters = {"path": path, "expected": expected, "got": got, **message.parameters}
    return Difference(Fact.TYPE, path, Message(message.key, parameters), expected, got)


def _names_misfit(pair: Pair) -> Message | None:
    """Compare a mapping's keys or a module's state names; order is no part of either."""
    wanted, given = _named(pair.want), _named(pair.got)
    family = "states" if isinstance(pair.want, ModuleNode) else "keys"
    missing = [name for token, (name, _) in wanted.items() if token not in given]
    if missing:
        return Message(f"type.{family}_missing", {"names": _listed(missing)})
    extra = [name for token, (name, _) in given.items() if token not in wanted]
    return Message(f"type.{family}_extra", {"names": _listed(extra)}) if extra else None


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")


def _children(pair: Pair) -> list[Pair]:
    match pair.want, pair.got:
        case TensorNode(grad=want), TensorNode(grad=got):
            if want is None or got is None:
                return []
            return [Pair(Where(pair.where, ".grad"), want, got)]
        case SequenceNode(kind=kind), SequenceNode():
            wanted, given = pair.want.items, pair.got.items
            if kind in _SETS:
                wanted, given = _sorted(wanted), _sorted(given)
            return [
                Pair(Where(pair.where, f"[{index}]"), want, got)
                for index, (want, got) in enumerate(zip(wanted, given, strict=True))
            ]
        case ((MappingNode() | ModuleNode()), _):
            dot = isinstance(pair.want, ModuleNode)
            got_by_token = _named(pair.got)
            return [
                Pair(
                    Where(pair.where, f".{name}" if dot else f"[{name}]"),
                    want,
                    got_by_token[token][1],
                )
                for token, (name, want) in _named(pair.want).items()
            ]
        case _:
            return []


def _named(node: Node) -> dict[Hashable, tuple[str, Node]]:
    """Return a mapping's or module's children by something hashable that stands for their name.

    A liar may send one key twice: the second is another name, so that none is lost.
    """
    children: dict[Hashable, tuple[str, Node]] = {}
    seen: dict[Hashable, int] = {}
    for token, name, child in _entries(node):
        times = seen[token] = seen.get(token, 0) + 1
        children[token, times] = (name, child)
    return children


def _entries(node: Node) -> Iterable[tuple[Hashable, str, Node]]:
    match node:
        case MappingNode(items=items):
            for key, value in items:
                yield _token(key), key_text(key), value
        case ModuleNode(state=state):
            for name, value in state:
                yield name, clean(name), value
        case _:
            return


def _token(key: Node) -> Hashable:
    """Stand for a key: its kind and value, of a tuple those of its parts; else only its type."""
    tokens: list[Hashable] = []
    stack = [key]
    while stack:
        node = stack.pop()
        match node:
            case ScalarNode(kind=kind, value=value):
                # NaN is no key's equal, not even its own; here it is.
                tokens.append((kind, value if value == value else "nan"))  # noqa: PLR0124
            case SymbolNode(kind=kind, name=name):
                tokens.append((kind, name))
            case SequenceNode(kind=kind, items=items):
                tokens.append((kind, len(items)))
                stack.extend(items)
            case _:
                tokens.append(type(node).__name__)
    return tuple(tokens)


def _sorted(items: tuple[Node, ...]) -> tuple[Node, ...]:
    """Put a set in an order that both sides share: strings are hashed anew in every process."""
    return tuple(sorted(items, key=_rank))


def _rank(node: Node) -> tuple[str, float, str]:
    match node:
        case ScalarNode(kind=kind, value=int() | float() as value):
            # NaN has no place in any order: last. Python compares an int of any size with inf.
            return kind, value if value == value else math.inf, ""  # noqa: PLR0124
        case ScalarNode(kind=kind, value=value):
            return kind, 0.0, repr(value)
        case SymbolNode(kind=kind, name=name):
            return kind, 0.0, name
        case _:
            return type(node).__name__, 0.0, ""

"""Read YAML 1.2 text into a tree, refusing what could hide, repeat or execute something.

Composed from the parser's events, which come one at a time: so depth and size are bounded before
anything is built, and the places of keys and values are at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.reader import ReaderError

from judge.catalog.diagnostics import Diagnostic, ProblemFileError, Spot, short
from judge.catalog.scalars import resolve
from judge.catalog.tree import Route, Tree

DEEPEST = 32
MOST_VALUES = 20_000

# No key can be this: where values are put that are read past.
_NOWHERE = "\0"

_REMEDIES = {
    "mapping values are not allowed": "a text with `: ` in it has to be quoted",
    "found character '\\t'": "indent with spaces, not with tabs",
    "found character '`'": "a text that begins with a backtick has to be quoted",
    "found character '@'": "a text that begins with @ has to be quoted",
    "found character '%'": "a text that begins with % has to be quoted",
    "found unexpected end of stream": "a quote or bracket is never closed",
    "could not find expected ':'": "a key needs `: ` after it, and a long text a `|` before it",
    "expected <block end>": "check the indentation, and quote texts that hold quotes or brackets",
    "expected ',' or ']'": "quote texts that hold commas, quotes or brackets",
    "expected ',' or '}'": "quote texts that hold commas, quotes or brackets",
}

# ruamel.yaml lets these slip for some malformed texts (an escape past the last code point, say).
_SLIPS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def compose(text: str, *, path: Path) -> Tree:
    """Read the text of ``path``.

    Raises:
        ProblemFileError: It is not YAML, not one document, or too deep or too large to be meant.
    """
    return _Composer(text, path).tree()


class _Composer:
    """One reading of one text. Routes are marked as the events go by."""

    def __init__(self, text: str, path: Path) -> None:
        self._text = text
        self._path = path
        self._events = self._parsed()
        self._values: dict[Route, Spot] = {}
        self._keys: dict[Route, Spot] = {}
        self._styles: dict[Route, str] = {}
        self._texts: dict[Route, str] = {}
        self._faults: list[Diagnostic] = []
        self._broken: set[Route] = set()
        self._count = 0

    def tree(self) -> Tree:
        root = self._document()
        return Tree(
            path=self._path,
            lines=tuple(self._text.replace("\r\n", "\n").replace("\r", "\n").split("\n")),
            root=root,
            values=self._values,
            keys=self._keys,
            styles=self._styles,
            texts=self._texts,
            faults=tuple(self._faults),
            broken=frozenset(self._broken),
        )

    def _parsed(self) -> Iterator[Event]:
        spot = Spot(1, 1)
        try:
            for event in YAML(typ="safe", pure=True).parse(self._text):
                spot = _start(event)
                yield event
        except ReaderError as exc:
            where = _spot_of(self._text, exc.position)
            raise self._fatal(
                where, f"the character U+{exc.character:04X} may not stand here"
            ) from exc
        except MarkedYAMLError as exc:
            raise self._fatal(_where(exc, spot), f"not valid YAML: {_wording(exc)}") from exc
        except (YAMLError, *_SLIPS) as exc:
            raise self._fatal(spot, f"not valid YAML after this place: {exc}") from exc

    def _document(self) -> object:
        root: object = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                self._check_start(event, documents)
                root = self._node(next(self._events), ())
            elif isinstance(event, StreamEndEvent) and not documents:
                raise self._fatal(Spot(1, 1), "the file is empty")
            elif isinstance(event, StreamStartEvent):
                continue
        return root

    def _check_start(self, event: DocumentStartEvent, documents: int) -> None:
        if documents > 1:
            raise self._fatal(_start(event), "a second document begins here: leave out the `---`")
        if event.version is not None or event.tags:
            raise self._fatal(_start(event), "leave out the `%` directive; the format is YAML 1.2")

    def _node(self, event: Event, route: Route) -> object:
        spot = _start(event)
        self._values[route] = spot
        self._count += 1
        if len(route) > DEEPEST:
            raise self._fatal(spot, f"nested more than {DEEPEST} levels deep")
        if self._count > MOST_VALUES:
            raise self._fatal(spot, f"more than {MOST_VALUES} values in one file")
        self._check_properties(event, route)
        match event:
            case ScalarEvent():
                return self._scalar(event, route)
            case SequenceStartEvent():
                return self._sequence(route)
            case MappingStartEvent():
                return self._mapping(route)
            case _:
                return None

    def _check_properties(self, event: Event, route: Route) -> None:
        if isinstance(event, AliasEvent):
            self._refuse(route, f"`*{event.anchor}` is refused: write the value out")
        elif isinstance(event, NodeEvent) and event.anchor:
            # The value itself is fine; only the name is refused.
            self._fault(_start(event), f"the anchor `&{event.anchor}` is refused: leave it out")
        if getattr(event, "tag", None):
            self._refuse(route, "a `!` tag is refused: leave it out, or quote the text")

    def _scalar(self, event: ScalarEvent, route: Route) -> object:
        text: str = event.value
        style: str = event.style or ""
        self._styles[route] = style
        self._texts[route] = text
        if not _storable(text):
            self._refuse(route, "the text holds a NUL or half a surrogate pair: leave it out")
            return None
        if style:
            return text
        return self._plain(text, route)

    def _plain(self, text: str, route: Route) -> object:
        try:
            value = resolve(text)
        except ValueError as exc:
            self._refuse(route, str(exc))
            return None
        if value is None:
            # The parser puts a missing value where the next token begins, which may be lines below.
            self._values[route] = self._keys.get(route) or self._values[route]
            self._refuse(route, _lacking(route))
        return value

    def _sequence(self, route: Route) -> list[object]:
        items: list[object] = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, (*route, len(items))))
        return items

    def _mapping(self, route: Route) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key = self._key(event, route)
            if key is None or key in found:
                self._repeated(event, key, route)
                # Its value has to be read all the same; it goes nowhere.
                self._node(next(self._events), (*route, _NOWHERE))
                continue
            inner = (*route, key)
            self._keys[inner] = _start(event)
            found[key] = self._node(next(self._events), inner)
        return found

    def _key(self, event: Event, route: Route) -> str | None:
        if not isinstance(event, ScalarEvent):
            self._node(event, (*route, _NOWHERE))
            self._fault(_start(event), "a key has to be text")
            return None
        self._values[(*route, _NOWHERE)] = _start(event)
        self._check_properties(event, (*route, _NOWHERE))
        key = str(event.value)
        if not event.style and not _is_text(key):
            self._fault(_start(event), f"the key `{short(key)}` is not text: put it in quotes")
            return None
        if not _storable(key):
            self._fault(_start(event), "the key holds a NUL or half a surrogate pair")
            return None
        return key

    def _repeated(self, event: Event, key: str | None, route: Route) -> None:
        if key is None:
            return
        first = self._keys[(*route, key)]
        message = (
            f"the key `{short(key)}` is here a second time; it stands on line {first.line} already"
        )
        self._fault(_start(event), message)

    def _fault(self, spot: Spot, message: str) -> None:
        self._faults.append(Diagnostic(self._path, spot.line, spot.column, message))

    def _refuse(self, route: Route, message: str) -> None:
        self._fault(self._values[route], message)
        self._broken.add(route)

    def _fatal(self, spot: Spot, message: str) -> ProblemFileError:
        found = Diagnostic(self._path, spot.line, spot.column, message)
        return ProblemFileError([*self._faults, found])


def _lacking(route: Route) -> str:
    if not route:
        return "the file is empty"
    name = f"`{short(route[-1])}`" if isinstance(route[-1], str) else "this item"
    remedy = 'write one, or leave it out (for Python\'s None write None, for no text "")'
    return f"{name} has no value: {remedy}"


def _start(event: Event) -> Spot:
    return Spot(event.start_mark.line + 1, event.start_mark.column + 1)


def _where(error: MarkedYAMLError, fallback: Spot) -> Spot:
    mark = error.problem_mark or error.context_mark
    return Spot(mark.line + 1, mark.column + 1) if mark else fallback


def _wording(error: MarkedYAMLError) -> str:
    problem = str(error.problem or error.context or "the text cannot be read")
    remedy = next((text for key, text in _REMEDIES.items() if problem.startswith(key)), None)
    return f"{problem}; {remedy}" if remedy else problem


def _spot_of(text: str, position: int) -> Spot:
    before = text[:position]
    return Spot(before.count("\n") + 1, position - before.rfind("\n"))


def _is_text(key: str) -> bool:
    try:
        return isinstance(resolve(key), str)
    except ValueError:
        return False


def _storable(text: str) -> bool:
    """Neither UTF-8 nor the database takes half a surrogate pair or a NUL."""
    return "\0" not in text and not any("\ud800" <= each <= "\udfff" for each in text)

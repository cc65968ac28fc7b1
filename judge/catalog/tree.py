"""A YAML document as plain values, with the place in the file that each came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from judge.catalog.diagnostics import Diagnostic, Spot

Route = tuple[str | int, ...]
"""The way from the root to a value: ``("cases", 0, "args", 1)``."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A document. ``root`` is made of dict, list, str, int, float, bool; None where refused.

    ``broken`` holds the routes whose values are not what the author wrote, because something there
    was refused already: complaining about these values too would be noise.
    """

    path: Path
    lines: tuple[str, ...]
    root: object
    values: dict[Route, Spot]
    keys: dict[Route, Spot]
    styles: dict[Route, str]
    texts: dict[Route, str]
    faults: tuple[Diagnostic, ...]
    broken: frozenset[Route]

    def known(self, location: Sequence[str | int]) -> Route:
        """Return the way to the value at ``location``, or to the nearest one around it.

        Steps that are not in the file, such as the tags that pydantic adds, are passed over.
        """
        route: Route = ()
        for step in location:
            if (*route, step) in self.values:
                route = (*route, step)
        return route

    def is_broken(self, route: Route) -> bool:
        """Say whether the value at ``route``, or one around it, was refused already."""
        return any(route[:length] in self.broken for length in range(len(route) + 1))

    def at(self, route: Route) -> Spot:
        """Return where the value at ``route``, or the nearest one around it, begins."""
        return self.values[self.known(route)]

    def at_key(self, route: Route) -> Spot:
        """Return where the key of ``route`` stands; its value's place in a list."""
        return self.keys.get(route) or self.at(route)

    def inside(self, route: Route, spot: Spot) -> Spot:
        """Turn a place within the text at ``route`` into a place in the file, as near as can be."""
        start = self.at(route)
        match self.styles.get(route):
            case "|":
                return self._in_block(route, start, spot)
            case "" | "'" | '"' as quote:
                return self._in_line(route, start, spot, quote=quote)
            case _:
                # A folded text's lines are not the file's lines.
                return start

    def diagnose(self, spot: Spot, message: str, *, suggestion: str | None = None) -> Diagnostic:
        """Return a diagnostic of this file."""
        return Diagnostic(self.path, spot.line, spot.column, message, suggestion)

    def _in_block(self, route: Route, start: Spot, spot: Spot) -> Spot:
        # The text begins on the line after the one with its `|`.
        line = min(start.line + spot.line, len(self.lines))
        inside = self.texts[route].split("\n")
        written = self.lines[line - 1]
        text = inside[spot.line - 1] if spot.line <= len(inside) else ""
        indent = len(written) - len(text) if written.endswith(text) else 0
        return Spot(line, indent + spot.column)

    def _in_line(self, route: Route, start: Spot, spot: Spot, *, quote: str) -> Spot:
        text = self.texts[route]
        first = start.column + len(quote)
        written = self.lines[start.line - 1][first - 1 : first - 1 + len(text)]
        # Escapes and line breaks shift what follows; then the start has to do.
        if written != text or spot.line != 1:
            return start
        return Spot(start.line, first - 1 + min(spot.column, len(text) + 1))

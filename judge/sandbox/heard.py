"""The bytes that an observation was read from, by parts: what comes again need not be read again.

A right answer mostly sends what the reference sent, byte for byte: its arguments always, unless it
changed them. To read such a part once more and then compare the two would find nothing new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Self, TypeVar

from judge.domain.observation import Gradient, Node
from judge.sandbox.reader import Reader

T = TypeVar("T")


@dataclass(slots=True)
class Part(Generic[T]):
    """One part: its bytes, and what they mean; None where it is not to be known again."""

    data: bytes = b""
    meaning: T | None = None

    def read(self, reader: Reader, parse: Callable[[Reader], T]) -> T:
        """Read the part; where the known bytes come, return the very object that they meant.

        A part's own bytes say how far it reaches, so one that begins like another is that other.
        """
        if self.meaning is not None and reader.skip(self.data):
            return self.meaning
        return parse(reader)

    def noted(self) -> Part[T]:
        """Return the part as it is known by now, to change no more."""
        return Part(self.data, self.meaning)


class NewPart(Part[T]):
    """A part that is read for the first time, to be known afterwards."""

    def read(self, reader: Reader, parse: Callable[[Reader], T]) -> T:
        """Read the part and note it, if nothing was left out of it.

        What is not seen equals nothing, not even itself.
        """
        start, reader.whole = reader.at, True
        found = parse(reader)
        if reader.whole:
            self.data, self.meaning = reader.data[start : reader.at], found
        return found


@dataclass(frozen=True, slots=True)
class Heard:
    """The parts of one run's frames that are worth knowing again."""

    arguments: Part[tuple[tuple[str, Node], ...]] = field(default_factory=Part)
    result: Part[Node] = field(default_factory=Part)
    state: Part[tuple[tuple[str, str], ...]] = field(default_factory=Part)
    gradients: Part[tuple[Gradient, ...]] = field(default_factory=Part)

    @classmethod
    def new(cls) -> Self:
        """Return parts that note what is read."""
        return cls(NewPart(), NewPart(), NewPart(), NewPart())

    def noted(self) -> Heard:
        """Return what is known by now, as parts that change no more."""
        return Heard(
            self.arguments.noted(), self.result.noted(), self.state.noted(), self.gradients.noted()
        )


UNHEARD = Heard()
"""What is known where there was no reference before."""

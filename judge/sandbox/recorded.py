"""What the reference's runs sent, read only when somebody asks what it means.

A right answer mostly sends what the reference sent, byte for byte. To read both and then compare
them would find nothing new, and with fresh inputs for each submission every key is used once.
"""

from __future__ import annotations

from dataclasses import replace

from judge.domain.observation import Observation, Raised, Usage
from judge.domain.verdict import Ending
from judge.errors import SandboxError
from judge.sandbox.frames import read_forward, read_gradient
from judge.sandbox.heard import Heard
from judge.sandbox.protocol import FORWARD, GRADIENT
from judge.sandbox.reader import Garbled


class Source:
    """The frames of one run that returned, of which nothing was left out."""

    __slots__ = ("_forward", "_gradient", "_meaning", "_order", "simulated")

    def __init__(
        self, forward: bytes, gradient: bytes | None, *, order: int, simulated: bool
    ) -> None:
        """Keep what was sent.

        Args:
            forward: the FORWARD frame, which says that the call returned, and of it all.
            gradient: the GRADIENT frame, if the run has gradients.
            order: the run's place in its job.
            simulated: whether it stood in for a device.
        """
        self._forward, self._gradient = forward, gradient
        self._order, self.simulated = order, simulated
        self._meaning: tuple[Observation, Heard] | None = None

    def says(self, body: bytes) -> bool:
        """Tell whether just this came of the call."""
        # The reference's frame may have its inputs before that.
        own = FORWARD.unpack_from(self._forward)[2] + FORWARD.size
        return len(self._forward) == own + len(body) and self._forward.endswith(body)

    def says_of_gradients(self, body: bytes) -> bool:
        """Tell whether just this came of the backward pass."""
        own = self._gradient
        return own is not None and len(own) == GRADIENT.size + len(body) and own.endswith(body)

    def read(self) -> tuple[Observation, Heard]:
        """Return what was seen, and the parts by which to know it again.

        Raises:
            SandboxError: it can't be read.
        """
        if self._meaning is None:
            heard = Heard.new()
            try:
                seen = read_forward(
                    self._forward, order=self._order, simulated=self.simulated, heard=heard
                )
                if self._gradient is not None:
                    found = read_gradient(self._gradient, order=self._order, heard=heard)
                    assert not isinstance(found, Raised)  # noqa: S101  it says that nothing did
                    seen = replace(seen, gradients=found)
            except Garbled as exc:
                raise SandboxError(f"what the reference sent can't be read: {exc}") from exc
            self._meaning = seen, heard.noted()
        return self._meaning


_READ = ("result", "arguments", "inputs", "state", "gradients", "files", "operations", "calls")


class Recorded(Observation):
    """An observation of which all but that the call returned is read when it is asked for."""

    __slots__ = ()

    @classmethod
    def of(cls, source: Source, *, printed: tuple[bytes, bytes], usage: Usage) -> Recorded:
        """Return what a source says, printed and used by whoever sent the same."""
        seen = cls.__new__(cls)
        known = {
            "ending": Ending.RETURNED,
            "raised": None,
            "gradient_error": None,
            "output": printed[0],
            "errors": printed[1],
            "simulated": source.simulated,
            "death": "",
            "usage": usage,
            "origin": source,
        }
        for name, value in known.items():
            object.__setattr__(seen, name, value)
        return seen

    def __getattr__(self, name: str) -> object:
        """Read it: what is not there yet has been asked for."""
        if name not in _READ:
            raise AttributeError(name)
        assert isinstance(self.origin, Source)  # noqa: S101  ``of`` made it so
        seen, _ = self.origin.read()
        for each in _READ:
            object.__setattr__(self, each, getattr(seen, each))
        return object.__getattribute__(self, name)

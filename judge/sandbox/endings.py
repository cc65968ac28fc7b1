"""Why a child ended: its limits, its memory, a signal, or its own will."""

from __future__ import annotations

import signal
from dataclasses import replace

from judge.domain.observation import Observation
from judge.domain.problem import Limits
from judge.domain.verdict import Ending
from judge.sandbox.children import Death

_NO_MEMORY = ("can't allocate memory", "not enough memory", "bad_alloc", "Cannot allocate memory")


def cause_of(death: Death, *, peak_bytes: int, limits: Limits) -> tuple[Ending, str]:
    """Say why a child died that closed its channel; ``peak_bytes`` is over what a warm one has."""
    if death.signal in (signal.SIGXCPU, signal.SIGKILL) and death.cpu_s > limits.time_s:
        return Ending.TIMED_OUT, "cpu"
    if death.signal and peak_bytes > limits.memory_bytes * 0.8:
        return Ending.OUT_OF_MEMORY, ""
    if death.signal:
        return Ending.DIED, _signal_name(death.signal)
    return Ending.DIED, f"exit {death.code}"


def judged_memory(seen: Observation) -> Observation:
    """An allocation that failed is a limit passed, not just any exception."""
    raised = seen.raised
    if raised is None:
        return seen
    short = "MemoryError" in raised.classes or "OutOfMemoryError" in raised.classes
    if short or any(words in raised.message for words in _NO_MEMORY):
        return replace(seen, ending=Ending.OUT_OF_MEMORY)
    return seen


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        # Most of the real-time ones have no name.
        return f"SIG{number}"

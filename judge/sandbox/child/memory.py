"""Number the memory that tensors and arrays lie in: sharing can be told without addresses."""

from __future__ import annotations

from typing import Any

import numpy as np

from judge.sandbox.child import genuine

_MAX_SPANS = 512


class Memory:
    """The spans of memory seen so far in one frame."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, span: tuple[int, int]) -> int:
        """Number a span (address, bytes); one that overlaps a known one gets its number."""
        known = self._numbers.get(span)
        if known is not None:
            return known
        start, size = span
        number = len(self._numbers)
        if number < _MAX_SPANS:
            for (other, other_size), each in self._numbers.items():
                if start < other + other_size and other < start + size:
                    number = each
                    break
        self._numbers[span] = number
        return number


def span_of(array: Any) -> tuple[int, int]:
    """Return the span of memory that an array was cut from: its outermost base's."""
    while type(genuine.array_base(array)) is np.ndarray:
        array = genuine.array_base(array)
    return genuine.array_interface(array)["data"][0], max(1, array.nbytes)

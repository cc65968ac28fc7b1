"""Put the machine code that every child runs into huge pages of memory.

Code is mapped from files. A clone starts with none of it mapped and faults it in anew, 16 pages at
a time: 320 faults a child with torch 2.13, and 5,000 entries to put in and to take away again. What
is of no file comes with the clone, a huge page of it as one entry.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import struct
from collections.abc import Callable, Iterator
from itertools import pairwise

from judge.sandbox.child.pages import HUGE_PAGE_BYTES, MADV_COLLAPSE, MADV_HUGEPAGE, mappings

MADV_DONTNEED = 4
MREMAP_MAYMOVE, MREMAP_FIXED = 1, 2
_MOST_BYTES = 256 << 20
"""What may be copied in all; with torch for CPUs it is some 100 MB."""
_PRESENT, _OF_A_FILE = 1 << 63, 1 << 61

_libc = ctypes.PyDLL(None, use_errno=True)
_libc.mmap.restype = _libc.mremap.restype = ctypes.c_void_p
_libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
_libc.mremap.argtypes = [ctypes.c_void_p, *[ctypes.c_size_t] * 2, ctypes.c_int, ctypes.c_void_p]
_libc.munmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
_libc.madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
_libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
_FAILED = ctypes.c_void_p(-1).value


def collapse(proc: int, use: Callable[[], None]) -> None:
    """Copy the code that ``use`` runs; where the kernel refuses, all stays as it is.

    Args:
        proc: a descriptor of a ``/proc`` that shows this process.
        use: does what a child does.
    """
    try:
        code = [each for each in _code(proc) if _is_untouched(proc, *each)]
        for start, end in code:
            _libc.madvise(start, end - start, MADV_DONTNEED)
        use()
        rows = [row for each in code for row in _used(proc, *each)]
    except OSError:
        # A kernel may be built without pagemap, or keep it to itself.
        return
    left = _MOST_BYTES
    for start, end in rows:
        left -= end - start
        if left < 0 or not _copy(start, end - start):
            return


def _code(proc: int) -> Iterator[tuple[int, int]]:
    """Yield each file's code: what of it lies in whole huge pages, and the rest on either side."""
    for start, end, access, name in mappings(proc):
        if access == "r-xp" and name.startswith("/"):
            first = -(-start // HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES
            last = end // HUGE_PAGE_BYTES * HUGE_PAGE_BYTES
            borders = (start, first, last, end) if first < last else (start, end)
            yield from (each for each in pairwise(borders) if each[0] < each[1])


def _entries(proc: int, start: int, end: int) -> tuple[int, ...]:
    fd = os.open("self/pagemap", os.O_RDONLY, dir_fd=proc)
    try:
        count = (end - start) // mmap.PAGESIZE
        data = os.pread(fd, 8 * count, start // mmap.PAGESIZE * 8)
    finally:
        os.close(fd)
    return struct.unpack(f"={len(data) // 8}Q", data)


def _is_untouched(proc: int, start: int, end: int) -> bool:
    """Tell whether all of it is as the file has it: only then may it be forgotten."""
    return all(each & _OF_A_FILE for each in _entries(proc, start, end) if each & _PRESENT)


def _used(proc: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield rows of huge pages of which some part is mapped."""
    entries = _entries(proc, start, end)
    each = HUGE_PAGE_BYTES // mmap.PAGESIZE
    row = None
    for at in range(0, len(entries), each):
        here = start + at * mmap.PAGESIZE
        if any(entry & _PRESENT for entry in entries[at : at + each]):
            row = here if row is None else row
        elif row is not None:
            yield row, here
            row = None
    if row is not None:
        yield row, end


def _copy(start: int, size: int) -> bool:
    """Put a copy in the place of code, in one step: it may be what this thread is running."""
    huge = start % HUGE_PAGE_BYTES == size % HUGE_PAGE_BYTES == 0
    room = size + HUGE_PAGE_BYTES
    whole = _libc.mmap(
        None, room, mmap.PROT_READ | mmap.PROT_WRITE, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0
    )
    if whole == _FAILED:
        return False
    copy = -(-whole // HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES
    if huge:
        _libc.madvise(copy, size, MADV_HUGEPAGE)
    ctypes.memmove(copy, start, size)
    if (
        (not huge or _libc.madvise(copy, size, MADV_COLLAPSE) == 0)
        and _libc.mprotect(copy, size, mmap.PROT_READ | mmap.PROT_EXEC) == 0
        and _libc.mremap(copy, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, start) == start
    ):
        if copy > whole:
            _libc.munmap(whole, copy - whole)
        _libc.munmap(copy + size, whole + room - copy - size)
        return True
    _libc.munmap(whole, room)
    return False

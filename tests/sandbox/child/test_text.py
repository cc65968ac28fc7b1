"""Code in huge pages is the same code, in the same places, and still runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import ctypes, hashlib, os, torch
from judge.sandbox.child import text
from judge.sandbox.child.pages import mappings

proc = os.open("/proc", os.O_RDONLY)

def code():
    return [each for each in mappings(proc) if each[2] == "r-xp"]

def digest(found):
    return hashlib.sha256(b"".join(ctypes.string_at(start, end - start) for start, end in found))

def use():
    a = torch.ones(3, 4, requires_grad=True)
    (a @ a.T).sum().backward()
    return a.grad.sum().item()

use()
before = code()
ranges = [(start, end) for start, end, _, name in before if name.startswith("/")]
was = digest(ranges).hexdigest()
for _ in range(2):
    text.collapse(proc, use)
    assert use() == 72.0
assert digest(ranges).hexdigest() == was
of_no_file = [end - start for start, end, _, name in code() if not name]
assert sum(end - start for start, end, _, _ in code()) == sum(b - a for a, b, _, _ in before)
pid = os.fork()
if pid == 0:
    os._exit(use() != 72.0)
assert os.waitpid(pid, 0)[1] == 0
print(sum(of_no_file))
"""


def ran(refuse: str = "") -> int:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("\nuse()\nbefore", f"\n{refuse}\nuse()\nbefore")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_what_is_used_is_copied_and_works_as_before() -> None:
    copied = ran()
    if not copied:
        pytest.skip("this kernel has no huge pages to give")
    assert 1 << 20 < copied < 300 << 20


@pytest.mark.parametrize("refused", ["madvise", "mprotect", "mremap", "mmap"])
def test_where_the_kernel_refuses_all_stays_as_it_is(refused: str) -> None:
    # With advice refused, parts that need no huge page are copied all the same.
    failure = "lambda *_: ctypes.c_void_p(-1).value"
    least = ran(f"text._libc.{refused} = {failure}")
    assert least < 16 << 20


def test_a_kernel_without_pagemap_is_served_as_before() -> None:
    assert ran("def text_open(*_, **__): raise FileNotFoundError\ntext._entries = text_open") == 0

"""What a judge without a zygote would do: a fresh interpreter behind the same outer wall."""

from __future__ import annotations

import subprocess
import sys
import time

from judge.errors import SandboxError
from judge.sandbox.walls import outer_wall


def time_fresh(program: str) -> float:
    """Run a program in a new interpreter behind the outer wall; return wall seconds.

    Raises:
        SandboxError: it did not end well.
    """
    command = outer_wall([sys.executable, "-I", "-B", "-c", program])
    start = time.perf_counter()
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env={}
    )
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        raise SandboxError(f"a fresh interpreter failed: {done.stderr.decode()[-500:]}")
    return seconds

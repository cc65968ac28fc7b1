"""Start the zygote's process behind the outer wall, with the three descriptors that it is given."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from typing import IO

from judge.errors import SandboxError
from judge.sandbox.syscalls import filter_program
from judge.sandbox.walls import CODE, outer_wall, sandbox_id

_BOOT = (
    "import sys; sys.path.insert(0, {code!r}); "
    "from judge.sandbox.child.boot import main; main({control}, {proc}, {filter}, {uid})"
)


def launch(control: int) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Start it.

    Args:
        control: the descriptor of its end of the socket that it is asked through.

    Returns:
        bubblewrap's process, and the file that takes what the zygote says before it ends.

    Raises:
        SandboxError: something that it needs is not installed, or can't be started.
    """
    program = _as_file(filter_program())
    # The sandbox has no /proc; through this descriptor a child can map its ids, then lets go.
    proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)
    fds = {"control": control, "proc": proc, "filter": program}
    try:
        boot = _BOOT.format(code=CODE, uid=sandbox_id(), **fds)
        command = outer_wall([sys.executable, "-I", "-B", "-c", boot])
        return _started(command, tuple(fds.values()))
    finally:
        os.close(proc)
        os.close(program)


def _started(command: list[str], fds: tuple[int, ...]) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    # In memory: a full disk must not keep the sandbox from starting.
    stderr = os.fdopen(os.memfd_create("words"), "w+b")
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            pass_fds=fds,
            env={},
        )
    except OSError as exc:
        stderr.close()
        raise SandboxError(f"bubblewrap can't be started: {exc.strerror}") from exc
    return process, stderr


def _as_file(data: bytes) -> int:
    fd = os.memfd_create("filter")
    os.write(fd, data)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def last_words(process: subprocess.Popen[bytes], stderr: IO[bytes]) -> str:
    """Return what the zygote, or bubblewrap, said before it went."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=1)
    with contextlib.suppress(ValueError):
        stderr.seek(0)
        lines = stderr.read().decode("utf-8", "replace").strip().splitlines()
        if lines:
            return f"the zygote ended: {lines[-1]}"
    return f"the zygote ended with status {process.returncode}"

"""What this machine offers a sandbox: read from it, or asked of a program. Changes nothing."""

from __future__ import annotations

import ctypes.util
import os
import platform
import subprocess
from pathlib import Path

from judge.errors import SandboxError
from judge.sandbox.walls import bubblewrap

_PATIENCE_S = 10
_CONTAINER_MARKS = ("/.dockerenv", "/run/.containerenv")


def bubblewrap_version() -> str | None:
    """Return the version of ``bwrap``, ``bubblewrap 0.11.0`` say; None where it does not run."""
    try:
        command = [bubblewrap(), "--version"]
        done = subprocess.run(
            command, capture_output=True, timeout=_PATIENCE_S, check=True, stdin=subprocess.DEVNULL
        )
    except (SandboxError, OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace").strip()


def libseccomp() -> str | None:
    """Return the file name of libseccomp; None where it can't be loaded."""
    for name in (ctypes.util.find_library("seccomp"), "libseccomp.so.2"):
        try:
            if name:
                ctypes.CDLL(name)
                return name
        except OSError:
            continue
    return None


def kernel_version() -> tuple[int, int]:
    """Return the version of Linux, major and minor; ``(0, 0)`` where this is none."""
    major, _, rest = platform.release().partition(".")
    minor = rest.partition(".")[0]
    linux = platform.system() == "Linux" and major.isdigit() and minor.isdigit()
    return (int(major), int(minor)) if linux else (0, 0)


def kernel_setting(name: str) -> int | None:
    """Return a number below ``/proc/sys``; None where this kernel has no such setting."""
    try:
        return int(Path("/proc/sys", name).read_text())
    except (OSError, ValueError):
        return None


def container() -> str | None:
    """Return the file that tells that we are in a container; None where there is none."""
    return next((mark for mark in _CONTAINER_MARKS if Path(mark).exists()), None)


def is_root() -> bool:
    """Tell whether we run as root."""
    return os.geteuid() == 0


def available_bytes() -> int | None:
    """Return the memory that programs can still have, our control group's limit included."""
    found = [each for each in (_of_machine(), _of_control_group()) if each is not None]
    return min(found, default=None)


def _of_machine() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    value = fields.get("MemAvailable", "").split()
    return int(value[0]) << 10 if value else None


def _of_control_group() -> int | None:
    folder = Path("/sys/fs/cgroup")
    try:
        most = (folder / "memory.max").read_text().strip()
        used = int((folder / "memory.current").read_text())
        return None if most == "max" else max(0, int(most) - used)
    except (OSError, ValueError):
        return None

"""The outer wall: which parts of this machine the zygote sees, as arguments for bubblewrap."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from judge.errors import SandboxError
from judge.sandbox.protocol import WORK

CODE = "/tensorjudge"
"""Where the child's modules are seen inside; nothing else of this project is."""

UNPRIVILEGED_ID = 65534
"""Who the zygote becomes where the judge runs as root: nobody, in every distribution."""

PROCESSOR = (
    "/proc/cpuinfo",
    "/sys/devices/system/cpu/possible",
    "/sys/devices/system/cpu/present",
)
"""What torch reads to choose its kernels. Without it half precision fails, and only there."""

ZYGOTE_BYTES = 1 << 20
"""What the zygote itself may write, in memory and for itself."""

DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom")

NAMESPACES = (
    "--unshare-ipc",
    "--unshare-pid",
    "--unshare-net",
    "--unshare-uts",
    "--unshare-cgroup-try",
    "--hostname",
    "sandbox",
)
"""All but the user's: root needs none, and with one its zygote could not become nobody."""

ENVIRONMENT = {
    "HOME": WORK,
    "TMPDIR": WORK,
    "PATH": "/nonexistent",
    "LANG": "C.UTF-8",
    # One allocator arena: else each thread reserves 64 MB of the address space that is limited.
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # No cache of compiled code may outlive a run, nor be looked for outside.
    "TORCHINDUCTOR_CACHE_DIR": f"{WORK}/.inductor",
    "PYTHONDONTWRITEBYTECODE": "1",
}

_PACKAGE = Path(__file__).parent
_VISIBLE = ("__init__.py", "sandbox/__init__.py", "sandbox/protocol.py", "sandbox/child")


def bubblewrap() -> str:
    """Return the path of ``bwrap``.

    Raises:
        SandboxError: it is not installed.
    """
    found = shutil.which("bwrap")
    if found is None:
        raise SandboxError(
            "bubblewrap is missing: install the package bubblewrap (it brings bwrap)"
        )
    return found


def is_real_root() -> bool:
    """Tell whether this process may set up mounts without a user namespace."""
    if os.geteuid() != 0:
        return False
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("CapEff:"):
            cap_sys_admin = 21
            return bool(int(line.split()[1], 16) >> cap_sys_admin & 1)
    return False


def sandbox_id() -> int:
    """Return the user that the zygote must become itself; 0 where it starts as an ordinary one."""
    return UNPRIVILEGED_ID if is_real_root() else 0


def outer_wall(program: list[str]) -> list[str]:
    """Return the command that runs ``program`` (a Python command line) behind the outer wall."""
    command = [bubblewrap(), *NAMESPACES, "--die-with-parent", "--new-session", "--clearenv"]
    command += ["--cap-drop", "ALL"]
    if is_real_root():
        # Just enough to become nobody, which is the first thing that the zygote does.
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        command.append("--unshare-user")
    for name, value in ENVIRONMENT.items():
        command += ["--setenv", name, value]
    command += _system() + _interpreter() + _code()
    for name in PROCESSOR:
        command += [*_folders(Path(name)), "--ro-bind-try", name, name]
    command += _folders(Path(DEVICES[0]))
    for device in DEVICES:
        command += ["--dev-bind", device, device]
    # Modules may want to make a cache folder as they are imported; a child's own tmpfs covers this.
    command += ["--perms", "1777", "--size", str(ZYGOTE_BYTES), "--tmpfs", WORK]
    command += ["--remount-ro", "/", "--chdir", "/", "--", *program]
    return command


def _system() -> list[str]:
    """The shared libraries, and the loader's index of them."""
    arguments = []
    for name in ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64"):
        path = Path(name)
        if path.is_symlink():
            arguments += ["--symlink", str(path.readlink()), name]
        elif path.is_dir():
            arguments += [*_folders(path), "--ro-bind", name, name]
    arguments += _folders(Path("/etc/ld.so.cache"))
    return [*arguments, "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]


def _interpreter() -> list[str]:
    """The running interpreter and its packages, at the paths that they have outside."""
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    paths = {Path(sysconfig.get_path(name)) for name in names}
    if sys.base_prefix not in ("/usr", "/usr/local"):
        paths.add(Path(sys.base_prefix))
    if sys.prefix != sys.base_prefix:
        paths.add(Path(sys.prefix))
    # A virtual environment's interpreter is a link, often to a link; each has to be there.
    paths |= set(_links(Path(sys.executable)))
    arguments: list[str] = []
    for path in sorted(paths):
        if not any(other != path and path.is_relative_to(other) for other in paths):
            arguments += [*_folders(path), "--ro-bind", str(path), str(path)]
    ours = _PACKAGE.parent
    if any(ours.is_relative_to(path) for path in paths):
        # Installed beside the packages: hide the comparers and everything else of ours.
        arguments += ["--tmpfs", str(ours), "--remount-ro", str(ours)]
    return arguments


def _links(path: Path) -> Iterator[Path]:
    """Yield a path and, while it is a symbolic link, what it leads to."""
    yield path
    while path.is_symlink():
        path = Path(os.path.normpath(path.parent / path.readlink()))
        yield path


def _folders(path: Path) -> list[str]:
    """The folders above a path; bubblewrap alone would make them for their owner only."""
    arguments = []
    for folder in reversed(path.parents[:-1]):
        arguments += ["--perms", "0755", "--dir", str(folder)]
    return arguments


def _code() -> list[str]:
    arguments = _folders(Path(CODE) / "judge" / "sandbox" / "child")
    for name in _VISIBLE:
        source = _PACKAGE.parent / name
        arguments += ["--ro-bind", str(source), f"{CODE}/judge/{name}"]
    return arguments

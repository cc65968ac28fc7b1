"""Attack our own sandbox before anybody else does, and refuse to serve behind a missing wall."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

from judge.domain.observation import MappingNode, ScalarNode
from judge.domain.problem import Case, Limits, Signature, Text
from judge.domain.seeds import new_seed
from judge.domain.verdict import Device, Fact
from judge.errors import SandboxError
from judge.sandbox.children import Child
from judge.sandbox.job import Call, Job, RunId, Simulation, call_of, specify
from judge.sandbox.session import Session, SessionResult
from judge.sandbox.zygote import Zygote


@dataclass(frozen=True, slots=True)
class Wall:
    """One wall: what it keeps in, whether it stands, and what to do where it does not."""

    name: str
    stands: bool
    detail: str
    remedy: str = ""


ATTACKS = """
import ctypes, os, platform, socket, sys
import torch

libc = ctypes.CDLL(None, use_errno=True)

def attempt(action):
    try:
        return "done: %r" % (action(),)
    except BaseException as exc:
        return "refused: %s" % type(exc).__name__

# An architecture that lacks a call has no number for it here: -1 is refused by every kernel.
NUMBERS = {
    "x86_64": {"fork": 57, "clone3": 435, "unshare": 272, "ptrace": 101, "mount": 165},
    "aarch64": {"fork": -1, "clone3": 435, "unshare": 97, "ptrace": 117, "mount": 40},
}[platform.machine()]

def syscall(name, *words):
    result = libc.syscall(NUMBERS[name], *words)
    if result == -1:
        raise OSError(ctypes.get_errno(), "syscall")
    if result == 0 and name in ("fork", "clone3"):
        os._exit(0)

def connect():
    with socket.socket() as s:
        s.connect(("127.0.0.1", 9))

def write(path):
    with open(path, "w") as f:
        f.write("x")

def attack(marker):
    if marker is None:
        return torch.ones(2).to("cuda" if torch.cuda.is_available() else "cpu") * 2
    return {
        "socket": attempt(lambda: socket.socket()),
        "connection": attempt(connect),
        "unix socket": attempt(lambda: socket.socket(socket.AF_UNIX)),
        "write outside": attempt(lambda: write("/written-by-a-student")),
        "write beside the code": attempt(lambda: write(os.path.dirname(os.__file__) + "/new.py")),
        "read the host's users": attempt(lambda: open("/etc/passwd").read()),
        "read the host's files": attempt(lambda: open(marker).read()),
        "see processes": attempt(lambda: os.listdir("/proc/self")),
        "signal others": attempt(lambda: os.kill(-1, 0)),
        "signal the parent": attempt(lambda: os.kill(os.getppid(), 0)),
        "fork": attempt(os.fork),
        "fork by its own call": attempt(lambda: syscall("fork")),
        "clone3": attempt(lambda: syscall("clone3", bytes(88), 88)),
        "execute": attempt(lambda: os.execv(sys.executable, [sys.executable, "-V"])),
        "new namespace": attempt(lambda: syscall("unshare", 0x10000000)),
        "trace": attempt(lambda: syscall("ptrace", 0, 0, 0, 0)),
        "mount": attempt(lambda: syscall("mount", None, b"/box", b"tmpfs", 0, None)),
        "become root": attempt(lambda: os.setuid(0)),
        "import the comparers": attempt(lambda: __import__("judge.comparison")),
    }
"""

_SIGNATURE = Signature("attack(marker)", "attack", ("marker",))
_NO_NAME = Text("", "")
# No attacks: what these runs import on the way, the zygote will have ready for everybody's.
_DRILL = Case(name=_NO_NAME, arguments=("None",), checks=frozenset({Fact.OPERATIONS, Fact.FILES}))
_CUDA_DRILL = Case(name=_NO_NAME, arguments=("None",), device=Device.CUDA)
_KERNEL = {"NoNewPrivs": "1", "Seccomp": "2", "CapEff": "0000000000000000"}
_NAMESPACES = ("user", "pid", "mnt", "ipc", "net", "uts")


def attack(zygote: Zygote) -> tuple[str, ...]:
    """Attack the sandbox; return the modules that a child had to import on the way.

    Raises:
        SandboxError: a wall is missing; it is named.
    """
    walls, modules = inspect(zygote)
    missing = [wall for wall in walls if not wall.stands]
    if missing:
        text = "; ".join(f"{wall.name} ({wall.detail})" for wall in missing)
        raise SandboxError(
            f"the sandbox has holes, so nothing is judged: {text}. See: judge doctor"
        )
    return modules


def simulate(zygote: Zygote) -> tuple[str, ...]:
    """Run something for a device that is not there; return the modules imported on the way."""
    result = _run(
        zygote,
        (_CUDA_DRILL, RunId(0, 0, Simulation.FAKE)),
        (_CUDA_DRILL, RunId(0, 0, Simulation.TWIN)),
    )
    return result.modules


def inspect(zygote: Zygote) -> tuple[list[Wall], tuple[str, ...]]:
    """Return every wall, seen from inside and from outside, and the modules imported on the way."""
    child = zygote.take()
    try:
        outside = _seen_from_outside(child)
    finally:
        zygote.bury(child)
    inside, modules = _seen_from_inside(zygote)
    return outside + inside, modules


def _seen_from_outside(child: Child) -> list[Wall]:
    # A byte from the child means that it has raised its walls.
    child.channel.settimeout(60)
    if not child.channel.recv(1, socket.MSG_PEEK):
        words = os.read(child.err, 4000).decode("utf-8", "replace").strip().splitlines()
        raise SandboxError(f"the first child died: {words[-1] if words else 'it said nothing'}")
    lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
    status = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    walls = [
        Wall(f"kernel: {name}", status.get(name) == want, status.get(name, "unknown"))
        for name, want in _KERNEL.items()
    ]
    for name in _NAMESPACES:
        ours, theirs = (os.readlink(f"/proc/{pid}/ns/{name}") for pid in ("self", child.pid))  # noqa: PTH115
        walls.append(Wall(f"own {name} namespace", ours != theirs, theirs))
    return walls


def _seen_from_inside(zygote: Zygote) -> tuple[list[Wall], tuple[str, ...]]:
    marker = str(Path(__file__).parent / "service.py")
    attacking = Case(name=_NO_NAME, arguments=(repr(marker),))
    result = _run(zygote, (attacking, RunId(0, 0)), (_DRILL, RunId(1, 0)))
    return _walls(result), result.modules


def _run(zygote: Zygote, *cases: tuple[Case, RunId]) -> SessionResult:
    runs = tuple(specify(case, run, seed=new_seed(), call=_call(case, run)) for case, run in cases)
    job = Job(ATTACKS, "attack", "", (), Limits(time_s=30.0), runs, author=True)
    return Session(zygote, job).run()


def _call(case: Case, run: RunId) -> Call:
    trace_calls = case is not _DRILL
    return call_of(case, run.simulation, signature=_SIGNATURE, trace_calls=trace_calls)


def _walls(result: SessionResult) -> list[Wall]:
    seen = result.observations.get(RunId(0, 0))
    if seen is None or not isinstance(seen.result, MappingNode):
        return [
            Wall(
                "the attacks themselves",
                stands=False,
                detail=str(result.stop or result.fault or seen),
            )
        ]
    walls = []
    for key, value in seen.result.items:
        if isinstance(key, ScalarNode) and isinstance(value, ScalarNode):
            text = str(value.value)
            walls.append(Wall(f"refuses: {key.value!s}", text.startswith("refused"), text))
    return walls

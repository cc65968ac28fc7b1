"""With any one wall missing the sandbox refuses to serve, and names it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from judge.errors import SandboxError
from judge.sandbox import launch, syscalls
from judge.sandbox.selftest import inspect
from judge.sandbox.service import Sandbox
from judge.sandbox.syscalls import filter_program
from judge.sandbox.walls import outer_wall

pytestmark = pytest.mark.sandbox

Change = Callable[[list[str]], list[str]]


@pytest.fixture(autouse=True)
def _own_filter() -> Iterator[None]:
    """The filter is compiled once; here it is compiled anew, and again for whoever comes next."""
    filter_program.cache_clear()
    yield
    filter_program.cache_clear()


def without(*words: str) -> Change:
    def change(command: list[str]) -> list[str]:
        assert set(words) <= set(command)
        return [word for word in command if word not in words]

    return change


def also(*words: str) -> Change:
    """Put arguments before the last mounts are made and the root is closed."""

    def change(command: list[str]) -> list[str]:
        at = command.index("--remount-ro", command.index("--dev-bind"))
        return [*command[:at], *words, *command[at:]]

    return change


def with_host_name(command: list[str]) -> list[str]:
    at = command.index("--hostname") if "--hostname" in command else len(command)
    return without("--unshare-uts")(command[:at] + command[at + 2 :])


def with_host_processes(command: list[str]) -> list[str]:
    return also("--bind", "/proc", "/proc")(command)


WALLS: dict[str, tuple[Change, str]] = {
    "the network": (without("--unshare-net"), "own net namespace"),
    "the host's name": (with_host_name, "own uts namespace"),
    "the host's users": (also("--ro-bind", "/etc", "/etc"), "read the host's users"),
    "processes": (with_host_processes, "see processes"),
}
CALLS = {
    "socket": "socket",
    "fork vfork": "fork",
    # Who becomes another program says nothing more: all attacks count as missing then.
    "execve": "the attacks themselves",
    "unshare": "new namespace",
    "ptrace": "trace",
    "kill": "signal",
}


@pytest.mark.parametrize(("change", "named"), WALLS.values(), ids=WALLS.keys())
def test_a_missing_outer_wall_is_named_and_nothing_is_judged(
    monkeypatch: pytest.MonkeyPatch, change: Change, named: str
) -> None:
    monkeypatch.setattr(launch, "outer_wall", lambda program: change(outer_wall(program)))
    with pytest.raises(SandboxError, match="has holes") as caught:
        Sandbox().zygote()
    assert named in str(caught.value)


@pytest.mark.parametrize(("names", "named"), CALLS.items(), ids=CALLS.keys())
def test_a_permitted_system_call_is_named_and_nothing_is_judged(
    monkeypatch: pytest.MonkeyPatch, names: str, named: str
) -> None:
    monkeypatch.setattr(syscalls, "ALLOWED", f"{syscalls.ALLOWED} {names}")
    with pytest.raises(SandboxError, match="has holes") as caught:
        Sandbox().zygote()
    assert named in str(caught.value)


def test_with_all_walls_up_each_is_seen_to_stand(sandbox: Sandbox) -> None:
    walls, _ = inspect(sandbox.zygote())
    assert len(walls) > 20
    assert [wall.name for wall in walls if not wall.stands] == []

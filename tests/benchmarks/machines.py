"""Hosts of one's own on one machine: network namespaces on a bridge, each with a share of a core.

Needs root, `ip` and a writable cgroup hierarchy for CPU time (version 1 or 2).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_CGROUPS = Path("/sys/fs/cgroup")
_PERIOD_US = 100_000


def ip(*arguments: str) -> None:
    """Run `ip`, or end with what it said."""
    done = subprocess.run(["ip", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"ip {' '.join(arguments)}: {done.stderr.strip()} (this benchmark needs root)")


class Share:
    """A group of processes with so many cores to itself, whose CPU time is counted."""

    def __init__(self, name: str, *, cores: float | None = None) -> None:
        self._second = (_CGROUPS / "cgroup.controllers").exists()
        base = _CGROUPS if self._second else _CGROUPS / "cpu"
        self.folders = [base / name] + ([] if self._second else [_CGROUPS / "cpuacct" / name])
        if self._second:
            (_CGROUPS / "cgroup.subtree_control").write_text("+cpu")
        for folder in self.folders:
            folder.mkdir(exist_ok=True)
        if cores is not None:
            quota = int(cores * _PERIOD_US)
            if self._second:
                (self.folders[0] / "cpu.max").write_text(f"{quota} {_PERIOD_US}")
            else:
                (self.folders[0] / "cpu.cfs_quota_us").write_text(str(quota))

    def take_in(self, pid: int) -> None:
        """Move a process here; what it starts from now on is here too."""
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(pid))

    def used_s(self) -> float:
        """Return the CPU seconds that were used here so far."""
        if self._second:
            lines = (self.folders[0] / "cpu.stat").read_text().splitlines()
            return int(dict(line.split() for line in lines)["usage_usec"]) / 1e6
        return int((self.folders[1] / "cpuacct.usage").read_text()) / 1e9

    def close(self) -> None:
        """Remove the group, once its processes have ended."""
        for folder in self.folders:
            folder.rmdir()


class Switch:
    """A bridge that hosts are plugged into; this machine is on it too, at ``address``."""

    def __init__(self, name: str, *, network: str) -> None:
        self.name = name
        self._prefix = network.rpartition(".")[0]
        self.network = network
        self.address = f"{self._prefix}.1"
        self._hosts = 1
        ip("link", "add", name, "type", "bridge")
        ip("addr", "add", f"{self.address}/24", "dev", name)
        ip("link", "set", name, "up")

    def next_address(self) -> str:
        """Return an address for one more host."""
        self._hosts += 1
        return f"{self._prefix}.{self._hosts}"

    def close(self) -> None:
        """Take it down."""
        ip("link", "del", self.name)


class Host:
    """A network namespace with an address on the switch, and a share of the processor."""

    def __init__(self, name: str, switch: Switch, *, cores: float) -> None:
        self.name = name
        self._cable = f"{name}-c"
        self.share = Share(name, cores=cores)
        self.processes: list[subprocess.Popen[bytes]] = []
        ip("netns", "add", name)
        ip("link", "add", self._cable, "type", "veth", "peer", "name", "eth0", "netns", name)
        ip("link", "set", self._cable, "master", switch.name, "up")
        ip("-n", name, "addr", "add", f"{switch.next_address()}/24", "dev", "eth0")
        for device in ("eth0", "lo"):
            ip("-n", name, "link", "set", device, "up")

    def start(self, arguments: list[str], environment: dict[str, str]) -> None:
        """Start a program on this host."""
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.name, *arguments],
            env={**os.environ, **environment},
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.share.take_in(process.pid)
        self.processes.append(process)

    def plug(self, *, connected: bool) -> None:
        """Pull the network cable, or put it back."""
        ip("link", "set", self._cable, "up" if connected else "down")

    def close(self) -> None:
        """End what runs here, and remove the host."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, 9)
                process.wait()
        ip("netns", "del", self.name)
        self.share.close()

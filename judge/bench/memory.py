"""What one more child costs in memory, shared pages counted once."""

from __future__ import annotations

from pathlib import Path

from judge.sandbox.zygote import Zygote

CHILDREN = 8


def bytes_per_child(zygote: Zygote) -> float:
    """Return the growth of the zygote's and its children's proportional set size for each child."""
    children = [zygote.take() for _ in range(CHILDREN)]
    try:
        for child in children:
            child.channel.settimeout(60)
            child.channel.recv(1)
        family = [zygote.pid, *(child.pid for child in children)]
        together = sum(_proportional_bytes(pid) for pid in family)
        alone = _resident_bytes(zygote.pid)
        return max(0.0, together - alone) / CHILDREN
    finally:
        for child in children:
            zygote.bury(child)
            child.close()


def _proportional_bytes(pid: int) -> int:
    return _rollup(pid)["Pss"]


def _resident_bytes(pid: int) -> int:
    return _rollup(pid)["Rss"]


def _rollup(pid: int) -> dict[str, int]:
    found = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split(":")
        found[name] = int(value.split()[0]) * 1024
    return found

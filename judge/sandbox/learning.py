"""What the zygote preloads: learned from authors' runs, tried in a throw-away child, remembered."""

from __future__ import annotations

import json
import os
import re
import threading
from contextlib import suppress
from pathlib import Path

from judge.domain.observation import ScalarNode, SequenceNode
from judge.domain.problem import Case, Limits, Signature, Text
from judge.sandbox.job import Job, RunId, Simulation, call_of, specify
from judge.sandbox.session import Session
from judge.sandbox.zygote import Zygote

_NAME = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_MAX_MODULES = 4000
_MAX_NAME = 200
"""Together they fit into one request to the zygote. torch's longest is 90 characters long."""
_TRIAL_LIMIT_S = 20.0

_TRIAL = """
import importlib

def trial(names):
    well = []
    for name in names:
        try:
            importlib.import_module(name)
            well.append(name)
        except BaseException:
            pass
    return well
"""
_SIGNATURE = Signature("trial(names)", "trial", ("names",))


class Learning:
    """The modules to preload, in the order in which they were first imported.

    The names come from a child that ran an author's code, so each list is tried in a child first: a
    module that ends or hangs its process must not do so in the zygote.
    """

    def __init__(self, memory: Path | None, *, known: tuple[str, ...] = ()) -> None:
        """Start from what is known, and what ``memory``, a file if any, holds from last time."""
        self._memory = memory
        self._modules: list[str] = _without([*_remembered(memory), *known], set())
        self._denied: set[str] = set()
        self._lock = threading.Lock()

    def preload(self, zygote: Zygote) -> bool:
        """Have a new zygote import everything known.

        Returns:
            Whether all went well. Else the zygote is not to be used: a module that failed half-way
            would fail again, differently, in every child. The next zygote is spared what failed.

        Raises:
            SandboxError: the zygote did not survive it; the next one starts with nothing.
        """
        with self._lock:
            known, self._modules = self._modules, []
            failed = zygote.preload(_without(known, self._denied))
            self._denied |= set(failed)
            self._modules = _without(known, self._denied)
            if failed:
                self._remember()
            return not failed

    def learn(self, zygote: Zygote, modules: tuple[str, ...], *, trusted: bool = False) -> None:
        """Have later children find imported what a child had to import itself.

        Args:
            zygote: who is to import it.
            modules: names, in the order of their import.
            trusted: they come from our own self-test, and need no trial.
        """
        with self._lock:
            new = [name for name in modules[:_MAX_MODULES] if _is_module(name)]
            new = _without(new, self._denied | set(self._modules))
            if not new or len(self._modules) > _MAX_MODULES:
                return
            good = new if trusted else _tried(zygote, new)
            self._denied |= set(new) - set(good)
            # Denied first: should the zygote not survive, the next one is spared.
            self._denied |= set(good)
            failed = set(zygote.preload(good))
            self._denied -= set(good) - failed
            self._modules += _without(good, failed)
            self._remember()
            if failed:
                zygote.stop()

    def _remember(self) -> None:
        if self._memory is None:
            return
        # Only a gain: a full or read-only disk must not keep anybody from judging.
        with suppress(OSError):
            self._memory.parent.mkdir(parents=True, exist_ok=True)
            new = self._memory.with_suffix(f".{os.getpid()}")
            new.write_text(json.dumps(self._modules))
            new.replace(self._memory)


def _is_module(name: str) -> bool:
    short = len(name) <= _MAX_NAME
    return short and _NAME.fullmatch(name) is not None and "__main__" not in name


def _without(names: list[str], left_out: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in left_out]


def _tried(zygote: Zygote, names: list[str]) -> list[str]:
    """Import modules in a child; return those that went well, none if the child did not survive."""
    case = Case(name=Text("", ""), arguments=(repr(names),))
    call = call_of(case, Simulation.NONE, signature=_SIGNATURE, trace_calls=False)
    run = specify(case, RunId(0, 0), seed="", call=call)
    job = Job(_TRIAL, "trial", "", (), Limits(time_s=_TRIAL_LIMIT_S), (run,))
    seen = Session(zygote, job).run().observations.get(run.id)
    if seen is None or not isinstance(seen.result, SequenceNode):
        return []
    well = {item.value for item in seen.result.items if isinstance(item, ScalarNode)}
    return [name for name in names if name in well]


def _remembered(memory: Path | None) -> list[str]:
    if memory is None:
        return []
    try:
        names = json.loads(memory.read_text())
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(names, list):
        return []
    return [name for name in names[:_MAX_MODULES] if isinstance(name, str) and _is_module(name)]

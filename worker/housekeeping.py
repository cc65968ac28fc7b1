"""What every worker does beside judging: leases, lost submissions, presence, what is old."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from judge.errors import SandboxError
from judge.messaging import Hints
from judge.store import DatabaseAway, sweeping, workers
from judge.store.workers import Presence
from worker.judging import Judging
from worker.retention import Retention

_log = logging.getLogger(__name__)
_TURN_S = 1.0
_PRESENCE_TURNS = 3


class Housekeeping:
    """One thread that turns once a second, in every worker: it may be done twice, never missed."""

    def __init__(self, judging: Judging, hints: Hints, *, retention: Retention) -> None:
        self._judging = judging
        self._hints = hints
        self._retention = retention
        self._over = threading.Event()
        self._away_since: float | None = None
        self._turned_at = time.monotonic()
        self._succeeded = False
        self._sandbox_seen_at = time.monotonic()
        self._thread = threading.Thread(target=self._live, name="housekeeping", daemon=True)
        self._draining = threading.Lock()
        self._mending = threading.Lock()

    def start(self) -> None:
        """Begin turning."""
        self._thread.start()

    def stop(self) -> None:
        """End, and say that this worker is gone."""
        self._over.set()
        self._thread.join(timeout=5)
        try:
            with self._judging.store.write() as session:
                workers.leave(session, self._judging.rules.name)
        except DatabaseAway:
            pass  # it will look stale soon

    def turning_s(self) -> float:
        """Return for how long the present turn, or the pause before it, has lasted."""
        return time.monotonic() - self._turned_at

    def sandbox_down_s(self) -> float:
        """Return for how long the sandbox has been down; 0 while it is up."""
        if self._judging.judge.sandbox.alive:
            return 0.0
        return time.monotonic() - self._sandbox_seen_at

    def sweeps(self) -> bool:
        """Tell whether the last turn did all that it should: lost submissions are found."""
        return self._succeeded and self._thread.is_alive()

    def _live(self) -> None:
        turn = 0
        while not self._over.wait(_TURN_S if turn else 0):
            self._turned_at = time.monotonic()
            self._mend()
            try:
                self._turn(turn)
            except DatabaseAway as exc:
                self._succeeded = False
                if self._away_since is None:
                    self._away_since = time.monotonic()
                    _log.warning("%s; trying again each second", exc)
            except Exception:  # noqa: BLE001  a bug here must not end what finds lost submissions
                self._succeeded = False
                _log.exception("housekeeping failed; trying again")
            else:
                self._succeeded = True
                if self._away_since is not None:
                    away_s = time.monotonic() - self._away_since
                    _log.warning("the database is back after %.0f s", away_s)
                    self._away_since = None
            turn += 1

    def _turn(self, turn: int) -> None:
        rules = self._judging.rules
        self._judging.holding.renew()
        if turn % _PRESENCE_TURNS == 0:
            became_fit = self._judging.fitness.look()
            with self._judging.store.write() as session:
                workers.report(session, self._presence())
            if became_fit:
                # The hints for what waits are used up.
                self._start_draining()
        self._retention.turn()
        with self._judging.store.read() as session:
            if not sweeping.any_lost(session, late_s=rules.late_s):
                return
        with self._judging.store.write() as session:
            lost = sweeping.sweep(session, late_s=rules.late_s, max_tries=rules.max_tries)
        self._judging.metrics.swept(len(lost))
        for submission_id, where in lost:
            said = {"submission": submission_id, "queue": where.value}
            _log.info("hinted at again: lost or late", extra=said)
        sent = [self._hints.send(*each) for each in lost]
        if not all(sent):
            # No broker: what waits is in the database, so it is judged from there.
            self._start_draining()

    def _mend(self) -> None:
        """Start a sandbox that died: the next student need not wait for it, nor a monitor worry."""
        if self._judging.judge.sandbox.alive:
            self._sandbox_seen_at = time.monotonic()
        elif not self._mending.locked():
            threading.Thread(target=self._start_sandbox, name="mending", daemon=True).start()

    def _start_sandbox(self) -> None:
        with self._mending:
            _log.warning("the sandbox is gone; starting it again")
            try:
                self._judging.judge.sandbox.zygote()
            except SandboxError as exc:
                _log.warning("the sandbox can't be started: %s", exc)

    def _start_draining(self) -> None:
        threading.Thread(target=self._drain, name="drain", daemon=True).start()

    def _drain(self) -> None:
        if not self._draining.acquire(blocking=False):
            return
        try:
            self._judging.work()
        except DatabaseAway as exc:
            _log.warning("%s", exc)
        finally:
            self._draining.release()

    def _presence(self) -> Presence:
        rules = self._judging.rules
        return Presence(
            rules.name,
            rules.queues,
            rules.threads,
            self._judging.fitness.torch,
            devices(),
            self._judging.holding.doing(),
            self._judging.fitness.needed,
        )


def devices() -> tuple[str, ...]:
    """Name the NVIDIA devices of this machine, without loading a driver."""
    found = sorted(Path("/dev").glob("nvidia[0-9]*"))
    return tuple(f"cuda:{number}" for number in range(len(found)))

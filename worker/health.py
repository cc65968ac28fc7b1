"""Say whether this worker lives and can work: what its monitors are told."""

from __future__ import annotations

from collections.abc import Callable

from judge.store import DatabaseAway, Store, queue
from judge.telemetry.endpoint import Health
from worker.housekeeping import Housekeeping
from worker.judging import Judging

STUCK_S = 60.0
"""So long a turn may take: a writer of SQLite waits 15 s for others, a connection 5 s."""
_DOWN_S = 90.0
"""So long the sandbox may be down: starting one may take 60 s from a cold disk."""


class WorkerHealth:
    """Answers from the start on; what is not built yet is not ready, and no reason to be killed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._judging: Judging | None = None
        self._housekeeping: Housekeeping | None = None
        self._connected: Callable[[], bool] = lambda: False

    def built(
        self, judging: Judging, housekeeping: Housekeeping, *, connected: Callable[[], bool]
    ) -> None:
        """Take what is asked from now on; ``connected`` tells whether the broker is there."""
        self._judging, self._housekeeping = judging, housekeeping
        self._connected = connected

    def live(self) -> Health:
        """Tell whether a restart is called for: housekeeping hangs, or the sandbox stays down."""
        keeping = self._housekeeping
        if keeping is None or self._judging is None or self._judging.stopping.is_set():
            return Health({"housekeeping": True, "sandbox": True})
        return Health(
            {
                "housekeeping": keeping.turning_s() < STUCK_S,
                "sandbox": keeping.sandbox_down_s() < _DOWN_S,
            }
        )

    def ready(self) -> Health:
        """Tell whether submissions are judged here now.

        Without a broker they are: the sweeper takes them from the database.
        """
        judging, keeping = self._judging, self._housekeeping
        working = judging is not None and not judging.stopping.is_set()
        connected = working and self._connected()
        sweeping = working and keeping is not None and keeping.sweeps()
        return Health(
            {
                "database": self._database(),
                "sandbox": judging is not None and judging.judge.sandbox.alive,
                "hints": connected or sweeping,
                # Of the release that the course was loaded for.
                "torch": judging is not None and judging.fitness.fit,
            }
        )

    def _database(self) -> bool:
        judging = self._judging
        if judging is None:
            return False
        try:
            with self._store.look() as connection:
                queue.waits(connection, judging.rules.queues)
        except DatabaseAway:
            return False
        return True

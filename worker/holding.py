"""What this process holds: its claims, whose leases one thread keeps alive."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from judge.store import DatabaseAway, Store, queue
from judge.store.queue import Claim
from judge.store.workers import Doing
from judge.telemetry.metrics import WorkerMetrics

_log = logging.getLogger(__name__)


class Holding:
    """Claims under way. Safe for many threads."""

    def __init__(self, store: Store, metrics: WorkerMetrics, *, lease_s: float) -> None:
        self._store = store
        self._metrics = metrics
        self._lease_s = lease_s
        self._lost: set[str] = set()
        self._lock = threading.Lock()
        self._claims: dict[str, tuple[Claim, float]] = {}

    @contextmanager
    def of(self, claim: Claim) -> Iterator[None]:
        """Hold a claim: its lease is renewed until the block ends."""
        with self._lock:
            self._claims[claim.lease] = claim, time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._claims.pop(claim.lease, None)
                self._lost.discard(claim.lease)

    def held(self) -> list[Claim]:
        """Return what is held now."""
        with self._lock:
            return [claim for claim, _ in self._claims.values()]

    def doing(self) -> tuple[Doing, ...]:
        """Return what is held now and for how long, the longest first."""
        now = time.monotonic()
        with self._lock:
            return tuple(Doing(claim.id, now - since) for claim, since in self._claims.values())

    def renew(self) -> None:
        """Prolong every lease.

        Raises:
            DatabaseAway: not now; each lease has been asked for long before it ends.
        """
        claims = self.held()
        if not claims:
            return
        with self._store.write() as session:
            kept = queue.renew(session, claims, lease_s=self._lease_s)
        for claim in claims:
            if claim.id not in kept:
                self.lost(claim)

    def lost(self, claim: Claim) -> None:
        """Note, once, that a claim has passed to somebody else while it was held."""
        with self._lock:
            if claim.lease not in self._claims or claim.lease in self._lost:
                return
            self._lost.add(claim.lease)
        self._metrics.lost_lease()
        _log.warning("the lease has passed to somebody else", extra={"submission": claim.id})

    def release(self) -> None:
        """Give every claim back, at once: this process is about to be killed."""
        claims = self.held()
        if claims:
            try:
                with self._store.write() as session:
                    queue.release(session, claims)
            except DatabaseAway as exc:
                _log.warning("claims are left to their leases: %s", exc)

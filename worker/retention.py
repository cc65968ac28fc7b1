"""Forget what is old, a little each second: beside judging, and never for long at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator

from judge.store import Store, logins, retention, submissions
from judge.store.retention import Aging, Kept

_log = logging.getLogger(__name__)
_LOOKS = 10
"""Windows without anything old that are passed over in one turn."""
_RUNS = 200
_SOON_S, _ROUND_S = 300.0, 6 * 3600.0
"""How often expired sign-ins and old runs are looked for; how often everything else is."""


class Retention:
    """Turned once a second; each turn writes one small transaction at most of each kind."""

    def __init__(self, store: Store, kept: Kept, *, first_after_s: float = _SOON_S) -> None:
        self._store = store
        self._kept = kept
        self._soon_at = time.monotonic() + first_after_s
        self._round_at = self._soon_at
        self._round: Iterator[None] | None = None

    def turn(self) -> None:
        """Do a little.

        Raises:
            DatabaseAway: not now; the rest of this round is done in the next.
        """
        now = time.monotonic()
        if now >= self._soon_at:
            self._soon_at = now + _SOON_S
            self._tidy()
        if self._round is None and now >= self._round_at:
            self._round_at = now + _ROUND_S
            self._round = self.round()
        if self._round is not None:
            going, self._round = self._round, None
            for _ in going:
                self._round = going
                break

    def _tidy(self) -> None:
        with self._store.write() as session:
            forgotten = submissions.forget_runs(
                session, older_than_s=self._kept.runs_s, limit=_RUNS
            )
            logins.forget_expired(session)
        if forgotten == _RUNS:
            # There are more: go on with the next turn.
            self._soon_at = 0.0

    def round(self) -> Iterator[None]:
        """Go once through all that gets old; yield where a turn should end."""
        for aging in retention.agings(self._kept):
            forgotten = yield from self._walk(aging)
            if forgotten:
                _log.info("forgot %d: %s", forgotten, aging.name)

    def _walk(self, aging: Aging) -> Generator[None, None, int]:
        """Yield where a turn should end; return how many rows were forgotten."""
        after: int | None = 0
        looks = forgotten = 0
        while after is not None:
            with self._store.read() as session:
                window = retention.look(session, aging, after=after)
            after, looks = window.last, looks + 1
            if window.old:
                with self._store.write() as session:
                    forgotten += retention.forget(session, aging, window.old)
            if window.old or looks % _LOOKS == 0:
                yield
        return forgotten

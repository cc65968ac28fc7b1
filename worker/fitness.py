"""Whether this worker's torch may judge the course: by another release verdicts may be wrong."""

from __future__ import annotations

import logging

from judge.domain.releases import needed_release
from judge.store import Store, loaded

_log = logging.getLogger(__name__)


class Fitness:
    """Looked at when the worker starts and with each of its signs of life. Safe for many threads.

    Until the first look nothing is judged.
    """

    def __init__(self, store: Store, torch: str) -> None:
        """Take the version of torch that judges here."""
        self._store = store
        self._torch = torch
        self._looked = False
        self._needed: str | None = None

    @property
    def torch(self) -> str:
        """The version of torch that judges here."""
        return self._torch

    @property
    def fit(self) -> bool:
        """Whether submissions may be judged here."""
        return self._looked and self._needed is None

    @property
    def needed(self) -> str | None:
        """The release that the course needs, where this is another one; nothing is judged then."""
        return self._needed

    def look(self) -> bool:
        """Look at what is loaded; say so in the log where that changes anything.

        Returns:
            Whether submissions may be judged here from now on, and could not be before.

        Raises:
            DatabaseAway: not now; what was seen last holds.
        """
        with self._store.read() as session:
            releases = loaded.torch_releases(session)
        before, self._needed = self._needed, needed_release(self._torch, releases)
        was_fit, self._looked = self._looked and before is None, True
        if self._needed is not None and self._needed != before:
            _log.warning(
                "waits, and judges nothing: torch %s is here, the course was loaded for %s. "
                "Install that here (`make setup`), or load the course with the program that this "
                "torch belongs to",
                self._torch,
                self._needed,
            )
        elif self._needed is None and before is not None:
            _log.warning("the course is loaded for torch %s now: judges", self._torch)
        return self.fit and not was_fit

"""The problems of submissions, by version: old ones are judged as they were."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from judge.catalog import ProblemFileError, parse_problem
from judge.domain.problem import Problem
from judge.errors import AuthorError
from judge.store import Store, submissions

_KEPT = 300


class Versions:
    """Problems parsed once each. Safe for many threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._problems: OrderedDict[int, Problem] = OrderedDict()

    def get(self, version_id: int) -> Problem:
        """Return the problem of a version.

        Raises:
            AuthorError: its text is no problem; an older program took it for one.
            DatabaseAway: the database can't be reached.
        """
        with self._lock:
            found = self._problems.get(version_id)
            if found is not None:
                self._problems.move_to_end(version_id)
                return found
        with self._store.read() as session:
            slug, source = submissions.source_of(session, version_id)
        try:
            problem = parse_problem(source.encode(), path=Path(f"{slug}.yaml"))
        except ProblemFileError as exc:
            raise AuthorError(f"{slug}: this version can't be judged any more: {exc}") from exc
        with self._lock:
            self._problems[version_id] = problem
            if len(self._problems) > _KEPT:
                self._problems.popitem(last=False)
        return problem

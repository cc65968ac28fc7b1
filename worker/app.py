"""The Celery worker of one process: tasks in, told to whoever judges."""

from __future__ import annotations

import logging

from celery import Celery, Task

from judge.messaging import REQUEST, TASK
from judge.store import DatabaseAway
from judge.telemetry.following import following, request_id
from worker.judging import Judging

_log = logging.getLogger(__name__)


def register(app: Celery, judging: Judging) -> None:
    """Give the application its one task."""

    @app.task(name=TASK, bind=True)
    def judge_one(task: Task, submission_id: int) -> None:
        """Judge what is due. The id is the one that was hinted at, for the log."""
        request = request_id((task.request.headers or {}).get(REQUEST))
        said = {"submission": submission_id}
        with following(request=request):
            _log.info("hint received", extra=said)
        if request is not None:
            judging.requests.note(submission_id, request)
        try:
            done = judging.work()
        except DatabaseAway as exc:
            # The hint is used up; the sweeper gives another once the database is back.
            _log.warning("waits: %s", exc, extra=said)
            return
        _log.debug("this hint is followed", extra={"count": done, **said})

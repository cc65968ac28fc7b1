"""Send an answer to be judged and wait for what comes of it; for pages and programs alike."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from judge.domain.lifecycle import UNDER_WAY, Kind, Queue, State
from judge.domain.problem import Language
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.store import reports, submissions
from judge.store.course import Problem
from judge.store.submissions import Answer, Status
from judge.store.work import Submission
from judge.store.workplace import Latest
from judge.telemetry import following
from web import access
from web.languages import language
from web.rendering.feedback import forgotten_html, marks, report_html
from web.services import services

_log = logging.getLogger(__name__)
MAX_CODE = 256 << 10
"""Characters of an answer: what the sandbox takes as bytes is no more."""
MAX_INPUT = 4000
WAIT_S = 1.0
"""How long an answer to a submit waits for its verdict."""
_FIRST_LOOK_S, _LOOK_S, _PATIENCE = 0.018, 0.005, 0.08
"""No verdict is there sooner; then a look each few milliseconds, and rarer the longer it takes."""
_SOON_MS, _LATER_MS = 400, 3000


@dataclass(frozen=True, slots=True)
class Sent:
    """What a student sent."""

    code: str
    kind: Kind
    own: str = ""


def send(user_id: int, slug_problem: Problem, sent: Sent) -> int:
    """Make a row, commit it, and give a hint; return its id.

    Raises:
        TooManyUnderWay: the student has to wait for one of the others.
        DatabaseAway: nothing was kept; the student is told so.
    """
    bound = services()
    answer = Answer(sent.code, sent.kind, (sent.own,) if sent.own.strip() else None)
    with bound.store.write() as session:
        row = submissions.create(
            session,
            slug_problem,
            answer,
            user_id=user_id,
            most_under_way=bound.settings.under_way,
        )
        submission_id, queue = row.id, Queue(row.queue)
    hinted = bound.hints.send(submission_id, queue, request=access.current_id())
    bound.metrics.received(sent.kind.value, hinted=hinted)
    following.bind(submission=submission_id)
    said = {
        "user": user_id,
        "problem": slug_problem.slug,
        "kind": sent.kind.value,
        "queue": queue.value,
    }
    _log.info("submitted", extra=said)
    return submission_id


def wait_for(submission_id: int, *, at_most_s: float = WAIT_S) -> Status:
    """Look at a row until it has its verdict, ever less often; return where it is then."""
    start = time.monotonic()
    while time.monotonic() - start < at_most_s:
        waited = time.monotonic() - start
        time.sleep(_FIRST_LOOK_S if waited < _FIRST_LOOK_S else max(_LOOK_S, waited * _PATIENCE))
        with services().store.read() as session:
            if not submissions.under_way(session, submission_id):
                break
    with services().store.read() as session:
        found = submissions.status(session, submission_id)
    if found is None:
        raise LookupError(submission_id)
    if found.state not in UNDER_WAY:
        waited_ms = round((time.monotonic() - start) * 1e3, 1)
        following.bind(submission=submission_id)
        said = {"verdict": found.verdict, "status": found.state.value, "duration_ms": waited_ms}
        _log.info("shown", extra=said)
    return found


def report_of(row: Submission) -> Report | None:
    """Return a row's report; None while it has none."""
    if row.report is None:
        return None
    return reports.load(row.report, [case.detail for case in row.cases])


def result_html(row: Submission, *, place: int | None) -> Markup:
    """Return a submission's result as HTML: its report, or where it is."""
    report = report_of(row)
    if report is not None and row.state not in (State.FAILED, *UNDER_WAY):
        return report_html(report, code=row.code, trial=row.kind == Kind.RUN)
    if row.state == State.JUDGED and row.verdict is not None:
        return forgotten_html(row, Verdict(row.verdict))
    return Markup(  # noqa: S704  the template escapes
        render_template("feedback/state.html", state=row.state, place=place)
    )


def latest_html(latest: Latest) -> Markup:
    """Return the result of a student's latest submission, which every visit to a problem shows."""
    if latest.judged_at is None:
        return _fresh_html(latest.id)
    return _kept_html(latest.id, latest.judged_at, language())


def _fresh_html(number: int) -> Markup:
    with services().store.read() as session:
        row = submissions.get(session, number)
    return Markup() if row is None else result_html(row, place=None)


@lru_cache(maxsize=1024)
def _kept_html(number: int, judged_at: datetime, language: Language) -> Markup:
    """Render a result once for each judging; whoever asks has looked up that it is theirs."""
    del judged_at, language
    return _fresh_html(number)


def answer_json(row: Submission, status: Status) -> dict[str, Any]:
    """Return what the page's script is told of a submission."""
    done, waiting = status.state is State.JUDGED, status.state in UNDER_WAY
    report = report_of(row) if done else None
    return {
        "id": row.id,
        "kind": row.kind,
        "state": status.state.value,
        "place": status.place,
        "verdict": row.verdict if done else None,
        "score": row.score if done else None,
        "points": row.points if done else None,
        "html": str(result_html(row, place=status.place)),
        "marks": marks(report) if report is not None else [],
        "url": url_for("submissions.show", number=row.id),
        "next_poll_ms": _next_look_ms(status) if waiting else None,
    }


def _next_look_ms(status: Status) -> int:
    place = status.place or 1
    return min(_LATER_MS, _SOON_MS + 40 * place)

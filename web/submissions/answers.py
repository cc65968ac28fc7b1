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

from judge.domain.lifecycle import UNDER_WAY, Kind, State
from judge.domain.problem import Language
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.store import outcomes, reports, submissions
from judge.store.courses import Target
from judge.store.outcomes import Outcome
from judge.store.submissions import Answer
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
_FIRST_LOOK_S, _LOOK_S, _PATIENCE = 0.018, 0.003, 0.08
"""No verdict is there sooner; then a look each few milliseconds, and rarer the longer it takes."""
_SOON_MS, _LATER_MS = 400, 3000


@dataclass(frozen=True, slots=True)
class Sent:
    """What a student sent."""

    code: str
    kind: Kind
    own: str = ""


def send(user_id: int, target: Target, sent: Sent) -> int:
    """Make a row, commit it, and give a hint; return its id.

    Raises:
        TooManyUnderWay: the student has to wait for one of the others.
        DatabaseAway: nothing was kept; the student is told so.
    """
    bound = services()
    answer = Answer(sent.code, sent.kind, (sent.own,) if sent.own.strip() else None)
    with bound.store.once() as connection:
        made = submissions.create(
            connection,
            target,
            answer,
            user_id=user_id,
            most_under_way=bound.settings.under_way,
        )
    hinted = bound.hints.send(made.id, made.queue, request=access.current_id())
    bound.metrics.received(sent.kind.value, hinted=hinted)
    following.bind(submission=made.id)
    said = {
        "user": user_id,
        "problem": target.slug,
        "kind": sent.kind.value,
        "queue": made.queue.value,
    }
    _log.info("submitted", extra=said)
    return made.id


def outcome(submission_id: int) -> Outcome | None:
    """Return a submission as it is now, or None."""
    with services().store.look() as connection:
        return outcomes.find(connection, submission_id)


def followed(submission_id: int, user_id: int, *, at_most_s: float = 0.0) -> Outcome | None:
    """Return a submission of one's own, once it has its verdict or the time is over.

    Args:
        submission_id: which.
        user_id: who asks; None is returned where it is somebody else's, or there is none.
        at_most_s: how long to wait, with ever rarer looks.
    """
    start = time.monotonic()
    found = None
    with services().store.look() as connection:
        while found is None and (waited := time.monotonic() - start) < at_most_s:
            late = waited > _FIRST_LOOK_S
            time.sleep(max(_LOOK_S, waited * _PATIENCE) if late else _FIRST_LOOK_S)
            found = outcomes.done(connection, submission_id)
        found = found or outcomes.find(connection, submission_id)
    if found is None or found.user_id != user_id:
        return None
    if found.state not in UNDER_WAY:
        waited_ms = round((time.monotonic() - start) * 1e3, 1)
        following.bind(submission=submission_id)
        said = {"verdict": found.verdict, "status": found.state, "duration_ms": waited_ms}
        _log.info("shown", extra=said)
    return found


def place(found: Outcome) -> int | None:
    """Return where a submission waits, from 1; None where it does not, or no longer."""
    if found.state != State.QUEUED:
        return None
    with services().store.look() as connection:
        return outcomes.place(connection, found.id)


def report_of(found: Outcome) -> Report | None:
    """Return a submission's report; None while it has none."""
    return None if found.report is None else reports.load(found.report, found.cases)


def result_html(row: Outcome, *, place: int | None) -> Markup:
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
    found = outcome(number)
    return Markup() if found is None else result_html(found, place=None)


@lru_cache(maxsize=1024)
def _kept_html(number: int, judged_at: datetime, language: Language) -> Markup:
    """Render a result once for each judging; whoever asks has looked up that it is theirs."""
    del judged_at, language
    return _fresh_html(number)


def answer_json(found: Outcome) -> dict[str, Any]:
    """Return what the page's script is told of a submission."""
    done, waiting = found.state == State.JUDGED, found.state in UNDER_WAY
    report = report_of(found) if done else None
    waits_at = place(found)
    return {
        "id": found.id,
        "kind": found.kind,
        "state": found.state,
        "place": waits_at,
        "verdict": found.verdict if done else None,
        "score": found.score if done else None,
        "points": found.points if done else None,
        "html": str(result_html(found, place=waits_at)),
        "standing": _standing_html(found) if done and found.kind == Kind.SUBMIT else None,
        "marks": marks(report) if report is not None else [],
        "url": url_for("submissions.show", number=found.id),
        "next_poll_ms": _next_look_ms(waits_at) if waiting else None,
    }


def _standing_html(found: Outcome) -> str:
    """Say beside the problem's title what its student has reached by now."""
    return render_template("course/standing.html", standing=found.standing).strip()


def _next_look_ms(place: int | None) -> int:
    return min(_LATER_MS, _SOON_MS + 40 * (place or 1))

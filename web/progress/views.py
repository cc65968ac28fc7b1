"""How far one is, and how far others are."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from judge.store import progress as store
from judge.store.base import utc_now
from web.languages import _
from web.progress.calendar import bars, calendar
from web.rendering.text import visible
from web.security import guard
from web.services import services

blueprint = Blueprint("progress", __name__)


@blueprint.get("/progress")
@guard.signed_in
def progress() -> str:
    """Show one's own progress."""
    user = guard.current_user()
    with services().store.read() as session:
        chapters = store.chapters(session, user.id)
        days = store.days(session, user.id)
        attempts = store.attempts(session, user.id)
    taken = [each.attempts_until_accepted for _problem, each in attempts]
    return render_template(
        "progress/progress.html",
        chapters=chapters,
        solved=sum(row.accepted for row in chapters),
        total=sum(row.problems for row in chapters),
        submissions=sum(days.values()),
        active_days=len(days),
        calendar=calendar(days, today=utc_now().date()),
        bars=bars(
            [each for each in taken if each is not None],
            one=_("1 attempt"),
            many=_("{} attempts"),
            more=_("{} or more"),
        ),
        attempts=attempts,
    )


@blueprint.get("/ranking")
@guard.public
def ranking() -> str:
    """Show who has solved most."""
    with services().store.read() as session:
        lines, own = store.ranking(session, user_id=g.user.id if g.user else None)
    return render_template("progress/ranking.html", lines=lines, own=own, visible=visible)

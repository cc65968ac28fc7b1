"""Submissions without a verdict because of us: why, and another try."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from judge.domain.lifecycle import Queue, Role
from judge.domain.verdict import Verdict
from judge.store import NotThere, backlog, rejudging, remedies
from judge.store.audit import Actor
from judge.wording import verdict_name
from web import access
from web.languages import _, language, ngettext
from web.security import guard
from web.services import services

blueprint = Blueprint("faults", __name__, url_prefix="/faults")
_PAGE = 50


@blueprint.get("")
@guard.role(Role.ADMIN)
def show() -> str:
    """Show the faults, newest first, and what has come of those that were tried again."""
    before = request.args.get("before", type=int)
    with services().store.read() as session:
        rows = rejudging.faults(session, limit=_PAGE + 1, before=before)
        given_up = backlog.given_up(session)
        retried = remedies.retried(session)
    more = len(rows) > _PAGE
    return render_template(
        "admin/faults.html",
        rows=rows[:_PAGE],
        given_up=given_up,
        retried=retried,
        verdict_words=_verdict_words,
        newer=url_for(".show") if before else None,
        older=url_for(".show", before=rows[_PAGE - 1].id) if more else None,
    )


def _verdict_words(verdict: str) -> str:
    return verdict_name(Verdict(verdict), language())


@blueprint.post("/<int:number>/retry")
@guard.role(Role.ADMIN)
def retry(number: int) -> Response:
    """Queue one again."""
    try:
        with services().store.write() as session:
            queue = remedies.retry(session, Actor.of(guard.current_user()), number)
    except NotThere:
        flash(_("There is no submission #%(number)s.", number=number), "error")
        return redirect(url_for(".show"))
    if queue is None:
        flash(_("#%(number)s needs no retry: it waits or has its verdict.", number=number), "info")
    else:
        _hint([(number, queue)])
        flash(_("#%(number)s is queued again.", number=number), "success")
    return redirect(url_for(".show"))


@blueprint.post("/retry")
@guard.role(Role.ADMIN)
def retry_all() -> Response:
    """Queue all again that were given up."""
    with services().store.write() as session:
        queued = remedies.retry_all(session, Actor.of(guard.current_user()))
    _hint(queued)
    if not queued:
        flash(_("There was nothing to retry."), "info")
    else:
        words = ngettext(
            "%(num)s submission is queued again.",
            "%(num)s submissions are queued again.",
            len(queued),
        )
        rest = _("There may be more: press once more when these are judged.")
        flash(f"{words} {rest}" if len(queued) == remedies.MOST else words, "success")
    return redirect(url_for(".show"))


def _hint(queued: Iterable[tuple[int, Queue]]) -> None:
    for number, queue in queued:
        services().hints.send(number, queue, request=access.current_id())

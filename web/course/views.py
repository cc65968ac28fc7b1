"""The front page, a chapter, a problem, and its draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, render_template, url_for

from judge.domain.administration import Registration
from judge.domain.problem import Language
from judge.store import contents, courses, drafts, options, progress, workplace
from judge.store.courses import Neighbour
from judge.store.drafts import Conflict
from judge.store.workplace import Latest, Written
from web.course.public import public_problem, shown_problem
from web.languages import language, titled
from web.rendering.markdown import markdown
from web.security import guard, limits
from web.services import services
from web.submissions.answers import MAX_CODE, latest_html

blueprint = Blueprint("course", __name__)


@dataclass(frozen=True, slots=True)
class _Neighbour:
    title: str
    url: str


@blueprint.get("/")
@guard.public
def front() -> str:
    """Show what this is, and the chapters."""
    user_id = g.user.id if g.user else None
    with services().store.read() as session:
        rows = progress.chapters(session, user_id)
        latest = progress.resume(session, user_id) if user_id else None
        first = courses.first(session)
        # Only strangers are invited to register.
        may_register = user_id is None and _may_register(session)
    return render_template(
        "course/front.html",
        chapters=rows,
        latest=latest,
        solved=sum(row.accepted for row in rows),
        first_url=url_for("course.problem", slug=first.slug) if first else None,
        may_register=may_register,
    )


def _may_register(session: Any) -> bool:  # noqa: ANN401  a session of the store
    setting = services().settings.registration
    return options.registration(session, setting=setting) is not Registration.CLOSED


@blueprint.get("/chapters/<slug>")
@guard.public
def chapter(slug: str) -> str:
    """Show a chapter's summary and problems."""
    with services().store.look() as connection:
        found = contents.find(connection, slug, g.user.id if g.user else None)
    if found is None:
        abort(404)
    summary, page = (
        (found.summary_zh, found.page_zh)
        if language() is Language.ZH
        else (found.summary_en, found.page_en)
    )
    return render_template(
        "course/chapter.html",
        chapter=found,
        summary=markdown(summary),
        page=markdown(page) if page else None,
        solved=sum(1 for line in found.lines if line.standing and line.standing.accepted),
    )


@blueprint.get("/problems/<path:slug>")
@guard.public
def problem(slug: str) -> str:
    """Show a problem and the student's draft; without an account the draft stays in the browser."""
    with services().store.look() as connection:
        found = workplace.find(connection, slug, g.user.id if g.user else None)
    if found is None:
        abort(404)
    starter = public_problem(found.slug, found.source).starter
    return render_template(
        "course/problem.html",
        problem=shown_problem(
            found.slug,
            found.source,
            language(),
            titled(found.chapter),
            url_for("course.chapter", slug=found.chapter.slug),
        ),
        starter=starter,
        draft=found.draft or Written(starter, 0),
        standing=found.standing,
        latest=found.latest and _latest(found.latest),
        previous_problem=_neighbour(found.before),
        next_problem=_neighbour(found.after),
        urls=_urls(found.slug),
    )


def _latest(found: Latest) -> dict[str, Any]:
    return {
        "id": found.id,
        "url": url_for("submissions.show", number=found.id),
        "html": latest_html(found),
        "pending": found.judged_at is None,
    }


def _neighbour(found: Neighbour | None) -> _Neighbour | None:
    if found is None:
        return None
    return _Neighbour(titled(found), url_for("course.problem", slug=found.slug))


def _urls(slug: str) -> dict[str, str]:
    return {
        "submit": url_for("submissions.submit", slug=slug),
        "run": url_for("submissions.run", slug=slug),
        "draft": url_for("course.save_draft", slug=slug),
        "history": url_for("submissions.history", problem=slug),
        "status": url_for("submissions.status", number=0),
        "page": url_for("submissions.show", number=0),
    }


@blueprint.put("/drafts/<path:slug>")
@guard.signed_in
@limits.limiter.limit(limits.DRAFT, key_func=limits.who)
def save_draft(slug: str) -> tuple[Response, int]:
    """Keep a draft; 409 with the other text where another device has saved since."""
    sent = guard.sent_object()
    code, revision = sent.get("code"), sent.get("revision", 0)
    if not isinstance(code, str) or not isinstance(revision, int) or len(code) > MAX_CODE:
        abort(400)
    with services().store.write() as session:
        found = courses.problem(session, slug)
        if found is None:
            abort(404)
        saved = drafts.save(
            session,
            user_id=guard.current_user().id,
            problem_id=found.id,
            code=code,
            based_on=revision,
        )
    when = saved.saved_at.isoformat()
    if isinstance(saved, Conflict):
        return jsonify(revision=saved.revision, code=saved.code, saved_at=when), 409
    return jsonify(revision=saved.revision, saved_at=when), 200

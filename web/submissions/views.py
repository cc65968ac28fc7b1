"""Submit, run, follow, look up, compare."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from judge.domain.lifecycle import UNDER_WAY, Kind, State
from judge.domain.verdict import Verdict
from judge.store import TooManyUnderWay, courses, drafts, submissions
from judge.store.drafts import Conflict
from judge.store.outcomes import Outcome
from judge.store.submissions import PAGE, Filter
from judge.wording import verdict_name
from web.languages import _, language
from web.numbers import row_number
from web.rendering import difference
from web.rendering.code import source_rows
from web.rendering.feedback import marks
from web.rendering.text import sentence
from web.security import guard, limits
from web.services import services
from web.submissions import answers
from web.submissions.answers import MAX_CODE, MAX_INPUT, Sent

blueprint = Blueprint("submissions", __name__)


@blueprint.post("/submit/<path:slug>")
@guard.signed_in
@limits.limiter.limit(limits.SUBMIT, key_func=limits.who)
def submit(slug: str) -> Answer | tuple[Response, int]:
    """Judge an answer on all cases."""
    return _sent(slug, Kind.SUBMIT)


@blueprint.post("/run/<path:slug>")
@guard.signed_in
@limits.limiter.limit(limits.RUN, key_func=limits.who)
def run(slug: str) -> Answer | tuple[Response, int]:
    """Try an answer out on the samples and the student's own input."""
    return _sent(slug, Kind.RUN)


def _sent(slug: str, kind: Kind) -> Answer | tuple[Response, int]:
    form = guard.sent_object() if request.is_json else request.form
    code, own = form.get("code"), form.get("inputs") or ""
    if not isinstance(code, str) or not isinstance(own, str) or len(own) > MAX_INPUT:
        abort(400)
    if len(code.encode("utf-8", "replace")) > MAX_CODE:
        abort(413)
    user = guard.current_user()
    with services().store.look() as connection:
        target = courses.target(connection, slug)
    if target is None:
        abort(404)
    try:
        number = answers.send(user.id, target, Sent(code.replace("\r\n", "\n"), kind, own))
    except TooManyUnderWay as exc:
        return _too_many(slug, exc.limit)
    if not request.is_json:
        return redirect(url_for("submissions.show", number=number))
    return _told(number, wait_s=answers.WAIT_S), 200


def _too_many(slug: str, limit: int) -> Answer | tuple[Response, int]:
    title = _("Too many at a time")
    text = _("You have %(limit)s submissions under way. Wait for one of them.", limit=limit)
    if request.is_json:
        return jsonify(error={"code": "under_way", "title": title, "text": text}), 429
    flash(text, "warning")
    return redirect(url_for("course.problem", slug=slug))


@blueprint.get("/submissions/<int:number>/status")
@guard.signed_in
def status(number: int) -> Response:
    """Say where a submission is, and what came of it."""
    return _told(number)


def _told(number: int, *, wait_s: float = 0.0) -> Response:
    found = answers.followed(number, guard.current_user().id, at_most_s=wait_s)
    if found is None:
        abort(404)
    return jsonify(answers.answer_json(found))


def _own(number: int) -> Outcome:
    """Return a submission of whoever asks; anybody else's does not exist."""
    found = answers.outcome(number)
    if found is None or found.user_id != guard.current_user().id:
        abort(404)
    return found


@blueprint.get("/submissions")
@guard.signed_in
def history() -> str:
    """List one's submissions."""
    user = guard.current_user()
    before = request.args.get("before", type=row_number)
    chosen = request.args.get("verdict") or None
    if chosen not in set(Verdict):
        chosen = None
    with services().store.read() as session:
        slug = request.args.get("problem")
        problem = courses.problem(session, slug) if slug else None
        wanted = Filter(problem.id if problem else None, chosen)
        rows = submissions.history(session, user.id, wanted, before=before, limit=PAGE + 1)
    kept: dict[str, Any] = {"problem": slug, "verdict": chosen}
    more = len(rows) > PAGE
    return render_template(
        "submissions/history.html",
        rows=rows[:PAGE],
        problem=problem,
        chosen=chosen,
        verdicts=[(each.value, verdict_name(each, language())) for each in Verdict],
        name_of=_name_of,
        newer=url_for("submissions.history", **kept) if before else None,
        older=url_for("submissions.history", before=rows[PAGE - 1].id, **kept) if more else None,
    )


def _name_of(verdict: str) -> str:
    return verdict_name(Verdict(verdict), language())


@blueprint.get("/submissions/<int:number>")
@guard.signed_in
def show(number: int) -> str:
    """Show one submission."""
    row = _own(number)
    if row.state in UNDER_WAY and not row.verdict:
        row = answers.followed(number, guard.current_user().id, at_most_s=answers.WAIT_S) or row
    with services().store.read() as session:
        before, after = submissions.neighbours(session, row)
    report = answers.report_of(row) if row.state == State.JUDGED else None
    said: dict[int, list[Markup]] = defaultdict(list)
    for mark in marks(report) if report else ():
        said[int(str(mark["line"]))].append(sentence(str(mark["message"])))
    return render_template(
        "submissions/show.html",
        row=row,
        result=answers.result_html(row, place=answers.place(row)),
        pending=row.state in UNDER_WAY,
        before=before,
        after=after,
        source=source_rows(row.code, said),
        name_of=_name_of,
    )


@blueprint.post("/submissions/<int:number>/restore")
@guard.signed_in
def restore(number: int) -> Answer:
    """Put a submission's code back into the editor; what is there is kept as an older draft."""
    row = _own(number)
    user = guard.current_user()
    with services().store.write() as session:
        draft = drafts.load(session, user_id=user.id, problem_id=row.problem_id)
        saved = drafts.save(
            session,
            user_id=user.id,
            problem_id=row.problem_id,
            code=row.code,
            based_on=draft.revision if draft else 0,
            keep=True,
        )
    if isinstance(saved, Conflict):
        flash(_("The draft has just changed elsewhere. Try again."), "warning")
    return redirect(url_for("course.problem", slug=row.problem.slug))


@blueprint.get("/submissions/compare")
@guard.signed_in
def compare_chosen() -> Answer:
    """Go to the difference between the two that were ticked in the list."""
    chosen = sorted(set(request.args.getlist("of", type=row_number)))
    if len(chosen) != 2:  # noqa: PLR2004  a pair
        flash(_("Tick two submissions to compare them."), "info")
        problem = request.args.get("problem") or None
        return redirect(url_for("submissions.history", problem=problem))
    return redirect(url_for("submissions.compare", number=chosen[0], other=chosen[1]))


@blueprint.get("/submissions/<int:number>/compare/<int:other>")
@guard.signed_in
def compare(number: int, other: int) -> str:
    """Show what changed from one submission to another."""
    old, new = _own(number), _own(other)
    rows = difference.rows(old.code, new.code)
    return render_template(
        "submissions/compare.html",
        old=old,
        new=new,
        rows=rows,
        lines=difference.unified(rows),
        split=request.args.get("view") != "unified",
        name_of=_name_of,
    )

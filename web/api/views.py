"""The API: list problems, fetch one, submit, follow, read results."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, jsonify, request
from pydantic import BaseModel, ValidationError

from judge.domain.lifecycle import Kind, State
from judge.domain.problem import Language, Text
from judge.domain.report import Message, as_json
from judge.store import TooManyUnderWay, courses, progress, submissions
from judge.store.outcomes import Outcome
from judge.store.submissions import PAGE, Filter
from judge.store.work import Submission
from judge.wording import render
from web.api import schema
from web.api.guard import failed
from web.api.routes import PREFIX, Api, Route
from web.course.public import public_problem
from web.numbers import row_number
from web.security import guard, limits
from web.services import services
from web.submissions import answers
from web.submissions.answers import Sent

blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
api = Api(blueprint)
_LONGEST_WAIT_S = 10.0
_NO_PROBLEM = {404: "No such problem"}
_NO_SUBMISSION = {404: "No such submission, or not one's own"}
_LANGUAGE = {"language": "`zh` or `en`: the language of the report's sentences"}


@blueprint.get("/")
@guard.public
def index() -> Response:
    """Say where the document is."""
    return jsonify(name="TensorJudge", document=f"{PREFIX}/openapi.json")


@blueprint.get("/openapi.json")
@guard.public
def openapi() -> Response:
    """The document of the API."""
    return jsonify(api.document())


@api.route(Route("get", "/me", "Whose token this is", schema.Me, None, {}, 200))
def me() -> Response:
    """Return whose token this is."""
    return _sent(schema.Me(name=g.user.name, role=g.user.role))


@api.route(Route("get", "/problems", "The whole course", schema.Course, None, {}, 200))
def problems() -> Response:
    """List chapters and problems, with where one stands."""
    chapters = []
    with services().store.read() as session:
        rows = progress.course(session, g.user.id)
    for chapter, found in rows:
        lines = [
            schema.ProblemLine(
                slug=row.problem.slug,
                title=schema.Words(zh=row.problem.title_zh, en=row.problem.title_en),
                difficulty=row.problem.difficulty,
                points=row.problem.points,
                accepted=row.standing is not None and row.standing.accepted_at is not None,
                attempts=row.standing.attempts if row.standing else 0,
                best_score=row.standing.best_score if row.standing else None,
            )
            for row in found
        ]
        title = schema.Words(zh=chapter.title_zh, en=chapter.title_en)
        chapters.append(schema.ChapterLine(slug=chapter.slug, title=title, problems=lines))
    return _sent(schema.Course(chapters=chapters))


@api.route(
    Route(
        "get",
        "/problems/<path:slug>",
        "One problem",
        schema.ProblemOut,
        None,
        {},
        200,
        _NO_PROBLEM,
    )
)
def problem(slug: str) -> Response:
    """Return what may be known of a problem."""
    with services().store.read() as session:
        found = courses.problem(session, slug)
        source = found.version.source if found is not None and found.version else None
    if found is None or source is None:
        return failed(404, "No such problem", f"There is no problem {slug[:160]!r}.")
    public = public_problem(found.slug, source)
    return _sent(
        schema.ProblemOut(
            slug=public.slug,
            title=_words(public.title),
            difficulty=public.difficulty,
            signature=public.signature,
            statement=_words(public.statement),
            given=public.given,
            hints=[_words(hint) for hint in public.hints],
            samples=[
                schema.SampleOut(
                    name=_words(each.name),
                    call=each.call,
                    returns=each.returns,
                    raises=each.raises,
                    prints=each.prints,
                )
                for each in public.samples
            ],
            forbid=list(public.forbid),
            require=list(public.require),
            time_s=public.time_s,
            memory_mb=public.memory_mb,
            points=public.points,
            starter=public.starter,
        )
    )


@api.route(
    Route(
        "post",
        "/submissions",
        "Submit or run an answer; waits a moment for its verdict",
        schema.SubmissionOut,
        schema.SubmitIn,
        _LANGUAGE,
        201,
        {
            **_NO_PROBLEM,
            413: "The body is too large",
            422: "The body is not what is taken here",
            429: "Too many are under way, or were sent in a short time",
        },
    )
)
@limits.limiter.limit(limits.SUBMIT, key_func=limits.who)
def submit() -> Response:
    """Submit or run an answer."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        return failed(422, "Not what is taken here", "The body has to be a JSON object.")
    try:
        given = schema.SubmitIn.model_validate(sent)
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return failed(422, "Not what is taken here", f"{where}: {first['msg']}")
    with services().store.look() as connection:
        found = courses.target(connection, given.problem)
    if found is None:
        return failed(404, "No such problem", f"There is no problem {given.problem!r}.")
    try:
        number = answers.send(g.user.id, found, Sent(given.code, Kind(given.kind), given.inputs))
    except TooManyUnderWay as exc:
        return failed(429, "Too many at a time", f"{exc.limit} are under way; wait for one.")
    answer = _followed(number, wait_s=answers.WAIT_S)
    answer.status_code = 201
    return answer


@api.route(
    Route(
        "get",
        "/submissions/<int:number>",
        "A submission and its report",
        schema.SubmissionOut,
        None,
        {**_LANGUAGE, "wait": "seconds to wait for the verdict, at most 10"},
        200,
        _NO_SUBMISSION,
    )
)
def submission(number: int) -> Response:
    """Return one submission of one's own."""
    wait_s = min(_LONGEST_WAIT_S, max(0.0, request.args.get("wait", 0.0, type=float)))
    if wait_s:
        found = answers.outcome(number)
        if found is None or found.user_id != g.user.id:
            # Nobody waits for what is not theirs: when it is judged is not to be told either.
            wait_s = 0.0
    return _followed(number, wait_s=wait_s)


@api.route(
    Route(
        "get",
        "/submissions",
        "One's submissions, newest first",
        schema.Submissions,
        None,
        {"problem": "only of this problem", "before": "only with smaller numbers"},
        200,
        _NO_PROBLEM,
    )
)
def history() -> Response:
    """List one's submissions."""
    with services().store.read() as session:
        slug = request.args.get("problem")
        found = courses.problem(session, slug) if slug else None
        if slug and found is None:
            return failed(404, "No such problem", f"There is no problem {slug[:160]!r}.")
        rows = submissions.history(
            session,
            g.user.id,
            Filter(problem_id=found.id if found else None),
            before=request.args.get("before", type=row_number),
        )
    lines = [schema.SubmissionLine(**_line(row)) for row in rows]
    more = rows[-1].id if len(rows) == PAGE else None
    return _sent(schema.Submissions(submissions=lines, next=more))


def _followed(number: int, *, wait_s: float) -> Response:
    row = answers.followed(number, g.user.id, at_most_s=wait_s)
    if row is None:
        return failed(404, "No such submission", f"You have no submission {number}.")
    report = answers.report_of(row) if row.state == State.JUDGED else None
    language = Language((request.args.get("language", "en") == "zh" and "zh") or "en")
    return _sent(
        schema.SubmissionOut(
            **_line(row),
            place=answers.place(row),
            report=None if report is None else worded(as_json(report), language),
        )
    )


def _line(row: Submission | Outcome) -> dict[str, Any]:
    done = row.state == State.JUDGED
    return {
        "id": row.id,
        "problem": row.problem.slug,
        "kind": row.kind,
        "state": row.state,
        "verdict": row.verdict if done else None,
        "score": row.score if done else None,
        "points": row.points if done else None,
        "created_at": row.created_at,
    }


def worded(value: Any, language: Language) -> Any:  # noqa: ANN401  any part of a JSON object
    """Add to each message of a report as JSON its sentence, under ``text``."""
    if isinstance(value, list):
        return [worded(each, language) for each in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"key", "parameters"}:
        parameters = {
            name: tuple(each) if isinstance(each, list) else each
            for name, each in value["parameters"].items()
        }
        return {**value, "text": render(Message(value["key"], parameters), language)}
    return {key: worded(each, language) for key, each in value.items()}


def _words(text: Text) -> schema.Words:
    return schema.Words(zh=text.zh, en=text.en)


def _sent(model: BaseModel) -> Response:
    return jsonify(model.model_dump(mode="json"))

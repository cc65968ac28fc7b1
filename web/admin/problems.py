"""What is loaded, and loading it again from the files."""

from __future__ import annotations

import threading

from flask import Blueprint, render_template, request, url_for

from judge.catalog import ProblemFileError
from judge.domain.lifecycle import Role
from judge.errors import UsageError
from judge.publishing import put_course, read_course
from judge.store import loaded
from judge.store.audit import Actor
from judge.store.loaded import PAGE
from web.security import guard
from web.services import services

blueprint = Blueprint("problems", __name__, url_prefix="/problems")
_loading = threading.Lock()
"""A button pressed twice: both would make the same new versions."""


@blueprint.get("")
@guard.role(Role.ADMIN)
def show() -> str:
    """Show each problem's versions."""
    after = request.args.get("after", "")[:200]
    with services().store.read() as session:
        found = loaded.problems(session, after=after, limit=PAGE + 1)
        releases = loaded.torch_releases(session)
    return render_template(
        "admin/problems.html",
        problems=found[:PAGE],
        releases=releases,
        folder=services().settings.problems.absolute(),
        first=url_for(".show") if after else None,
        following=url_for(".show", after=found[PAGE - 1].slug) if len(found) > PAGE else None,
    )


@blueprint.post("/load")
@guard.role(Role.ADMIN)
def load() -> str | tuple[str, int]:
    """Load the course from its files; if one of them does not hold, change nothing and say why."""
    bound = services()
    try:
        course = read_course(bound.settings.problems)
    except ProblemFileError as exc:
        return _refused([str(each) for each in exc.diagnostics])
    except UsageError as exc:
        return _refused([str(exc)])
    if course.broken:
        return _refused([str(each) for exc in course.broken.values() for each in exc.diagnostics])
    with _loading:
        changes = put_course(bound.store, course, actor=Actor.of(guard.current_user()))
    return render_template("admin/loaded.html", changes=changes, faults=())


def _refused(faults: list[str]) -> tuple[str, int]:
    return render_template("admin/loaded.html", changes=None, faults=faults), 422

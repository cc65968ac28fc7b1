"""Everything that is kept about a user, for that user to take along."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from judge.store.accounts import Login, Token, User
from judge.store.course import Problem
from judge.store.work import Draft, DraftCopy, Submission


def export(session: Session, user: User) -> dict[str, Any]:
    """Return everything that is kept about a user, as ``json.dumps`` takes it; no secret."""
    return {
        "name": user.name,
        "email": user.email,
        "role": user.role,
        "language": user.language,
        "in_ranking": user.in_ranking,
        "created_at": _moment(user.created_at),
        "submissions": _submissions(session, user.id),
        "drafts": _written(session, user.id, Draft),
        "kept_versions": _written(session, user.id, DraftCopy),
        "sign_ins": [
            {
                "browser": row.device,
                "created_at": _moment(row.created_at),
                "seen_at": _moment(row.seen_at),
            }
            for row in session.scalars(select(Login).where(Login.user_id == user.id))
        ],
        "tokens": [
            {
                "label": row.label,
                "created_at": _moment(row.created_at),
                "used_at": _moment(row.used_at),
            }
            for row in session.scalars(select(Token).where(Token.user_id == user.id))
        ],
    }


def _submissions(session: Session, user_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Submission).where(Submission.user_id == user_id).order_by(Submission.id)
    )
    return [
        {
            "id": row.id,
            "problem": row.problem.slug,
            "kind": row.kind,
            "created_at": _moment(row.created_at),
            "state": row.state,
            "verdict": row.verdict,
            "score": row.score,
            "points": row.points,
            "code": row.code,
        }
        for row in rows
    ]


def _written(session: Session, user_id: int, kind: type[Draft | DraftCopy]) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Problem.slug, kind.saved_at, kind.code)
        .join(Problem, Problem.id == kind.problem_id)
        .where(kind.user_id == user_id)
        .order_by(Problem.slug, kind.saved_at)
    )
    return [
        {"problem": slug, "saved_at": _moment(saved_at), "code": code}
        for slug, saved_at, code in rows
    ]


def _moment(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat()

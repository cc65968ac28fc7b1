"""All tables, for whoever needs the whole schema."""

from judge.store.accounts import Invitation, Login, ResetLink, Token, User
from judge.store.base import Base
from judge.store.course import Chapter, Problem, Version
from judge.store.work import CaseResult, Draft, DraftCopy, Standing, Submission, Worker

__all__ = [
    "Base",
    "CaseResult",
    "Chapter",
    "Draft",
    "DraftCopy",
    "Invitation",
    "Login",
    "Problem",
    "ResetLink",
    "Standing",
    "Submission",
    "Token",
    "User",
    "Version",
    "Worker",
]

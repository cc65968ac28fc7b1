"""All tables, for whoever needs the whole schema."""

from judge.store.accounts import Invitation, Login, ResetLink, Token, User
from judge.store.administration import AuditEntry, Option
from judge.store.base import Base
from judge.store.course import Chapter, Problem, Version
from judge.store.work import CaseResult, Draft, DraftCopy, Standing, Submission, Worker

__all__ = [
    "AuditEntry",
    "Base",
    "CaseResult",
    "Chapter",
    "Draft",
    "DraftCopy",
    "Invitation",
    "Login",
    "Option",
    "Problem",
    "ResetLink",
    "Standing",
    "Submission",
    "Token",
    "User",
    "Version",
    "Worker",
]

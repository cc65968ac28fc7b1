"""What those with rights do, as closed sets: their acts, and who may register."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What was done, as the audit log keeps it."""

    USER_CREATED = "user_created"
    ROLE_CHANGED = "role_changed"
    USER_BLOCKED = "user_blocked"
    USER_UNBLOCKED = "user_unblocked"
    USER_SIGNED_OUT = "user_signed_out"
    USER_DELETED = "user_deleted"
    RESET_LINK_MADE = "reset_link_made"
    INVITATION_MADE = "invitation_made"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    REGISTRATION_CHANGED = "registration_changed"
    SUBMISSION_RETRIED = "submission_retried"
    SUBMISSIONS_REJUDGED = "submissions_rejudged"
    COURSE_LOADED = "course_loaded"
    BACKUP_MADE = "backup_made"
    BACKUP_RESTORED = "backup_restored"


class Registration(StrEnum):
    """Who may make an account: anybody, those with an invitation, nobody."""

    OPEN = "open"
    INVITATION = "invitation"
    CLOSED = "closed"

"""The admin's closed sets in words, in the language of whoever looks."""

from __future__ import annotations

from collections.abc import Mapping

from judge.domain.administration import Act, Registration
from judge.domain.lifecycle import Role
from judge.settings import Origin
from web.accounts.forms import Lazy
from web.languages import _, span
from web.rendering.text import visible

ROLES = {
    Role.STUDENT: Lazy("Student"),
    Role.INSTRUCTOR: Lazy("Instructor"),
    Role.ADMIN: Lazy("Administrator"),
}
MODES = {
    Registration.OPEN: Lazy("Open to everybody"),
    Registration.INVITATION: Lazy("By invitation"),
    Registration.CLOSED: Lazy("Closed"),
}
MODES_MEAN = {
    Registration.OPEN: Lazy("Anybody may make an account; no code is asked for."),
    Registration.INVITATION: Lazy("Only people with an invitation code may make an account."),
    Registration.CLOSED: Lazy("Nobody can make an account; admins make them under Users."),
}
ORIGINS = {
    Origin.ENVIRONMENT: Lazy("environment"),
    Origin.OWN_FILE: Lazy("a file of its own"),
    Origin.FILE: Lazy("settings file"),
    Origin.DEFAULT: Lazy("default"),
}
ACTS = {
    Act.USER_CREATED: Lazy("Made a user"),
    Act.ROLE_CHANGED: Lazy("Changed a role"),
    Act.USER_BLOCKED: Lazy("Blocked a user"),
    Act.USER_UNBLOCKED: Lazy("Unblocked a user"),
    Act.USER_SIGNED_OUT: Lazy("Signed a user out everywhere"),
    Act.USER_DELETED: Lazy("Deleted a user"),
    Act.RESET_LINK_MADE: Lazy("Made a reset link"),
    Act.INVITATION_MADE: Lazy("Made an invitation"),
    Act.INVITATION_WITHDRAWN: Lazy("Withdrew an invitation"),
    Act.REGISTRATION_CHANGED: Lazy("Changed who may register"),
    Act.SUBMISSION_RETRIED: Lazy("Retried a submission"),
    Act.SUBMISSIONS_REJUDGED: Lazy("Rejudged submissions"),
    Act.COURSE_LOADED: Lazy("Loaded the course"),
    Act.BACKUP_MADE: Lazy("Made a backup"),
    Act.BACKUP_RESTORED: Lazy("Restored a backup"),
}
_SUBJECTS = {
    "user": Lazy("user"),
    "submission": Lazy("submission"),
    "submissions": Lazy("submissions"),
    "problem": Lazy("problem"),
    "invitation": Lazy("invitation"),
    "registration": Lazy("registration"),
    "course": Lazy("course"),
    "backup": Lazy("backup"),
}
_DETAILS = {
    "role": Lazy("role"),
    "before": Lazy("before"),
    "now": Lazy("now"),
    "uses": Lazy("uses"),
    "uses_left": Lazy("uses left"),
    "lasts_s": Lazy("valid for"),
    "label": Lazy("for whom"),
    "fault": Lazy("reason"),
    "tries": Lazy("tries"),
    "worker": Lazy("worker"),
    "number": Lazy("number"),
    "problem": Lazy("problem"),
    "verdict": Lazy("verdict"),
    "submissions": Lazy("submissions"),
    "added": Lazy("new"),
    "changed": Lazy("changed"),
    "withdrawn": Lazy("withdrawn"),
    "same": Lazy("as before"),
    "file": Lazy("file"),
    "rows": Lazy("rows"),
    "made_at": Lazy("made at"),
    "replaced": Lazy("replaced what was there"),
}
_LONGEST = 400
_VALUES = {
    **{member.value: words for member, words in ROLES.items()},
    **{member.value: words for member, words in MODES.items()},
}
"""What an entry keeps as a member of a set."""
_OF_A_SET = frozenset({"role", "before", "now"})


def act(name: str) -> str:
    """Return an act in words; one that this program does not know as it is called."""
    return str(ACTS[Act(name)]) if name in set(Act) else visible(name)


def subject(text: str) -> str:
    """Return what an act was upon: its kind in words, its name as it is."""
    kind, _, name = text.partition(" ")
    return f"{_SUBJECTS.get(kind, kind)} {name}".strip()


def detail(found: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return how an act was done, as names and values; what says nothing is left out."""
    return [
        (str(_DETAILS.get(key, key)), visible(_value(key, value), most=_LONGEST))
        for key, value in found.items()
        if value not in (None, "", [])
    ]


def _value(key: str, value: object) -> str:
    if key == "lasts_s" and isinstance(value, int | float):
        return span(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = str(value)
    return str(_VALUES.get(text, text)) if key in _OF_A_SET else text


NAMES: dict[str, object] = {
    "role_words": ROLES,
    "mode_words": MODES,
    "act_words": act,
    "subject_words": subject,
    "detail_words": detail,
    "origin_words": ORIGINS,
    "visible": visible,
}
"""What the admin's templates know besides."""

"""What can go wrong with the database, named by what is to be done."""

from __future__ import annotations

from judge.errors import JudgeError, UsageError


class DatabaseAway(UsageError):
    """It can't be reached or used right now. Whoever meets this tries again later."""


class SchemaError(UsageError):
    """The database is not of this program's version; the text says what to do."""


class ArchiveError(UsageError):
    """A backup can't be written, read or put back; the text says why, and nothing has changed."""


class TooManyUnderWay(JudgeError):
    """A student has as many submissions under way as are allowed; ``limit`` of them."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} submissions are under way already")
        self.limit = limit


class NameTaken(UsageError):
    """There is a user of that name, or of one that looks the same."""


class NotThere(UsageError):
    """What somebody wants to change does not exist, or not any more."""


class LastAdmin(UsageError):
    """Without this user nobody could administer the service; another one has to be made first."""

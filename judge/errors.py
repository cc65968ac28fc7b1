"""Every error of this project, named by whose fault it is."""

from __future__ import annotations


class JudgeError(Exception):
    """The root. Its text is for people: it names the place and the remedy."""


class AuthorError(JudgeError):
    """A problem is at fault: its file, its inputs, its reference or its known mistakes."""


class SandboxError(JudgeError):
    """We are at fault: a wall is missing, the zygote died, a disk is full. No student pays."""


class UsageError(JudgeError):
    """Whoever called the command is at fault: no such problem, no such file."""

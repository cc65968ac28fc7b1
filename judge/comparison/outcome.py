"""Compare how two calls ended: returned, or raised which exception."""

from __future__ import annotations

from judge.comparison.texts import clean
from judge.domain.observation import Observation, Raised
from judge.domain.report import Difference, Message
from judge.domain.verdict import Ending, Fact

RAISED = "outcome.raised"
ENDED = "outcome.ended"
_CALLED = frozenset({Ending.RETURNED, Ending.RAISED})
_PATH = "result"


def outcome_difference(
    got: Observation, *, want: Observation, raises: str | None
) -> Difference | None:
    """Return how the endings differ; None where both returned, or both raised as the key does.

    Args:
        got: the answer's observation.
        want: the key's.
        raises: the class that the case names, if it does; else the key's own is wanted. A subclass
            of it will do.
    """
    if want.ending not in _CALLED or got.ending not in _CALLED:
        ending = (got if got.ending not in _CALLED else want).ending
        return _difference(ENDED, want.ending.value, got.ending.value, {"ending": ending.value})
    given = exception_name(got.raised)
    if want.ending is Ending.RETURNED:
        if got.ending is Ending.RETURNED:
            return None
        return _difference(RAISED, "returned", given, {"exception": given})
    wanted = clean(raises) if raises is not None else exception_name(want.raised)
    if got.ending is Ending.RETURNED:
        return _difference("outcome.not_raised", wanted, "returned", {"expected": wanted})
    classes = got.raised.classes if got.raised is not None else ()
    if wanted in (clean(each) for each in classes):
        return None
    parameters = {"expected": wanted, "got": given}
    return _difference("outcome.other_exception", wanted, given, parameters)


def exception_name(raised: Raised | None) -> str:
    """Return the name of an exception's class; a placeholder where a liar sent none."""
    return clean(raised.classes[0]) if raised is not None and raised.classes else "?"


def _difference(key: str, expected: str, got: str, parameters: dict[str, str]) -> Difference:
    return Difference(Fact.OUTCOME, _PATH, Message(key, dict(parameters)), expected, got)

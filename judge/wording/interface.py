"""Word the labels around a report: what no judging found, but every reader needs."""

from __future__ import annotations

from judge.domain.problem import Language
from judge.wording.chinese import interface as chinese
from judge.wording.english import interface as english


def label(key: str, language: Language, **parameters: str | int) -> str:
    """Return a label with its parameters filled in.

    Raises:
        KeyError: there is no such label, or it needs another parameter.
    """
    match language:
        case Language.ZH:
            return chinese.LABELS[key].format_map(parameters)
        case Language.EN:
            return english.LABELS[key].format_map(parameters)

"""Turn a message, a verdict or a fact into a sentence of one language."""

from __future__ import annotations

from judge.domain.problem import Language
from judge.domain.report import Message, Parameter
from judge.domain.verdict import Fact, Verdict
from judge.wording.chinese import CHINESE
from judge.wording.english import ENGLISH
from judge.wording.tables import Tables

_STATE = "state."


def render(message: Message, language: Language) -> str:
    """Word a message.

    A key without a sentence, or parameters that do not fit one, give the key with its parameters:
    a page with a clumsy line is better than none.
    """
    tables = _tables(language)
    sentence = tables.sentences.get(message.key)
    if sentence is None:
        return _bare(message)
    words = {
        name: _word(message.key, name, value, tables) for name, value in message.parameters.items()
    }
    try:
        return sentence.format_map(words)
    except KeyError:
        return _bare(message)


def verdict_name(verdict: Verdict, language: Language) -> str:
    """Return a verdict's name: a word or two."""
    return _tables(language).verdicts[verdict]


def verdict_meaning(verdict: Verdict, language: Language) -> str:
    """Return one sentence on what a verdict means for a student."""
    return _tables(language).meanings[verdict]


def fact_name(fact: Fact, language: Language) -> str:
    """Return the name of a fact: a word or two."""
    return _tables(language).facts[fact]


def _tables(language: Language) -> Tables:
    match language:
        case Language.ZH:
            return CHINESE
        case Language.EN:
            return ENGLISH


def _word(key: str, name: str, value: Parameter, tables: Tables) -> str:
    if isinstance(value, tuple):
        return tables.separator.join(value)
    # Seconds and megabytes: 2, not 2.0. Whole numbers are written out.
    text = f"{value:g}" if isinstance(value, float) else str(value)
    # A state's name is translated, a name that the student wrote is not.
    if name == "name" and not key.startswith(_STATE):
        return text
    return tables.terms.get(name, {}).get(text, text)


def _bare(message: Message) -> str:
    given = ", ".join(f"{name}={value}" for name, value in message.parameters.items())
    return f"{message.key} ({given})" if given else message.key

"""Both languages say the same things, and every message can be said."""
# ruff: noqa: RUF001 - Chinese is written with full-width punctuation.

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import judge.comparison
from judge.domain.problem import Language
from judge.domain.report import Message
from judge.domain.verdict import Fact, Verdict
from judge.wording import fact_name, render, verdict_meaning, verdict_name
from judge.wording.chinese import CHINESE
from judge.wording.english import ENGLISH
from judge.wording.tables import Tables

BOTH = pytest.mark.parametrize("language", Language)
PIPELINE = {
    "limit.time": {"limit_s"},
    "limit.wall": {"limit_s"},
    "limit.memory": {"limit_mb"},
    "limit.output": {"limit_kb"},
    "died.signal": {"signal"},
    "died.exit": {"code"},
    "died.garbled": set(),
    "skipped.timeouts": set(),
    "forbidden.name": {"name"},
    "forbidden.syntax": {"keyword"},
    "forbidden.called": {"name"},
    "required.name": {"name"},
    "missing.function": {"name"},
    "missing.not_callable": {"name"},
    "syntax.error": {"detail"},
    "syntax.encoding": set(),
    "syntax.too_large": {"limit_kb"},
    "syntax.too_deep": set(),
    "import.raised": {"exception"},
    "judge.error": {"detail"},
    "hidden.exception": {"name"},
    "simulated.note": set(),
}


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_sentences_with_the_same_parameters() -> None:
    chinese = {key: fields(sentence) for key, sentence in CHINESE.sentences.items()}
    english = {key: fields(sentence) for key, sentence in ENGLISH.sentences.items()}
    assert chinese == english


def test_both_languages_name_the_same_terms() -> None:
    chinese = {name: set(values) for name, values in CHINESE.terms.items()}
    assert chinese == {name: set(values) for name, values in ENGLISH.terms.items()}


@pytest.mark.parametrize("key", PIPELINE)
def test_the_pipelines_messages_have_the_parameters_that_it_gives(key: str) -> None:
    assert fields(ENGLISH.sentences[key]) == PIPELINE[key]


def test_every_key_that_the_comparison_writes_out_has_a_sentence() -> None:
    families = {key.partition(".")[0] for key in ENGLISH.sentences}
    written = set()
    for path in Path(judge.comparison.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                family, dot, rest = node.value.partition(".")
                if dot and family in families and rest.replace("_", "").isalpha():
                    written.add(node.value)
    assert written
    assert written <= ENGLISH.sentences.keys()


@pytest.mark.parametrize("tables", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_sentences_end_as_sentences_and_close_what_they_open(tables: Tables) -> None:
    for key, sentence in [*tables.sentences.items(), *tables.meanings.items()]:
        assert sentence.rstrip("`")[-1] in ".。?？", key
        assert sentence.count("`") % 2 == 0, key
        assert "  " not in sentence, key


@pytest.mark.parametrize("key", sorted(CHINESE.sentences))
def test_chinese_is_written_with_full_width_punctuation(key: str) -> None:
    prose = "".join(CHINESE.sentences[key].split("`")[::2])
    assert not set(prose) & set(",;!?:")


@BOTH
@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_name_and_a_meaning(verdict: Verdict, language: Language) -> None:
    assert verdict_name(verdict, language)
    assert len(verdict_meaning(verdict, language)) > len(verdict_name(verdict, language))


@BOTH
@pytest.mark.parametrize("fact", Fact)
def test_every_fact_has_a_name(fact: Fact, language: Language) -> None:
    assert fact_name(fact, language)


@BOTH
def test_names_of_verdicts_and_facts_are_not_given_twice(language: Language) -> None:
    assert len({verdict_name(verdict, language) for verdict in Verdict}) == len(Verdict)
    assert len({fact_name(fact, language) for fact in Fact}) == len(Fact)


def test_a_message_is_worded_with_its_parameters() -> None:
    message = Message("device.differs", {"path": "result", "expected": "cuda:0", "got": "cpu"})
    assert render(message, Language.EN).startswith("`result` is on cpu where cuda:0 is expected.")
    assert render(message, Language.ZH).startswith("`result` 在 cpu 上，应该在 cuda:0 上。")


def test_parameters_from_closed_sets_are_translated() -> None:
    changed = Message("input.changed", {"path": "arguments.x", "aspect": "value"})
    assert "changed the values of its input `arguments.x`" in render(changed, Language.EN)
    assert "改动了输入 `arguments.x` 的数值" in render(changed, Language.ZH)
    state = Message("state.differs", {"name": "grad_mode", "expected": "on", "got": "off"})
    assert "left the grad mode at off" in render(state, Language.EN)
    assert "梯度模式是 off" in render(state, Language.ZH)


def test_a_name_of_the_students_own_is_not_translated() -> None:
    message = Message("missing.function", {"name": "grad_mode"})
    assert "`grad_mode`" in render(message, Language.ZH)


def test_numbers_and_lists_read_well() -> None:
    assert "more than 2 s" in render(Message("limit.time", {"limit_s": 2.0}), Language.EN)
    assert "0.5 秒" in render(Message("limit.time", {"limit_s": 0.5}), Language.ZH)
    files = Message("files.missing", {"names": ("a.pt", "b.pt")})
    assert render(files, Language.EN).endswith("missing: a.pt, b.pt.")
    assert render(files, Language.ZH).endswith("没有找到：a.pt、b.pt。")


def test_braces_in_a_parameter_are_only_text() -> None:
    message = Message("syntax.error", {"detail": "'{' was never closed {0} {x.__class__}"})
    assert "'{' was never closed {0} {x.__class__}" in render(message, Language.EN)


@BOTH
def test_an_unknown_key_gives_the_key_and_its_parameters(language: Language) -> None:
    assert render(Message("no.such", {"a": 1, "b": "x"}), language) == "no.such (a=1, b=x)"
    assert render(Message("no.such"), language) == "no.such"


@BOTH
def test_a_missing_parameter_gives_the_key_too(language: Language) -> None:
    assert render(Message("limit.time", {"other": 1}), language) == "limit.time (other=1)"

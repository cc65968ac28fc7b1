"""The labels around a report, in both languages."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

import judge.cli
from judge.domain.problem import Language
from judge.wording.chinese.interface import LABELS as CHINESE
from judge.wording.english.interface import LABELS as ENGLISH
from judge.wording.interface import label

USED = re.compile(r"\b(?:label|reader)\(\s*\"([a-z_.]+)\"")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_labels_with_the_same_parameters() -> None:
    chinese = {key: fields(text) for key, text in CHINESE.items()}
    assert chinese == {key: fields(text) for key, text in ENGLISH.items()}


@pytest.mark.parametrize("key", sorted(CHINESE))
def test_chinese_labels_are_written_with_full_width_punctuation(key: str) -> None:
    prose = "".join(CHINESE[key].split("`")[::2])
    assert not set(prose) & set(",;!?:()")


def test_every_label_that_the_command_line_writes_out_is_there() -> None:
    texts = [path.read_text() for path in Path(judge.cli.__file__).parent.rglob("*.py")]
    used = {key for text in texts for key in USED.findall(text)}
    assert used
    assert used <= ENGLISH.keys()


def test_a_label_is_worded_with_its_parameters() -> None:
    assert label("run.points", Language.EN, score=1, points=6) == "1 of 6 points"
    assert label("run.points", Language.ZH, score=1, points=6) == "得分 1/6"


def test_braces_in_a_parameter_are_only_text() -> None:
    assert label("source.where", Language.EN, line=1, name="{x}") == "line 1, in {x}"

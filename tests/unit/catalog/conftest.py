"""A sound problem's file, and ways to change it and to hear what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from judge.catalog import ProblemFileError, load_problem
from judge.domain.problem import Problem

SOUND = """\
format: 1
title: {zh: 批量打分, en: Batched scores}
difficulty: easy
signature: "scores(queries: Tensor, keys: Tensor) -> Tensor"
statement:
  zh: |
    计算分数。
  en: |
    Compute the scores.
solution: |
  def scores(queries, keys):
      return queries @ keys
mistakes:
  - verdict: wrong_shape
    explain: {zh: 形状, en: Shape}
    code: |
      def scores(queries, keys):
          return queries * keys
also:
  - |
    def scores(queries, keys):
        return torch.bmm(queries, keys)
cases:
  - name: worked example
    args: ["torch.ones(2, 3)", "torch.ones(3, 4)"]
  - name: another
    args: ["torch.ones(1, 3)", "torch.ones(3, 4)"]
"""


@pytest.fixture
def sound() -> str:
    """The text of a problem's file with nothing wrong."""
    return SOUND


@pytest.fixture
def edited() -> Callable[..., str]:
    """Replace one part of the sound text, which must be there, or append lines to it."""

    def edit(old: str = "", new: str = "", *, last: str = "") -> str:
        assert old in SOUND
        return SOUND.replace(old, new, 1) + last if old else SOUND + last

    return edit


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a problem's file may lie."""
    chapter = tmp_path / "01-tensors"
    chapter.mkdir()
    return chapter / "scores.yaml"


@pytest.fixture
def load(place: Path) -> Callable[[str], Problem]:
    """Load a text as a problem's file."""

    def loaded(text: str) -> Problem:
        place.write_text(text, encoding="utf-8")
        return load_problem(place)

    return loaded


@pytest.fixture
def faults(place: Path) -> Callable[[str | bytes], list[str]]:
    """Say what is wrong with a text, as `line:column: message`."""

    def found(content: str | bytes) -> list[str]:
        place.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(ProblemFileError) as caught:
            load_problem(place)
        return [str(one).removeprefix(f"{place}:") for one in caught.value.diagnostics]

    return found

"""What a page may say of a problem: its visible cases with what comes of them, nothing hidden."""

from __future__ import annotations

from judge.domain.problem import Language
from web.course.public import public_problem, shown_problem

SOURCE = """
format: 1
title: {zh: 逆, en: inverse}
difficulty: easy
signature: "inverse(x: Tensor) -> Tensor"
statement:
  zh: 返回 1/x。
  en: Return 1/x.
given: import torch
solution: |
  def inverse(x):
      if not x.is_floating_point():
          raise TypeError(x.dtype)
      print("inverted")
      return 1 / x
cases:
  - name: {zh: 一半, en: a half}
    show: true
    let: {two: "torch.tensor([2.])"}
    args: [two]
    returns: "torch.tensor([0.5])"
    prints: |
      inverted
  - name: {zh: 整数, en: an integer}
    show: true
    args: ["torch.tensor([2])"]
    raises: TypeError
  - name: {zh: 秘密, en: secret}
    args: ["torch.tensor([4.])"]
    returns: "torch.tensor([0.25])"
mistakes: []
"""


def test_a_visible_case_says_what_comes_of_it() -> None:
    first, second = public_problem("01-creation/inverse", SOURCE).samples
    assert (first.returns, first.raises, first.prints) == (
        "torch.tensor([0.5])",
        None,
        "inverted\n",
    )
    assert first.call == "two = torch.tensor([2.])\ninverse(two)"
    assert (second.returns, second.raises, second.prints) == (None, "TypeError", None)


def test_nothing_of_a_hidden_case_or_of_the_solution_is_shown() -> None:
    public = repr(public_problem("01-creation/inverse", SOURCE))
    assert "0.5" in public
    for secret in ("0.25", "secret", "秘密", "is_floating_point"):
        assert secret not in public


def test_a_result_is_highlighted_for_a_page() -> None:
    shown = shown_problem(
        "01-creation/inverse", SOURCE, Language.ZH, "创建张量", "/chapters/01-creation"
    )
    first, second = shown.samples
    assert first.returns is not None
    assert 'class="highlight"' in first.returns
    assert (second.name, second.returns, second.raises) == ("整数", None, "TypeError")

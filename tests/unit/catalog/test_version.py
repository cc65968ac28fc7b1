"""What changes a problem's version, and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.domain.problem import Problem

Load = Callable[[str], Problem]
Edited = Callable[..., str]


def test_a_version_is_sixteen_hexadecimal_digits(load: Load, sound: str) -> None:
    version = load(sound).version
    assert len(version) == 16
    assert int(version, 16) >= 0


def test_the_version_is_the_same_in_every_process(load: Load, sound: str) -> None:
    # Written down on purpose: were it to move, every stored submission would lose its problem.
    assert load(sound).version == "e84d7fe7c3642185"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: 1\n", "# a comment\n\nformat: 1   # another\n"),
        ("{zh: 批量打分, en: Batched scores}", "{zh: 分数, en: Scores}"),
        ("{zh: 批量打分, en: Batched scores}", "\n  zh: 批量打分\n  en: 'Batched scores'"),
        ("difficulty: easy", "difficulty: hard"),
        ("Compute the scores.", "Compute all the scores."),
        ("en: Shape", "en: The shape"),
        ("name: another", "name: one more"),
        ("name: another", "name: another\n    points: 1\n    show: false\n    repeat: 1"),
        ("solution: |", "solution: |+"),
        ('["torch.ones(1, 3)", ', "\n      - torch.ones(1, 3)\n      - "),
        ("also:", "limits: {time_s: 2, memory_mb: 512}\nalso:"),
        ("also:", "hints: [{zh: a, en: b}]\nteaches: [torch.bmm]\nalso:"),
        ("return torch.bmm(queries, keys)", "return keys"),
    ],
)
def test_layout_comments_and_prose_keep_the_version(
    load: Load, sound: str, edited: Edited, old: str, new: str
) -> None:
    text = edited(old, new)
    if "- torch.ones(1, 3)" in new:
        text = text.replace('"torch.ones(3, 4)"]\n', '"torch.ones(3, 4)"\n')
        text = text.replace('3)", "torch.ones(3, 4)"\n', '3)", "torch.ones(3, 4)"]\n')
    assert load(text).version == load(sound).version


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return queries @ keys", "return keys"),
        ("queries: Tensor, ", "queries, "),
        ("verdict: wrong_shape", "verdict: wrong_value"),
        ("return queries * keys", "return queries + keys"),
        ("torch.ones(1, 3)", "torch.ones(2, 3)"),
        ("name: another", "name: another\n    points: 2"),
        ("name: another", "name: another\n    show: true"),
        ("name: another", "name: another\n    repeat: 2"),
        ("name: another", "name: another\n    check: [grad]"),
        ("name: another", "name: another\n    returns: 3"),
        ("name: another", "name: another\n    raises: ValueError"),
        ("name: another", "name: another\n    prints: x"),
        ("name: another", "name: another\n    device: cuda"),
        ("name: another", "name: another\n    max_ops: 3"),
        ("name: another", "name: another\n    setup: x = 1"),
        ("name: another", "name: another\n    let: {n: 1..2}"),
        ("name: another", "name: another\n    tolerance: {rtol: 0, atol: 0}"),
        ("also:", "limits: {time_s: 3}\nalso:"),
        ("also:", "limits: {memory_mb: 3}\nalso:"),
        ("also:", "tolerance: {rtol: 0, atol: 0}\nalso:"),
        ("also:", "rules: {forbid: [for]}\nalso:"),
        ("also:", "rules: {require: [for]}\nalso:"),
        ("also:", "given: import torch\nalso:"),
    ],
)
def test_whatever_judging_uses_changes_the_version(
    load: Load, sound: str, edited: Edited, old: str, new: str
) -> None:
    assert load(edited(old, new)).version != load(sound).version


def test_every_change_gives_another_version(load: Load, edited: Edited) -> None:
    ways = ["{n: 1..2}", "{n: [1, 2]}", "{n: '(1, 2)'}", "{n: 1..3}", "{m: 1..2}", "{n: [2, 1]}"]
    versions = {
        load(edited("name: another", f"name: another\n    let: {way}")).version for way in ways
    }
    assert len(versions) == len(ways)


def test_the_order_of_draws_is_part_of_the_meaning(load: Load, edited: Edited) -> None:
    one = load(edited("name: another", "name: another\n    let: {a: 1..2, b: 1..2}"))
    other = load(edited("name: another", "name: another\n    let: {b: 1..2, a: 1..2}"))
    assert one.version != other.version

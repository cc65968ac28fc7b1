"""Wrong keys, wrong types and wrong values, each at its place and with its remedy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from judge.catalog.complaints import label

Faults = Callable[[str | bytes], list[str]]
Edited = Callable[..., str]

LAST = 28  # the line after the sound text


def test_every_missing_key_is_told(faults: Faults) -> None:
    found = faults("format: 1\n")
    missing = ["title", "difficulty", "signature", "statement", "solution", "cases"]
    assert found == [f"1:1: the key `{key}` is missing" for key in missing]


def test_a_missing_key_further_down_is_told_at_its_mapping(faults: Faults, edited: Edited) -> None:
    found = faults(edited("name: worked example\n    args", "args"))
    assert found == ["24:5: the key `name` is missing in item 1 of `cases`"]


@pytest.mark.parametrize(
    ("given", "language", "key"),
    [("{zh: 形状}", "English", "en"), ("{en: Shape}", "Chinese", "zh")],
)
def test_a_missing_translation_is_told_by_its_language(
    faults: Faults, edited: Edited, given: str, language: str, key: str
) -> None:
    found = faults(edited("{zh: 形状, en: Shape}", given))
    assert found == [f"15:14: `explain` has no {language} text: add `{key}:`"]


def test_a_text_in_one_language_only_is_refused(faults: Faults, edited: Edited) -> None:
    found = faults(edited("title: {zh: 批量打分, en: Batched scores}", "title: Scores"))
    assert found == [
        "2:8: `title` must be given in both languages, {zh: …, en: …}, but is the text 'Scores'"
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("also:", "alsoo:", "19:1: unknown key `alsoo` (did you mean `also`?)"),
        ("also:", "Also:", "19:1: unknown key `Also` (did you mean `also`?)"),
        ("verdict: w", "verdit: w", "14:5: unknown key `verdit` (did you mean `verdict`?)"),
        ("en: Shape", "eng: Shape", "15:23: unknown key `eng` (did you mean `en`?)"),
        ("    args", "    arg", "25:5: unknown key `arg` (did you mean `args`?)"),
    ],
)
def test_an_unknown_key_comes_with_the_one_that_was_meant(
    faults: Faults, edited: Edited, old: str, new: str, problem: str
) -> None:
    assert problem in faults(edited(old, new))


def test_a_key_like_no_other_comes_with_those_that_may_stand_there(
    faults: Faults, edited: Edited
) -> None:
    found = faults(edited(last="limits: {qqq: 1}\n"))
    assert found == [f"{LAST}:10: unknown key `qqq`; the keys here are time_s, memory_mb"]


def test_an_endless_unknown_key_is_cut_short(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last=f"? {'x' * 50_000}\n: 1\n"))
    assert len(found) == 1
    assert len(found[0]) < 400


def test_a_message_stays_on_one_line_whatever_the_key(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last='"a\\nb\\e[31m": 1\n'))
    assert found[0].startswith(f"{LAST}:1: unknown key `a b [31m`; the keys here are format,")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("teaches: torch", "must be a list, but is the text 'torch': put it in brackets"),
        ("teaches: [3]", "item 1 of `teaches` must be text, but is the number 3: put it in quotes"),
        ("teaches: [true]", "must be text, but is the boolean true: put it in quotes"),
        ("teaches: ['']", "item 1 of `teaches` must not be empty"),
        ("teaches: [' ']", "item 1 of `teaches` must not be empty"),
        ("hints: {zh: a, en: b}", "`hints` must be a list, but is a mapping"),
        ("limits: 3", "`limits` must be a mapping (`key: value`), but is the number 3"),
        ("limits: [1]", "`limits` must be a mapping (`key: value`), but is a list"),
        ("limits: {time_s: '2'}", "must be a number, but is the text '2': leave out the quotes"),
        ("limits: {time_s: two}", "`time_s` must be a number, but is the text 'two'"),
        ("limits: {time_s: true}", "`time_s` must be a number, but is the boolean true"),
        ("limits: {time_s: 0}", "`time_s` must be more than 0"),
        ("limits: {time_s: 61}", "`time_s` must be at most 60"),
        ("limits: {time_s: .nan}", "`time_s` must be"),
        ("limits: {memory_mb: 0.5}", "`memory_mb` must be a whole number, but is the number 0.5"),
        ("limits: {memory_mb: 0}", "`memory_mb` must be at least 1"),
        ("tolerance: {rtol: -1e-5, atol: 0}", "`rtol` must be at least 0"),
        ("tolerance: {rtol: 0, atol: .inf}", "`atol` must be a finite number"),
        ("tolerance: {rtol: 0}", "the key `atol` is missing in `tolerance`"),
        ("rules: {forbid: [a b]}", "item 1 of `forbid` must be a name such as torch.einsum"),
        ("rules: {forbid: for}", "`forbid` must be a list"),
        ("exempt: {detached: ''}", "`detached` must not be empty"),
        ("exempt: [detached]", "`exempt` must be a mapping"),
        ("given: ''", "`given` must not be empty"),
    ],
)
def test_a_wrong_value_is_told_with_what_it_should_be(
    faults: Faults, edited: Edited, line: str, problem: str
) -> None:
    found = faults(edited(last=f"{line}\n"))
    assert len(found) == 1
    assert problem in found[0]
    assert found[0].startswith(f"{LAST}:")


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("show: yes", "29:11: `show` must be true or false, but is the text 'yes': in YAML 1.2"),
        ("show: 1", "29:11: `show` must be true or false, but is the number 1"),
        ("repeat: 0", "29:13: `repeat` must be at least 1"),
        ("repeat: 101", "29:13: `repeat` must be at most 100"),
        ("points: -1", "29:13: `points` must be at least 0"),
        ("points: 1.5", "29:13: `points` must be a whole number, but is the number 1.5"),
        ("max_ops: -1", "29:14: `max_ops` must be at least 0"),
        ("check: grad", "29:12: `check` must be a list"),
        (
            "check: [gard]",
            "29:13: item 1 of `check` cannot be the text 'gard' (did you mean `grad`?)",
        ),
        ("check: [value]", "29:13: item 1 of `check` must not be value: that is compared in every"),
        ("check: [7]", "item 1 of `check` must be one of grad_state, grad, layout, memory, output"),
        ("device: gpu", "29:13: `device` must be cpu or cuda (did you mean `cuda`?)"),
        ("device: tpx", "`device` must be one of cpu, cuda, but is the text 'tpx'"),
        ("device: CUDA", "`device` cannot be the text 'CUDA' (did you mean `cuda`?)"),
        ("raises: print", "`raises` must be the name of an exception class, but `print` is none"),
        ("raises: int", "`raises` must be the name of an exception class, but `int` is none"),
        ("raises: two words", "`raises` must be the name of an exception class"),
        ("raises: torch.OutOfMemoryError", "without its module (did you mean `OutOfMemoryError`?)"),
        ("prints: 3", "`prints` must be text, but is the number 3: put it in quotes"),
        ("kwargs: [1]", "`kwargs` must be a mapping"),
        ("args: torch.ones(2)", "`args` must be a list"),
        ("let: {n: 4..1}", "`n` is an empty range: 4 is more than 1 (did you mean `1..4`?)"),
        ("let: {n: 1...4}", "`n` is neither a range of whole numbers, `1..4`, nor a Python"),
        ("let: {n: 1..99999999999999999999}", "`n` must stay within 9007199254740992"),
        ("let: {n: 1..999999999999999999999999}", "`n` is neither a range"),
        ("let: {n: []}", "`n` must have at least one item"),
        (
            "let: {n: [a, [b]]}",
            "item 2 of `n` must be a Python expression in quotes, but is a list",
        ),
        ("let: {n: {a: 1}}", "`n` must be a Python expression in quotes, but is a mapping"),
        ("let: {n: .inf}", '`n` must be a finite number; write "math.inf"'),
        ("let: {1n: 3}", "29:11: `1n` must be a name that Python takes"),
        ("let: {for: 3}", "29:11: `for` must be a name that Python takes"),
        ("kwargs: {a-b: 3}", "29:14: `a-b` must be a name that Python takes"),
    ],
)
def test_a_wrong_value_in_a_case_is_told_at_its_place(
    faults: Faults, edited: Edited, key: str, problem: str
) -> None:
    found = faults(edited(last=f"  - name: third\n    {key}\n"))
    assert any(problem in one for one in found)


def test_a_name_that_is_a_number_needs_quotes(faults: Faults, edited: Edited) -> None:
    found = faults(edited("name: another", "name: 3"))
    assert found == ["26:11: `name` must be text, but is the number 3: put it in quotes"]


def test_an_empty_name_is_told_once_for_each_language(faults: Faults, edited: Edited) -> None:
    found = faults(edited("name: another", "name: ''"))
    assert found == [
        "26:11: `name` must not be empty: write the text, or leave out the key",
    ]


def test_a_problem_without_cases_is_refused(faults: Faults, sound: str) -> None:
    head, _, _ = sound.partition("cases:")
    assert faults(head + "cases: []\n") == ["23:8: `cases` must have at least one item"]


def test_another_format_than_one_is_refused(faults: Faults, edited: Edited) -> None:
    head = "1:9: `format` must be 1, the only format so far, but is"
    assert faults(edited("format: 1", "format: 2")) == [f"{head} the number 2"]
    assert faults(edited("format: 1", "format: true")) == [f"{head} the boolean true"]
    assert faults(edited("format: 1", "format: 1.0")) == [f"{head} the number 1.0"]


@pytest.mark.parametrize(
    ("verdict", "problem"),
    [
        ("wrong_shap", "cannot be the text 'wrong_shap' (did you mean `wrong_shape`?)"),
        ("wrong shape", "cannot be the text 'wrong shape' (did you mean `wrong_shape`?)"),
        ("accepted", "must not be accepted: right answers belong under `also`"),
        ("judge_error", "must not be judge_error"),
        ("xyz", "must be one of runtime_error, wrong_exception"),
        ("[a]", "must be one of runtime_error, wrong_exception"),
    ],
)
def test_a_mistake_needs_a_verdict_that_an_answer_can_earn(
    faults: Faults, edited: Edited, verdict: str, problem: str
) -> None:
    found = faults(edited("verdict: wrong_shape", f"verdict: {verdict}"))
    assert len(found) == 1
    assert found[0].startswith(f"14:14: `verdict` {problem}")


def test_all_faults_of_a_file_come_at_once_in_their_order(faults: Faults, edited: Edited) -> None:
    found = faults(
        edited("difficulty: easy", "difficulty: 3")
        .replace("    return queries @ keys", "    return queries @")
        .replace("name: another", "name: worked example")
        .replace("torch.ones(3, 4)", "torch.ones(3,")
        + "titel: &a 3\n"
    )
    assert [one.partition(" ")[0] for one in found] == [
        "3:13:",
        "12:23:",
        "25:43:",
        "26:11:",
        "27:43:",
        "28:1:",
        "28:8:",
    ]


@pytest.mark.parametrize(
    ("route", "name"),
    [
        ((), "the file"),
        (("title",), "`title`"),
        (("title", "zh"), "`zh` of `title`"),
        (("hints", 1, "en"), "`en` of item 2 of `hints`"),
        (("cases", 0, "args", 2), "item 3 of `args`"),
    ],
)
def test_a_label_names_a_value_for_people(route: tuple[str | int, ...], name: str) -> None:
    assert label(route) == name

"""YAML that is broken, dangerous or ambiguous."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Faults = Callable[[str | bytes], list[str]]
Edited = Callable[..., str]


def test_a_key_given_twice_is_told_with_both_lines(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last="title: {zh: 二, en: two}\n"))
    assert found == ["28:1: the key `title` is here a second time; it stands on line 2 already"]


def test_a_key_given_twice_further_down_is_told_too(faults: Faults, edited: Edited) -> None:
    found = faults(edited("{zh: 形状, en: Shape}", "{zh: 形状, en: Shape, en: Form}"))
    assert found == ["15:34: the key `en` is here a second time; it stands on line 15 already"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: &name {zh: a, en: b}\n", "1:8: the anchor `&name` is refused: leave it out"),
        ("title: *name\n", "1:8: `*name` is refused: write the value out"),
        ("title: !!python/object:os.system [x]\n", "1:8: a `!` tag is refused"),
        ("title: !!str 3\n", "1:8: a `!` tag is refused"),
        ("title: ! 3\n", "1:8: a `!` tag is refused"),
        ("title: !mine {a: 1}\n", "1:8: a `!` tag is refused"),
        ("!!map {a: 1}\n", "1:1: a `!` tag is refused"),
        ("*all\n", "1:1: `*all` is refused"),
        ("? [a, b]\n: 1\n", "1:3: a key has to be text"),
        ("3: a\n", "1:1: the key `3` is not text: put it in quotes"),
        ("true: a\n", "1:1: the key `true` is not text"),
        (": a\n", "1:1: the key `` is not text"),
        ("111111111111111111111111111111111111111111: a\n", "1:1: the key `1111"),
        ("&k a: 1\n", "1:1: the anchor `&k` is refused"),
        ("!!str a: 1\n", "1:1: a `!` tag is refused"),
        ('"a\\0b": 1\n', "1:1: the key holds a NUL"),
        ('title: "\\ud800"\n', "1:8: the text holds a NUL or half a surrogate pair"),
        ('title: "\\0"\n', "1:8: the text holds a NUL or half a surrogate pair"),
        ("points: " + "1" * 5000 + "\n", "1:9: the number is longer than 40 digits"),
        ("%YAML 1.1\n---\na: 1\n", "2:1: leave out the `%` directive"),
        ("a: 1\n---\nb: 1\n", "2:1: a second document begins here"),
    ],
)
def test_what_the_format_has_no_use_for_is_refused(faults: Faults, text: str, problem: str) -> None:
    assert any(one.startswith(problem) for one in faults(text))


def test_a_refused_value_is_complained_about_once(faults: Faults, edited: Edited) -> None:
    found = faults(edited("explain: {zh: 形状, en: Shape}", "explain: *shape"))
    assert found == ["15:14: `*shape` is refused: write the value out"]


@pytest.mark.parametrize("nothing", ["", " null", " ~", "   # later"])
def test_a_key_without_a_value_is_told_at_the_key(
    faults: Faults, edited: Edited, nothing: str
) -> None:
    found = faults(edited(last=f"hints:{nothing}\n"))
    assert len(found) == 1
    assert found[0].startswith("28:1: `hints` has no value: write one, or leave it out")


def test_a_missing_item_is_told_at_its_dash(faults: Faults, edited: Edited) -> None:
    found = faults(edited(last="teaches:\n  -\n  - b\n"))
    assert found[0].startswith("29:4: this item has no value")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: b: c\n", "1:5: not valid YAML: mapping values are not allowed here; a text with"),
        ("a:\n\t- b\n", "2:1: not valid YAML: found character '\\t' that cannot start any token;"),
        ("a: 'b\n", "2:1: not valid YAML: found unexpected end of stream; a quote or bracket"),
        ("a: [1, 2\nb: 3\n", "2:2: not valid YAML: expected ',' or ']'"),
        ("a: @b\n", "1:4: not valid YAML: found character '@'"),
        ("a: 1\n  b: 2\n", "2:4: not valid YAML: mapping values are not allowed here"),
        ("a: !x!y z\n", "1:4: not valid YAML: found undefined tag handle"),
        ("a: 1\nb: \x07\n", "2:4: the character U+0007 may not stand here"),
        ('a: "\\UFFFFFFFF"\n', "1:"),
    ],
)
def test_broken_yaml_is_told_with_place_and_remedy(faults: Faults, text: str, problem: str) -> None:
    found = faults(text)
    assert len(found) == 1
    assert found[0].startswith(problem)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "[a, " * 100_000],
)
def test_a_hundred_thousand_levels_are_a_fault_and_no_crash(faults: Faults, text: str) -> None:
    assert "nested more than 32 levels deep" in faults(text)[0]


@pytest.mark.parametrize(
    "text",
    ["".join(f"k{i}: 1\n" for i in range(80_000)), "[" + "a," * 400_000 + "]"],
)
def test_a_flood_of_values_is_cut_off(faults: Faults, text: str) -> None:
    assert "more than 20000 values" in faults(text)[-1]


def test_a_billion_laughs_do_not_unfold(faults: Faults) -> None:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 20)]
    found = faults("\n".join(lines))
    assert "1:5: the anchor `&a0` is refused: leave it out" in found


def test_hundreds_of_faults_are_cut_to_a_hundred_and_a_count(
    faults: Faults, edited: Edited
) -> None:
    found = faults(edited(last="".join(f"wrong{i}: 1\n" for i in range(250))))
    assert len(found) == 101
    assert found[-1].endswith("150 more errors are not shown")

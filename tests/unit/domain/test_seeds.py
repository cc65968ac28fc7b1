"""What is drawn is secret, repeatable, and independent of everything else that is drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from judge.domain.problem import Case, Choice, Expression, IntegerRange, Text
from judge.domain.seeds import derive, draw, new_seed

CASE = Case(
    name=Text("一", "one"),
    let=(
        ("n", IntegerRange(1, 4)),
        ("mode", Choice(("'sum'", "'mean'"))),
        ("x", Expression("torch.randn(n)")),
    ),
)


def test_a_seed_is_new_each_time_and_128_bits_wide() -> None:
    seeds = {new_seed() for _ in range(100)}
    assert len(seeds) == 100
    assert all(len(seed) == 32 and int(seed, 16) >= 0 for seed in seeds)


@given(
    st.text("0123456789abcdef", max_size=64),
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from(["input", "let"]),
)
def test_a_derived_seed_is_repeatable_and_fits_63_bits(
    seed: str, case: int, repetition: int, purpose: str
) -> None:
    one = derive(seed, case=case, repetition=repetition, purpose=purpose)
    assert one == derive(seed, case=case, repetition=repetition, purpose=purpose)
    assert 0 <= one < 1 << 63


def test_every_purpose_of_every_run_has_a_seed_of_its_own() -> None:
    found = {
        derive(seed, case=case, repetition=repetition, purpose=purpose)
        for seed in ("a", "b")
        for case in range(12)
        for repetition in range(12)
        for purpose in ("input", "let", "cotangent")
    }
    assert len(found) == 2 * 12 * 12 * 3


def test_a_draw_is_repeatable_and_keeps_the_order_of_the_names() -> None:
    assert draw(CASE, seed=7) == draw(CASE, seed=7)
    assert [name for name, _ in draw(CASE, seed=7)] == ["n", "mode", "x"]


def test_both_ends_of_a_range_and_every_option_are_drawn_and_nothing_else() -> None:
    draws = [dict(draw(CASE, seed=seed)) for seed in range(200)]
    assert {each["n"] for each in draws} == {"1", "2", "3", "4"}
    assert {each["mode"] for each in draws} == {"'sum'", "'mean'"}


def test_an_expression_is_left_as_the_author_wrote_it() -> None:
    assert {dict(draw(CASE, seed=seed))["x"] for seed in range(20)} == {"torch.randn(n)"}

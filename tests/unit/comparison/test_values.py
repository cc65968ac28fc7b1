"""Numbers: tolerances by dtype, exactness, NaN, infinities, and the numbers of a difference."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.domain.observation import ScalarNode, SymbolNode
from judge.domain.problem import Tolerance
from judge.domain.report import ValueDifference
from judge.domain.verdict import Fact
from tests.unit.comparison.build import (
    INF,
    NAN,
    array,
    differences,
    number,
    only,
    raw,
    sequence,
    tensor,
)

FLOATS = [
    ("float16", 1e-3, 1e-5),
    ("float32", 1.3e-6, 1e-5),
    ("float64", 1e-7, 1e-7),
    ("complex64", 1.3e-6, 1e-5),
    ("complex128", 1e-7, 1e-7),
]


def values(got: object, want: object, dtype: str = "float32") -> ValueDifference:
    found = only(differences(tensor(got, dtype), tensor(want, dtype)))
    assert found.values is not None
    return found.values


def bfloat16(*numbers: float) -> bytes:
    return b"".join(np.float32(number).tobytes()[2:] for number in numbers)


@pytest.mark.parametrize(("dtype", "rtol", "atol"), FLOATS)
def test_each_dtype_has_the_tolerance_of_assert_close(dtype: str, rtol: float, atol: float) -> None:
    want = tensor([1000.0, 1.0], dtype)
    inside, outside = 1000 + 800 * rtol + atol, 1000 + 1500 * rtol + 2 * atol
    if dtype != "float16":  # its steps at 1000 are wider than that
        assert not differences(tensor([inside, 1.0], dtype), want)
    found = only(differences(tensor([outside, 1.0], dtype), want))
    assert found.values is not None
    assert (found.values.rtol, found.values.atol) == (rtol, atol)


def test_bfloat16_is_read_exactly_and_has_its_own_tolerance() -> None:
    want = raw(bfloat16(1.0, 100.0, -2.5), "bfloat16", (3,))
    assert not differences(raw(bfloat16(1.0, 101.0, -2.5), "bfloat16", (3,)), want)
    found = only(differences(raw(bfloat16(1.0, 104.0, -2.5), "bfloat16", (3,)), want))
    assert found.values is not None
    assert (found.values.worst, found.values.worst_expected, found.values.worst_got) == (
        (1,),
        100.0,
        104.0,
    )


def test_complex32_is_read_as_pairs_of_float16() -> None:
    want = raw(np.array([1, 2, 3, 4], "<f2").tobytes(), "complex32", (2,))
    got = raw(np.array([1, 2, 3, 5], "<f2").tobytes(), "complex32", (2,))
    found = only(differences(got, want)).values
    assert found is not None
    assert (found.worst_expected, found.worst_got) == ("(3+4j)", "(3+5j)")


def test_float8_is_compared_by_its_bytes() -> None:
    want = raw(b"\x00\x3c", "float8_e5m2", (2,))
    assert not differences(want, want)
    found = only(differences(raw(b"\x00\x3d", "float8_e5m2", (2,)), want)).values
    assert found is not None
    assert (found.differing, found.worst_got, found.largest_absolute) == (1, "0x3d", None)
    assert found.map is not None
    assert found.map.cells == ((0.0, INF),)


@pytest.mark.parametrize("dtype", ["float8_e4m3fn", "float4_e2m1fn_x2", "never_heard_of"])
def test_a_dtype_that_is_not_looked_into_is_still_compared(dtype: str) -> None:
    assert not differences(raw(b"abcd", dtype, (4,)), raw(b"abcd", dtype, (4,)))
    assert differences(raw(b"abcd", dtype, (4,)), raw(b"abce", dtype, (4,)))


def test_an_explicit_tolerance_replaces_the_default_for_floating_numbers_only() -> None:
    loose = Tolerance(rtol=0.0, atol=0.5)
    assert not differences(tensor([1.4]), tensor([1.0]), tolerance=loose)
    assert not differences(number(1.4), number(1.0), tolerance=loose)
    assert differences(tensor([2], "int64"), tensor([1], "int64"), tolerance=Tolerance(0, 5))
    assert differences(number(2), number(1), tolerance=Tolerance(0, 5))
    strict = Tolerance(rtol=0.0, atol=0.0)
    assert differences(tensor([1.0000001]), tensor([1.0]), tolerance=strict)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "complex64", "complex128"])
def test_nan_agrees_with_nan_only_and_infinities_with_themselves(dtype: str) -> None:
    want = tensor([NAN, INF, -INF, 0.0, 1.0], dtype)
    assert not differences(tensor([-NAN, INF, -INF, -0.0, 1.0], dtype), want)
    for position, wrong in enumerate([1.0, -INF, NAN, NAN, INF]):
        numbers = [NAN, INF, -INF, 0.0, 1.0]
        numbers[position] = wrong
        found = values(numbers, [NAN, INF, -INF, 0.0, 1.0], dtype)
        assert (found.differing, found.worst, found.largest_absolute) == (1, (position,), INF)


def test_nan_payloads_and_signalling_nans_are_all_nan() -> None:
    quiet = np.array([0x7FC00000, 0x7FC00001], "<u4").tobytes()
    signalling = np.array([0x7F800001, 0xFFC00000], "<u4").tobytes()
    assert not differences(raw(signalling, "float32", (2,)), raw(quiet, "float32", (2,)))


def test_complex_infinities_are_compared_part_by_part() -> None:
    want = tensor([complex(INF, 1.0), complex(NAN, 2.0)], "complex128")
    near = tensor([complex(INF, 1.0 + 1e-9), complex(NAN, 2.0)], "complex128")
    assert not differences(near, want)
    far = tensor([complex(INF, 2.0), complex(NAN, 2.0)], "complex128")
    assert only(differences(far, want)).fact is Fact.VALUE


def test_a_nan_is_worse_than_any_finite_error() -> None:
    found = values([1e30, NAN, 3.0], [1.0, 2.0, 3.0])
    assert (found.differing, found.total, found.worst) == (2, 3, (1,))
    assert found.largest_relative == INF


def test_large_integers_are_compared_without_loss() -> None:
    big = 2**53
    found = values([big + 1, 5], [big, 5], "int64")
    assert (found.worst_expected, found.worst_got, found.largest_absolute) == (big, big + 1, 1.0)
    assert not differences(number(big), number(big))
    assert differences(number(2**63 + 1), number(2**63))


def test_integer_errors_do_not_overflow() -> None:
    low, high = -(2**63), 2**63 - 1
    found = values([high], [low], "int64")
    assert found.largest_absolute == pytest.approx(2.0**64)
    assert found.largest_relative == pytest.approx(2.0)
    assert values([0], [2**64 - 1], "uint64").largest_absolute == pytest.approx(2.0**64)
    assert values([2**64 - 1], [0], "uint64").worst_got == 2**64 - 1


def test_any_byte_but_zero_is_true() -> None:
    assert not differences(raw(b"\x02\x00", "bool", (2,)), raw(b"\x01\x00", "bool", (2,)))
    found = only(differences(tensor([True, False], "bool"), tensor([True, True], "bool"))).values
    assert found is not None
    assert (found.worst_expected, found.worst_got) == (True, False)
    assert (found.largest_absolute, found.expected) == (None, [True, True])


def test_relative_errors_are_to_the_key_and_absent_where_the_key_is_zero() -> None:
    assert values([2.0, 1.0], [0.0, 0.0]).largest_relative is None
    assert values([3.0, 5.0], [0.0, 4.0]).largest_relative == 0.25


def test_huge_differences_overflow_to_infinity_and_still_differ() -> None:
    found = values([1e308], [-1e308], "float64")
    assert found.largest_absolute == INF


def test_small_tensors_are_listed_and_larger_ones_are_not() -> None:
    found = values([[1.0, 2.0], [3.0, 5.0]], [[1.0, 2.0], [3.0, 4.0]])
    assert (found.expected, found.got) == ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 5.0]])
    assert values(np.ones(65), np.zeros(65)).expected is None
    assert values(2.0, 1.0).expected == 1.0
    assert values([1 + 1j], [1 + 2j], "complex64").expected == ["(1+2j)"]


@pytest.mark.parametrize(
    ("got", "want", "agree"),
    [
        (1.0 + 1e-9, 1.0, True),
        (1.001, 1.0, False),
        (NAN, NAN, True),
        (NAN, 1.0, False),
        (INF, INF, True),
        (-INF, INF, False),
        (0.0, -0.0, True),
        (1 + 1e-9j, 1 + 0j, True),
        (complex(NAN, 1), complex(NAN, 1), True),
        (complex(NAN, 1), complex(NAN, 2), False),
        (complex(1e308, 1e308), complex(-1e308, -1e308), False),
        (10**400, 10**400 + 1, False),
        (True, False, False),
        ("a", "a", True),
        ("a", "b", False),
        (b"a", b"c", False),
    ],
)
def test_plain_numbers_follow_the_same_rules(got: object, want: object, agree: bool) -> None:  # noqa: FBT001
    found = differences(number(got), number(want))
    assert (found == ()) is agree
    if not agree:
        assert only(found).fact is Fact.VALUE
        assert only(found).expected is not None


def test_numpy_scalars_have_the_tolerance_of_their_dtype() -> None:
    near = number(1.000001, "numpy.float32")
    assert not differences(near, number(1.0, "numpy.float32"))
    assert differences(number(1.000001, "numpy.float64"), number(1.0, "numpy.float64"))


def test_a_scalar_that_is_not_of_its_kind_is_refused() -> None:
    assert differences(ScalarNode("int", "1"), ScalarNode("int", 1))
    assert differences(ScalarNode("float", None), ScalarNode("float", 1.0))


def test_symbols_are_compared_by_name() -> None:
    want = SymbolNode("torch.dtype", "torch.float32")
    found = only(differences(SymbolNode("torch.dtype", "torch.float64"), want))
    assert (found.fact, found.expected, found.got) == (
        Fact.VALUE,
        "torch.float32",
        "torch.float64",
    )


def test_the_first_wrong_tensor_is_the_one_that_is_reported() -> None:
    found = only(
        differences(
            sequence(tensor([1.0]), tensor([3.0]), tensor([4.0])),
            sequence(tensor([1.0]), tensor([2.0]), tensor([2.0])),
        )
    )
    assert found.path == "result[1]"


def test_arrays_follow_the_same_rules() -> None:
    assert not differences(array([1.0, NAN]), array([1.0 + 1e-9, NAN]))
    assert only(differences(array([1.0]), array([2.0]))).fact is Fact.VALUE


reals = st.floats(width=32) | st.sampled_from([0.0, -0.0, INF, -INF, NAN, 1.0, 1.000001])


def agree(got: float, want: float) -> bool:
    """The definition, in exact arithmetic."""
    if math.isnan(want) or math.isnan(got):
        return math.isnan(want) and math.isnan(got)
    if math.isinf(want) or math.isinf(got):
        return want == got
    limit = Fraction(1e-5) + Fraction(1.3e-6) * abs(Fraction(want))
    return abs(Fraction(got) - Fraction(want)) <= limit


@given(st.lists(st.tuples(reals, reals), min_size=1, max_size=8))
def test_float32_agrees_with_the_definition_element_by_element(
    pairs: list[tuple[float, float]],
) -> None:
    got, want = zip(*pairs, strict=True)
    expected = sum(not agree(g, w) for g, w in pairs)
    found = differences(tensor(got), tensor(want))
    counted = found[0].values.differing if found and found[0].values else 0
    assert counted == expected


@given(st.lists(st.tuples(*[st.integers(-(2**63), 2**63 - 1)] * 2), min_size=1, max_size=8))
def test_int64_agrees_with_python(pairs: list[tuple[int, int]]) -> None:
    got, want = zip(*pairs, strict=True)
    found = differences(tensor(got, "int64"), tensor(want, "int64"))
    if got == want:
        assert not found
        return
    values = only(found).values
    assert values is not None
    assert values.differing == sum(g != w for g, w in pairs)
    largest = max(abs(g - w) for g, w in pairs)
    assert values.largest_absolute == pytest.approx(largest)

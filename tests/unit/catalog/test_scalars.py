"""What plain YAML scalars mean."""

from __future__ import annotations

import math

import pytest

from judge.catalog.scalars import resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-5", 1e-5),
        ("1E5", 1e5),
        ("12.", 12.0),
        (".5", 0.5),
        ("-.inf", -math.inf),
        ("12", 12),
        ("-3", -3),
        ("010", 10),
        ("0o10", 8),
        ("0x1F", 31),
        ("true", True),
        ("False", False),
    ],
)
def test_numbers_and_booleans_are_what_they_look_like(text: str, value: object) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "on",
        "n",
        "1:30",
        "2026-01-01",
        "1_000",
        "<<",
        "=",
        "1..4",
        "None",
        "e5",
        ".",
        "-",
        "1e",
    ],
)
def test_what_other_versions_of_yaml_convert_stays_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize("text", ["", "~", "null", "Null"])
def test_nothing_is_nothing(text: str) -> None:
    assert resolve(text) is None


def test_not_a_number_is_a_float() -> None:
    value = resolve(".nan")
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize("text", ["1" * 5000, "0x" + "f" * 5000, "1." + "0" * 5000])
def test_a_number_of_thousands_of_digits_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="longer than 40 digits"):
        resolve(text)

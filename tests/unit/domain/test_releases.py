"""Which torch may judge a course: by the release that most of its problems were loaded for."""

from __future__ import annotations

import pytest

from judge.domain.releases import needed_release, same_release


@pytest.mark.parametrize(
    ("own", "loaded", "needed"),
    [
        ("2.13.0+cpu", {}, None),
        ("2.13.0+cpu", {"2.13.0": 116}, None),
        ("2.13.0+cu128", {"2.13.0+cpu": 116}, None),
        ("2.12.1+cpu", {"2.13.0": 116}, "2.13.0"),
        ("2.14.0", {"2.13.0+cpu": 116}, "2.13.0"),
        # The file of one does not hold at the moment.
        ("2.13.0", {"2.13.0": 115, "2.12.1": 1}, None),
        ("2.12.1", {"2.13.0": 115, "2.12.1": 1}, "2.13.0"),
        # Builds count together.
        ("2.12.1", {"2.13.0+cpu": 2, "2.13.0+cu128": 2, "2.12.1": 3}, "2.13.0"),
        ("2.12.1", {"2.13.0": 3, "2.12.1": 3}, None),
    ],
)
def test_the_release_of_most_problems_decides(
    own: str, loaded: dict[str, int], needed: str | None
) -> None:
    assert needed_release(own, loaded) == needed


def test_builds_of_a_release_are_alike() -> None:
    assert same_release("2.13.0+cpu", "2.13.0")
    assert not same_release("2.13.0", "2.13.1")

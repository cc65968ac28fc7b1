"""Which release of torch the course is checked with; what answers are right depends on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

TORCH = "2.13.0"
"""As ``pyproject.toml`` pins it. Here too, for the site has no torch to ask."""


def release_of(version: str) -> str:
    """Return the release of a version: builds of it (``+cpu``, ``+cu128``) are alike."""
    return version.partition("+")[0]


def same_release(one: str, other: str) -> bool:
    """Tell whether two versions are one release."""
    return release_of(one) == release_of(other)


def needed_release(own: str, loaded: Mapping[str, int]) -> str | None:
    """Return the release that the course needs, where another torch than that is here.

    Args:
        own: the version of torch that would judge.
        loaded: for which versions the problems in use were loaded, and how many each. A problem
            whose file does not hold at the moment keeps an older one, so most of them decide.

    Returns:
        None where this torch may judge, or nobody knows what the course was loaded for.
    """
    releases: Counter[str] = Counter()
    for version, number in loaded.items():
        releases[release_of(version)] += number
    most = max(releases.values(), default=0)
    wanted = sorted(release for release, number in releases.items() if number == most)
    return None if not wanted or release_of(own) in wanted else wanted[-1]

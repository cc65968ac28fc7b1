"""Browsers by name."""

from __future__ import annotations

import pytest

from web.accounts.devices import device_name

_WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {_WEBKIT} Chrome/150.0 Safari/537.36", "Chrome · Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {_WEBKIT} Chrome/150.0 Safari/537.36 Edg/150.0",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        (
            "Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0",
            "Firefox · Android",
        ),
        ("curl/8.5", "curl/8.5"),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_people_call_it(agent: str, name: str) -> None:
    assert device_name(agent) == name

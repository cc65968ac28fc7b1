"""Each setting's value and where it is from, with nothing secret in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from judge.settings import InForce, Origin, Settings, in_force, read_settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment that sets nothing, in a folder that holds nothing."""
    for name in [name for name in os.environ if name.startswith("JUDGE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


def line(name: str) -> InForce:
    return next(each for each in in_force(read_settings()) if each.name == name)


def test_every_setting_is_there_and_by_default_from_nowhere() -> None:
    lines = in_force(read_settings())
    assert [each.name for each in lines] == list(Settings.model_fields)
    assert {(each.origin, each.place) for each in lines} == {(Origin.DEFAULT, "")}
    assert (
        line("database_url").value == f"sqlite:///{Path.home()}/.local/share/tensorjudge/judge.db"
    )


def test_a_value_says_where_it_is_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("tensorjudge.toml").write_text('port = 9000\nhost = "0.0.0.0"\n')
    monkeypatch.setenv("JUDGE_HOST", "::1")
    monkeypatch.setenv("JUDGE_LANGUAGE", "")
    key = tmp_path / "key"
    key.write_text("sealed\n")
    monkeypatch.setenv("JUDGE_SECRET_KEY_FILE", str(key))
    monkeypatch.setenv("JUDGE_SECRET_KEY", "another")
    found = {name: line(name) for name in ("host", "port", "language", "secret_key")}
    assert {name: (each.origin, each.place) for name, each in found.items()} == {
        "host": (Origin.ENVIRONMENT, "JUDGE_HOST"),
        "port": (Origin.FILE, "tensorjudge.toml"),
        "language": (Origin.DEFAULT, ""),
        "secret_key": (Origin.OWN_FILE, "JUDGE_SECRET_KEY_FILE"),
    }
    assert (found["host"].value, found["port"].value) == ("::1", "9000")


def test_of_a_secret_only_whether_it_is_set_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (line("smtp_url").value, line("smtp_url").given) == (None, False)
    monkeypatch.setenv("JUDGE_PUBLIC_URL", "https://judge.example.org")
    monkeypatch.setenv("JUDGE_SMTP_URL", "smtp://me:sealed@mail:587")
    assert (line("smtp_url").value, line("smtp_url").given) == (None, True)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://judge:sealed@db/judge", "postgresql://judge:***@db/judge"),
        ("postgresql://judge@db:5432/judge", "postgresql://judge@db:5432/judge"),
        ("postgresql:///judge?password=sealed", "postgresql:///judge?***"),
        ("postgresql://db/judge?password=se@led", "postgresql://***"),
        ("postgresql://judge:se/led@db/judge", "postgresql://***"),
        ("postgresql://judge:se@led@db/judge", "postgresql://judge:***@db/judge"),
        ("redis://:sealed@broker:6379/0", "redis://:***@broker:6379/0"),
        ("filesystem", "filesystem"),
    ],
)
def test_addresses_are_shown_without_what_is_secret_in_them(
    monkeypatch: pytest.MonkeyPatch, address: str, shown: str
) -> None:
    name = "database_url" if address.startswith("postgresql") else "broker_url"
    monkeypatch.setenv(f"JUDGE_{name}".upper(), address)
    assert line(name).value == shown

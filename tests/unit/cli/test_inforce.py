"""``judge settings``: what holds, where it is from, and nothing secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from judge.cli import main


@pytest.fixture
def call(tmp_path: Path) -> CliRunner:
    (tmp_path / "broker").write_text("redis://:hidden-1@host/0")
    (tmp_path / "judge.toml").write_text("under_way = 7\n")
    return CliRunner(
        env={
            "JUDGE_BROKER_URL_FILE": str(tmp_path / "broker"),
            "JUDGE_CONFIG": str(tmp_path / "judge.toml"),
            "JUDGE_DATABASE_URL": "postgresql://judge:hidden-2@host/judge?password=hidden-3",
            "JUDGE_SECRET_KEY": "hidden-4",
            "JUDGE_PORT": None,
            "JUDGE_SMTP_URL": None,
        }
    )


def test_each_setting_says_where_it_is_from(call: CliRunner) -> None:
    done = call.invoke(main, ["settings", "--json"])
    found = {each["name"]: each for each in json.loads(done.stdout)["settings"]}
    names = ("port", "under_way", "database_url", "broker_url")
    assert {name: found[name]["origin"] for name in names} == {
        "port": "default",
        "under_way": "file",
        "database_url": "environment",
        "broker_url": "own_file",
    }
    assert (found["under_way"]["value"], found["port"]["value"]) == ("7", "8000")
    assert (found["secret_key"]["given"], found["smtp_url"]["given"]) == (True, False)


@pytest.mark.parametrize("options", [[], ["--json"], ["--changed"]])
def test_no_secret_is_shown(options: list[str], call: CliRunner) -> None:
    done = call.invoke(main, ["settings", *options])
    assert done.exit_code == 0
    assert "secret_key".upper() in done.stdout.upper()
    assert "judge:***@host/judge?***" in done.stdout
    assert "hidden" not in done.output


def test_only_what_is_changed_on_request(call: CliRunner) -> None:
    lines = call.invoke(main, ["settings", "--changed"]).stdout.splitlines()
    assert not [line for line in lines if line.startswith("JUDGE_PORT")]
    assert [line for line in lines if line.startswith("JUDGE_UNDER_WAY")]

"""The environment, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge.settings import SettingsError, read_settings

NAMES = ("JUDGE_PROBLEMS", "JUDGE_CACHE_DIR", "JUDGE_LANGUAGE", "XDG_CACHE_HOME")
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment that sets nothing, in a folder that holds nothing."""
    for name in (*NAMES, *LOCALE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_without_anything_set_the_repositorys_problems_are_meant(tmp_path: Path) -> None:
    settings = read_settings()
    assert settings.problems == Path(__file__).parents[2] / "problems"
    assert settings.preload == tmp_path / ".cache" / "tensorjudge" / "modules.json"
    assert settings.language == "en"


def test_problems_here_come_before_the_repositorys() -> None:
    Path("problems").mkdir()
    assert read_settings().problems == Path("problems")


def test_the_cache_is_where_the_desktops_specification_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert read_settings().cache_dir == tmp_path / "xdg" / "tensorjudge"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert read_settings().cache_dir == tmp_path / ".cache" / "tensorjudge"
    monkeypatch.setenv("JUDGE_CACHE_DIR", "~/mine")
    assert read_settings().cache_dir == tmp_path / "mine"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C", "LC_ALL": "zh_TW"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "JUDGE_LANGUAGE": "EN"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "JUDGE_LANGUAGE": ""}, "zh"),
    ],
)
def test_the_language_is_the_one_set_else_the_locales(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert read_settings().language == language


def test_every_bad_variable_is_named_with_its_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JUDGE_LANGUAGE", "klingon")
    monkeypatch.setenv("JUDGE_PROBLEMS", "/no/such")
    monkeypatch.setenv("JUDGE_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(SettingsError) as caught:
        read_settings()
    said = str(caught.value)
    assert "JUDGE_LANGUAGE is set to 'klingon': Input should be 'zh' or 'en'" in said
    assert "JUDGE_PROBLEMS is set to '/no/such': '/no/such' is no folder" in said
    assert "JUDGE_CACHE_DIR is set to" in said


def test_passwords_in_addresses_are_known_as_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_DATABASE_URL", "postgresql://judge:p%40ss@db:5432/judge")
    monkeypatch.setenv("JUDGE_BROKER_URL", "redis://:redis-pass@broker:6379/0")
    monkeypatch.setenv("JUDGE_PUBLIC_URL", "https://judge.example.org")
    monkeypatch.setenv("JUDGE_SMTP_URL", "smtp://no-password@host")
    monkeypatch.setenv("JUDGE_SECRET_KEY", "the key")
    found = set(read_settings().secrets)
    assert found == {"the key", "p%40ss", "p@ss", "redis-pass"}


def test_an_address_without_a_password_has_no_secret() -> None:
    assert read_settings().secrets == ()


def test_how_to_log_is_said_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_LOG_FORMAT", "JSON")
    monkeypatch.setenv("JUDGE_LOG_LEVEL", "Warning")
    settings = read_settings()
    assert (settings.log_format, settings.log_level) == ("json", "warning")


def test_variables_of_others_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_SOMETHING_ELSE", "x")
    assert read_settings().language == "en"


def test_a_secret_whose_file_is_empty_or_unreadable_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret"
    monkeypatch.setenv("JUDGE_SECRET_KEY_FILE", str(secret))
    secret.write_text("\n")
    with pytest.raises(SettingsError, match=r"JUDGE_SECRET_KEY_FILE names .* is empty"):
        read_settings()
    secret.unlink()
    secret.mkdir()
    with pytest.raises(SettingsError, match=r"JUDGE_SECRET_KEY_FILE names .* can't be read"):
        read_settings()


def test_a_key_is_made_once_and_one_that_was_left_empty_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGE_DATA_DIR", str(tmp_path / "data"))
    made = read_settings().key()
    assert len(made) > 40
    assert read_settings().key() == made
    path = tmp_path / "data" / "secret.key"
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("")
    again = read_settings().key()
    assert len(again) > 40
    assert [each.name for each in path.parent.iterdir()] == ["secret.key"]


def test_a_key_that_is_no_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_DATA_DIR", str(tmp_path))
    (tmp_path / "secret.key").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"secret\.key can't be used"):
        read_settings().key()

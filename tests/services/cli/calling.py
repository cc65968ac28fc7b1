"""The command ``judge``, called within this process on a database of a test's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from judge.cli import main
from judge.store import Store, audit
from judge.store.audit import Wanted


class Admin:
    """Somebody at a terminal."""

    def __init__(self, store: Store, url: str, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.environment = {
            "JUDGE_DATABASE_URL": url,
            "JUDGE_DATA_DIR": str(folder / "data"),
            "JUDGE_CACHE_DIR": str(folder / "cache"),
            "JUDGE_SECRET_KEY": "secret-of-tests",
            "JUDGE_LANGUAGE": "en",
        }

    def call(self, *arguments: str, **settings: str) -> Result:
        runner = CliRunner(env={**self.environment, **settings})
        return runner.invoke(main, arguments, prog_name="judge")

    def words(self, *arguments: str, code: int = 0, **settings: str) -> str:
        """Call; return what is printed."""
        done = self.call(*arguments, **settings)
        assert done.exit_code == code, done.output
        return done.stdout

    def json(self, *arguments: str, code: int = 0, **settings: str) -> dict[str, Any]:
        """Call with ``--json``; return the object."""
        found: dict[str, Any] = json.loads(self.words(*arguments, "--json", code=code, **settings))
        return found

    def refused(self, *arguments: str) -> str:
        """Call what is refused; return why, which both kinds of output say."""
        done = self.call(*arguments)
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        message: str = self.json(*arguments, code=2)["error"]["message"]
        return message

    def logged(self) -> list[tuple[str, str, str]]:
        """Return who did what to whom, the newest first."""
        with self.store.read() as session:
            return [
                (each.actor_name, each.action, each.subject)
                for each in audit.entries(session, Wanted())
            ]

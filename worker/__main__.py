"""``python -m worker``: one worker process, until it is told to stop."""

from __future__ import annotations

import sys

from judge.sandbox.warm import WarmSandbox
from judge.settings import SettingsError, read_settings
from judge.telemetry import logs
from worker.rules import read_start


def main(arguments: list[str] | None = None) -> int:
    """Work until a signal comes; return the exit code."""
    try:
        settings = read_settings()
        logs.configure(
            "worker",
            style=settings.log_format,
            level=settings.log_level,
            secrets=settings.secrets,
        )
        start = read_start(settings, arguments)
    except SettingsError as exc:
        print(f"worker: {exc}", file=sys.stderr)  # noqa: T201  it may be how to log
        return 2
    with WarmSandbox(ready=start.rules.threads, memory=settings.preload) as warm:
        # Imported here: the sandbox imports torch meanwhile, in a process of its own.
        from worker.service import serve  # noqa: PLC0415

        return serve(settings, start, warm)


if __name__ == "__main__":
    sys.exit(main())

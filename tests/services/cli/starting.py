"""Our own programs, started as an admin starts them, on settings of a test's own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from threading import Thread

from tests.services.conftest import free_port

LIMIT_S = 60.0


class Program:
    """One process whose words are kept, line by line."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self.port = int(settings.get("JUDGE_PORT") or free_port())
        self.words = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env={
                **os.environ,
                "JUDGE_DATA_DIR": str(folder / "data"),
                "JUDGE_CACHE_DIR": str(folder / "cache"),
                "JUDGE_PORT": str(self.port),
                "JUDGE_SECRET_KEY": "tests",
                **settings,
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.words += line

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> int:
        """Wait for its end; return the exit code."""
        code = self._process.wait(LIMIT_S)
        self._reader.join(LIMIT_S)
        return code

    def kill(self) -> None:
        """End it as a crash or a power cut does."""
        self._process.kill()
        self.end()

    def stop(self) -> None:
        if self.alive:
            self._process.terminate()
        self.end()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def wait_for_words(self, words: str) -> None:
        end = time.monotonic() + LIMIT_S
        while words not in self.words:
            assert time.monotonic() < end, self.words
            time.sleep(0.05)

    def status(self, path: str) -> int:
        """Ask the site; return the status, 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as found:
                code: int = found.status
                return code
        except urllib.error.HTTPError as exc:
            with exc:
                return int(exc.code)
        except OSError:
            return 0

    def wait_for_status(self, path: str, status: int) -> None:
        end = time.monotonic() + LIMIT_S
        while self.status(path) != status:
            assert time.monotonic() < end, self.words
            time.sleep(0.1)

"""A real browser in front of the real service: site, worker, database, broker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from judge.store import Store, schema
from tests.services.conftest import free_port, postgres, put_problem, redis

__all__ = ["postgres", "redis"]

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIMIT_S = 60
PASSWORD = "a long sentence 42"
expect.set_options(timeout=20_000)  # a busy machine is no failure of the page


@dataclass(frozen=True)
class Site:
    """Where the service is, and its database."""

    url: str
    database: str


def started(folder: Path, *, database: str, broker: str) -> Iterator[Site]:
    port = free_port()
    environment = {
        **os.environ,
        "JUDGE_DATA_DIR": str(folder),
        "JUDGE_DATABASE_URL": database,
        "JUDGE_BROKER_URL": broker,
        "JUDGE_PORT": str(port),
        "JUDGE_SECRET_KEY": "tests",
    }
    store = Store(database)
    schema.upgrade(store)
    put_problem(store)
    store.close()
    parts = [
        subprocess.Popen([sys.executable, "-m", name], env=environment, start_new_session=True)
        for name in ("worker", "web")
    ]
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url)
        yield Site(url, database)
    finally:
        for part in parts:
            part.terminate()
        for part in parts:
            try:
                part.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(part.pid, signal.SIGKILL)
                part.wait()


def wait_until_ready(url: str) -> None:
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as found:
                if b'"workers":1' in found.read().replace(b" ", b""):
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.1)
    pytest.fail("the service is not ready")


@pytest.fixture(scope="session", params=["embedded", "servers"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    if request.param == "embedded":
        yield from started(folder, database=f"sqlite:///{folder / 'judge.db'}", broker="filesystem")
    else:
        database = request.getfixturevalue("postgres").new_database()
        yield from started(folder, database=database, broker=request.getfixturevalue("redis").url)


def launched(playwright: Playwright) -> Browser:
    program = which("chromium") or which("google-chrome")
    if program is None:
        pytest.fail("no browser: `make test` installs it (apt-get install chromium)")
    return playwright.chromium.launch(executable_path=program, args=FLAGS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = launched(playwright)
        yield made
        made.close()


@dataclass
class Visitor:
    """One browser with nothing in it; ``complaints`` are what its console says."""

    context: BrowserContext
    page: Page
    site: Site
    complaints: list[str]

    def go(self, path: str) -> None:
        self.page.goto(self.site.url + path)

    def sign_in_as(self, other: Visitor) -> None:
        """Become another visitor: the same cookies."""
        for cookie in other.context.cookies():
            self.context.add_cookies(
                [{"name": cookie["name"], "value": cookie["value"], "url": self.site.url}]
            )

    def register(self, name: str) -> None:
        self.go("/register")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(self.site.url + "/")

    def write(self, code: str) -> None:
        """Replace what is in the editor."""
        self.page.wait_for_selector(".cm-content")
        self.page.click(".cm-content")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(code)


class Visitors:
    """Opens browsers."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.opened: list[BrowserContext] = []

    def __call__(self, *, locale: str = "en-US", width: int = 1280, dark: bool = False) -> Visitor:
        context = self.browser.new_context(
            locale=locale,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
        )
        self.opened.append(context)
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Visitor(context, page, self.site, complaints)


@pytest.fixture
def visitors(browser: Browser, site: Site) -> Iterator[Visitors]:
    made = Visitors(browser, site)
    yield made
    for context in made.opened:
        context.close()

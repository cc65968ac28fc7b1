"""The one letter there is, sent to a mail server of the tests' own."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from judge.settings import Settings
from judge.store import Store
from judge.store.accounts import User
from tests.services.web.conftest import People

pytestmark = pytest.mark.services
SITE = "https://judge.example.org"


class Post(socketserver.ThreadingTCPServer):
    """Takes every letter, as SMTP wants it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Clerk)
        self.letters: list[str] = []
        self.came = threading.Event()


class _Clerk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Post)
        self.wfile.write(b"220 tests\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                server.letters.append(b"".join(lines).decode())
                server.came.set()
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


@pytest.fixture
def post() -> Iterator[Post]:
    with Post() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(20)


@pytest.fixture
def settings(database_url: str, tmp_path: Path, post: Post) -> Settings:
    return Settings(
        database_url=database_url,
        data_dir=tmp_path,
        secret_key=SecretStr("tests"),
        public_url=SITE,
        smtp_url=SecretStr(f"smtp://127.0.0.1:{post.server_address[1]}"),
    )


def test_a_forgotten_password_is_set_anew_by_a_link_to_the_site_and_no_other(
    people: People, store: Store, post: Post
) -> None:
    # Over https, as cookies are for it alone.
    https = {"base_url": SITE}
    with store.write() as session:
        session.add(User(name="Ada", name_key="ada", email="ada@example.org", password_hash="none"))
    client = people.app.test_client()
    page = client.get("/forgotten", **https).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    answer = client.post(
        "/forgotten",
        data={"csrf_token": token[1], "name": "Ada"},
        headers={"Referer": SITE, "X-Forwarded-Host": "evil.example.org"},
        **https,
    )
    assert answer.status_code == 302
    assert post.came.wait(20)
    (letter,) = post.letters
    assert "To: ada@example.org" in letter
    assert "evil.example.org" not in letter
    link = re.search(rf"{SITE}(/reset/\S+)", letter)
    assert link
    assert client.get(link[1], **https).status_code == 200


def test_nobody_is_written_to_without_an_account(people: People, post: Post) -> None:
    client = people.app.test_client()
    page = client.get("/forgotten", base_url=SITE).get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    answer = client.post(
        "/forgotten",
        data={"csrf_token": token[1], "name": "nobody"},
        headers={"Referer": SITE},
        base_url=SITE,
    )
    assert answer.status_code == 302
    assert not post.came.wait(0.5)

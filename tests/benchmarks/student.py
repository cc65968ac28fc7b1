"""A student as a program: signed in, submits as the page does."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import httpx

from judge.store import Store, logins, users
from tests.e2e.conftest import Site
from tests.services.conftest import SLUG

_TOKEN = re.compile(r'name="csrf-token" content="([^"]+)"')


class Student:
    """Somebody signed in, with a connection that is kept open."""

    def __init__(self, site: Site, store: Store, name: str) -> None:
        with store.write() as session:
            user = users.create(session, name=name, password_hash="none")
            secret = logins.sign_in(session, user, device="benchmark", lasts=timedelta(hours=1))
        self.client = httpx.Client(base_url=site.url, timeout=60, cookies={"login": secret})
        found = _TOKEN.search(self.client.get("/ranking").text)
        assert found
        self.token = found[1]

    def submit(self, code: str) -> float:
        """Submit as the page does; return the seconds until the verdict is there."""
        start = time.perf_counter()
        headers = {"X-CSRFToken": self.token, "Accept": "application/json"}
        answer = self.client.post(f"/submit/{SLUG}", json={"code": code}, headers=headers)
        answer.raise_for_status()
        found = answer.json()
        while found["next_poll_ms"] is not None:
            time.sleep(found["next_poll_ms"] / 1000)
            found = self.client.get(f"/submissions/{found['id']}/status", headers=headers).json()
        assert found["verdict"] == "accepted", found
        return time.perf_counter() - start

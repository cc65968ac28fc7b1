"""Answer a monitor on a port of its own: does it live, can it work, in numbers."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from judge.errors import UsageError

_log = logging.getLogger(__name__)
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Health:
    """Whether something is as it should be, and which part of it is not."""

    parts: Mapping[str, bool]

    @property
    def ok(self) -> bool:
        """Whether every part is."""
        return all(self.parts.values())


Check = Callable[[], Health]


@dataclass(frozen=True, slots=True)
class Answers:
    """What an endpoint says: see ``Endpoint``."""

    live: Check
    ready: Check
    registry: CollectorRegistry


class Endpoint:
    """``/healthz``, ``/readyz`` and ``/metrics``. Listens at once, answers from ``start`` on."""

    def __init__(self, host: str, port: int, answers: Answers) -> None:
        """Listen.

        Raises:
            UsageError: this machine won't have it; the text says why, and which setting to change.
        """
        try:
            self._server = _Server(host, port, answers)
        except OSError as exc:
            raise UsageError(
                f"metrics can't be served on {host}:{port}: {exc.strerror or exc}. Set "
                "JUDGE_METRICS_PORT to a free port (0 for none), or JUDGE_METRICS_HOST to an "
                f"address of this machine (`ss -ltnp 'sport = :{port}'` names who listens)"
            ) from exc

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Answer, in a thread of its own. After a fork: in the process that is asked about."""
        threading.Thread(
            target=self._server.serve_forever, args=(0.5,), name="metrics", daemon=True
        ).start()
        _log.info("health and metrics on port %d", self.port)

    def close(self) -> None:
        """Listen no more."""
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, host: str, port: int, answers: Answers) -> None:
        self.answers = answers
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Bind, without asking a name server who we are."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "", int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Somebody went away before they had their answer."""
        del request, client_address
        _log.debug("a monitor went away", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    timeout = _PATIENCE_S
    server_version = "tensorjudge"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        answers = self.server.answers
        path = self.path.partition("?")[0]
        if path == "/healthz":
            self._health(answers.live())
        elif path == "/readyz":
            self._health(answers.ready())
        elif path == "/metrics":
            encode, kind = choose_encoder(self.headers.get("Accept", ""))
            self._send(200, encode(answers.registry), kind)
        else:
            self._send(404, b"there are /healthz, /readyz and /metrics\n", "text/plain")

    do_HEAD = do_GET  # noqa: N815

    def _health(self, found: Health) -> None:
        body = json.dumps({"ok": found.ok, **found.parts}).encode() + b"\n"
        self._send(200 if found.ok else 503, body, "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Say nothing: a monitor asks every few seconds."""

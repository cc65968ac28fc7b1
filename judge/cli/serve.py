"""``judge serve``: everything on one machine, by one command."""

from __future__ import annotations

import click

from judge.cli.options import settings
from judge.cli.service import Loaded, open_store, put_course
from judge.cli.serving import Part, Supervisor, insist_on_port, only_one
from judge.cli.user import add_user
from judge.domain.lifecycle import Role
from judge.errors import UsageError
from judge.settings import Settings
from judge.store import Store, schema, users
from judge.telemetry import logs

_ADMIN = "admin"
_LAST_PORT = 65535


@click.command("serve")
def command() -> None:
    """Migrate, load the problems, start the site and a worker; Ctrl-C ends both.

    The first start prints the first admin's password, once.
    """
    chosen = settings()
    with only_one(chosen.data_dir):
        insist_on_port(chosen.host, chosen.port)
        logs.configure(
            "serve",
            style=chosen.log_format,
            level=chosen.log_level,
            secrets=(*chosen.secrets, chosen.key()),
        )
        worker = _worker(chosen)
        store = open_store(chosen, current=False)
        schema.upgrade(store)
        supervisor = Supervisor([worker, Part("site", ("-m", "web"))])
        try:
            # The worker warms up while the problems are loaded.
            supervisor.start()
            loaded = put_course(store, chosen.problems)
            password = _first_admin(store)
            store.close()
            supervisor.wait_until_ready(_own_url(chosen))
            if not supervisor.stopping:
                click.echo(_welcome(chosen, loaded, password))
            supervisor.run()
        finally:
            supervisor.end()
    click.echo("stopped; nothing is left running")


def _worker(chosen: Settings) -> Part:
    """Return the worker; on one machine its metrics are served on the port after the site's.

    Raises:
        UsageError: one of the two ports can't be had.
    """
    if not chosen.metrics_port:
        return Part("worker", ("-m", "worker"))
    port = chosen.metrics_port + 1
    if port > _LAST_PORT or chosen.port in (chosen.metrics_port, port):
        raise UsageError(
            f"JUDGE_METRICS_PORT is {chosen.metrics_port}: the site's metrics are served there, "
            f"the worker's on {port}, the site itself on {chosen.port}. Choose others"
        )
    for each in (chosen.metrics_port, port):
        what, setting = "metrics", "JUDGE_METRICS_PORT"
        insist_on_port(chosen.metrics_host, each, what=what, setting=setting)
    return Part("worker", ("-m", "worker", "--metrics-port", str(port)))


def _first_admin(store: Store) -> str | None:
    with store.read() as session:
        if users.count_of(session, Role.ADMIN):
            return None
        name = _ADMIN if users.find(session, _ADMIN) is None else f"{_ADMIN}-1"
    return f"{name}  {add_user(store, name, Role.ADMIN)}"


def _own_url(chosen: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(chosen.host, chosen.host)  # noqa: S104
    return f"http://{host}:{chosen.port}"


def _welcome(chosen: Settings, loaded: Loaded, password: str | None) -> str:
    changes = loaded.changes
    count = len(changes.same) + len(changes.added) + len(changes.changed)
    lines = [
        f"TensorJudge: {chosen.public_url or _own_url(chosen)}",
        f"{count} problem{'s' * (count != 1)}; data in {chosen.data_dir}; Ctrl-C stops everything",
    ]
    if password is not None:
        lines += [
            "",
            "The first admin, shown only now (change it after signing in):",
            f"  {password}",
        ]
    for text in loaded.broken:
        lines += ["", f"Not loaded: {text}"]
    width = max(map(len, lines[:2] + lines[2:5]))
    rule = "─" * (width + 2)
    return "\n".join([f"╭{rule}╮", *(f"│ {line:{width}} │" for line in lines), f"╰{rule}╯"])

"""``judge serve``: everything on one machine, by one command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from judge.cli.options import settings
from judge.cli.serving import Part, Supervisor, insist_on_port, only_one
from judge.errors import SandboxError, UsageError
from judge.settings import Settings
from judge.telemetry import logs

if TYPE_CHECKING:
    from judge.cli.preparing import Prepared

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
        worker, site = _worker(chosen), Part("site", ("-m", "web"))
        supervisor = Supervisor([worker, site])
        try:
            # The worker's sandbox takes longest to start: everything else is done meanwhile.
            worker.start(held=True)
            from judge.cli import preparing  # noqa: PLC0415

            store = preparing.migrated(chosen)
            worker.release()
            # Before the site: whoever finds it finds the course, too.
            prepared = preparing.filled(store, chosen)
            site.start()
            _wait(supervisor, chosen, prepared)
            supervisor.run()
        finally:
            supervisor.end()
    click.echo("stopped; nothing is left running")


def _wait(supervisor: Supervisor, chosen: Settings, prepared: Prepared) -> None:
    """Wait until all is ready, and say so; a password that was made is said whatever comes."""
    try:
        supervisor.wait_until_ready(_own_url(chosen))
    except SandboxError:
        if prepared.admin is not None:
            click.echo(_welcome(chosen, prepared))
        raise
    if prepared.admin is not None or not supervisor.stopping:
        click.echo(_welcome(chosen, prepared))


def _worker(chosen: Settings) -> Part:
    """Return the worker; on one machine its metrics are served on the port after the site's.

    Raises:
        UsageError: one of the two ports can't be had.
    """
    if not chosen.metrics_port:
        return Part("worker", ("-m", "worker", "--hold"))
    port = chosen.metrics_port + 1
    if port > _LAST_PORT or chosen.port in (chosen.metrics_port, port):
        raise UsageError(
            f"JUDGE_METRICS_PORT is {chosen.metrics_port}: the site's metrics are served there, "
            f"the worker's on {port}, the site itself on {chosen.port}. Choose others"
        )
    for each in (chosen.metrics_port, port):
        what, setting = "metrics", "JUDGE_METRICS_PORT"
        insist_on_port(chosen.metrics_host, each, what=what, setting=setting)
    return Part("worker", ("-m", "worker", "--hold", "--metrics-port", str(port)))


def _own_url(chosen: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(chosen.host, chosen.host)  # noqa: S104
    return f"http://{host}:{chosen.port}"


def _welcome(chosen: Settings, prepared: Prepared) -> str:
    count = prepared.problems
    lines = [
        f"TensorJudge: {chosen.public_url or _own_url(chosen)}",
        f"{count} problem{'s' * (count != 1)}; data in {chosen.data_dir}; Ctrl-C stops everything",
    ]
    if prepared.admin is not None:
        lines += [
            "",
            "The first admin, shown only now (change it after signing in):",
            f"  {prepared.admin}",
        ]
    for text in prepared.broken:
        lines += ["", f"Not loaded: {text}"]
    width = max(map(len, lines[:2] + lines[2:5]))
    rule = "─" * (width + 2)
    return "\n".join([f"╭{rule}╮", *(f"│ {line:{width}} │" for line in lines), f"╰{rule}╯"])

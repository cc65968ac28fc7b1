"""``judge worker``: become a worker process."""

from __future__ import annotations

import os
import sys

import click

from judge.cli.options import settings


@click.command("worker")
@click.option("--queues", metavar="LIST", help="Some of cpu,gpu,bulk; else as the settings say.")
@click.option("--threads", type=click.IntRange(1, 256), help="Submissions at a time.")
@click.option("--name", help="How it is called in logs and lists; else by host and process.")
@click.option(
    "--metrics-port",
    type=click.IntRange(0, 65535),
    help="Where its health and metrics are served; each worker of a machine needs its own.",
)
def command(
    *, queues: str | None, threads: int | None, name: str | None, metrics_port: int | None
) -> None:
    """Judge submissions until told to stop; start as many as you like, on as many machines."""
    settings()  # complains here, where the complaint is worded
    arguments = [sys.executable, "-m", "worker"]
    given = {
        "--queues": queues,
        "--threads": threads,
        "--name": name,
        "--metrics-port": metrics_port,
    }
    for option, value in given.items():
        if value is not None:
            arguments += [option, str(value)]
    os.execv(sys.executable, arguments)  # noqa: S606  our own module

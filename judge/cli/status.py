"""``judge status``: who judges and what they are doing, what waits, what was given up."""

from __future__ import annotations

from dataclasses import dataclass

import click

from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.domain.administration import Registration
from judge.store import Store, loaded, options, schema, workers
from judge.store.backlog import Backlog, backlog, given_up
from judge.store.workers import Sight

_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Service:
    """The service as its database has it."""

    revision: str
    registration: Registration
    workers: tuple[Sight, ...]
    queues: tuple[Backlog, ...]
    given_up: int
    torch: dict[str, int]

    def served(self, queue: Backlog) -> bool:
        """Tell whether somebody takes what waits there."""
        return any(worker.serves(queue.queue) for worker in self.workers)

    @property
    def unserved(self) -> list[str]:
        """The queues that have work and nobody who does it."""
        return [
            each.queue.value
            for each in self.queues
            if each.waiting + each.running and not self.served(each)
        ]


@click.command("status")
@json_option
@click.pass_context
def command(context: click.Context, *, as_json: bool) -> None:
    """Say who judges and what they are doing, what waits, and what was given up.

    Exits with 0 where every queue that has work is served, with 1 where one is not.
    """
    chosen = settings()
    found = _look(open_store(chosen), setting=chosen.registration)
    if as_json:
        print_json(_described(found))
    else:
        _show(found)
    context.exit(1 if found.unserved else 0)


def _look(store: Store, *, setting: str) -> Service:
    with store.read() as session:
        return Service(
            schema.revision_of(session.connection()) or "",
            options.registration(session, setting=setting),
            tuple(workers.in_sight(session)),
            tuple(backlog(session)),
            given_up(session),
            loaded.torch_releases(session),
        )


def _show(found: Service) -> None:
    for worker in found.workers:
        click.echo(f"worker {worker.name}: {_doing(worker)}")
        if worker.torch is not None:
            queues = ", ".join(worker.queues)
            devices = "".join(f", {each}" for each in worker.devices)
            click.echo(f"    {queues}; {worker.threads} threads; torch {worker.torch}{devices}")
    if not any(worker.alive for worker in found.workers):
        click.echo("no worker is alive: start one by `judge worker`")
    for queue in found.queues:
        oldest = f", the oldest for {queue.oldest_s:.0f} s" if queue.waiting else ""
        nobody = "" if found.served(queue) else "; nobody serves it"
        running = f"{queue.waiting} wait{oldest}, {queue.running} are being judged"
        click.echo(f"queue {queue.queue}: {running}{nobody}")
    hint = "; see `judge faults`, then `judge retry`" if found.given_up else ""
    click.echo(f"given up: {found.given_up}{hint}")
    click.echo(f"registration: {found.registration}")
    for version, number in sorted(found.torch.items()):
        click.echo(f"course: {number} problems, loaded for torch {version}")
    click.echo(f"tables: revision {found.revision}")


def _doing(worker: Sight) -> str:
    if not worker.alive:
        gone = "" if worker.seen_s is None else f" {worker.seen_s:.0f} s ago"
        return f"gone{gone}" + (f", holds {worker.holds} submissions" if worker.holds else "")
    waits = _waits(worker)
    judging = [f"{each.submission} for {each.for_s:.1f} s" for each in worker.doing[:_MOST_NAMED]]
    if len(worker.doing) > _MOST_NAMED:
        judging.append("…")
    parts = [f"waits: {waits}"] if waits else []
    if judging:
        parts.append(f"judges {', '.join(judging)}")
    return "; ".join(parts) or "idle"


def _waits(worker: Sight) -> str | None:
    if worker.needs_torch is None:
        return None
    return f"torch {worker.torch}, the course needs {worker.needs_torch}"


def _described(found: Service) -> dict[str, object]:
    return {
        "ok": not found.unserved,
        "revision": found.revision,
        "registration": found.registration.value,
        "given_up": found.given_up,
        "torch": found.torch,
        "workers": [_worker(each) for each in found.workers],
        "queues": [
            {
                "queue": each.queue.value,
                "waiting": each.waiting,
                "running": each.running,
                "oldest_s": round(each.oldest_s, 3),
                "served": found.served(each),
            }
            for each in found.queues
        ],
    }


def _worker(worker: Sight) -> dict[str, object]:
    return {
        "name": worker.name,
        "alive": worker.alive,
        "queues": [each.value for each in worker.queues],
        "threads": worker.threads,
        "torch": worker.torch,
        "waits": _waits(worker),
        "devices": list(worker.devices),
        "started_at": None if worker.started_at is None else worker.started_at.isoformat(),
        "seen_at": None if worker.seen_at is None else worker.seen_at.isoformat(),
        "doing": [
            {"submission": each.submission, "for_s": round(each.for_s, 3)} for each in worker.doing
        ],
        "holds": worker.holds,
        "holds_since": None if worker.holds_since is None else worker.holds_since.isoformat(),
    }

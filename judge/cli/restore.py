"""``judge restore``: make a database of a backup, or prove that one could be made."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from judge.cli.acting import note_afterwards
from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.cli.serving import only_one
from judge.cli.terminal import waiting
from judge.domain.administration import Act
from judge.settings import Settings
from judge.store import archive
from judge.store.archive import Manifest, Restored


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="What is in the database may go.")
@click.option("--check", is_flag=True, help="Only prove that it restores; change nothing.")
@json_option
def command(file: Path, *, replace: bool, check: bool, as_json: bool) -> None:
    """Restore a backup from FILE; the site and all workers have to be stopped.

    Everything or nothing: where anything is wrong, the database stays as it was. A backup of an
    older version is brought to this one's tables, and one from PostgreSQL restores into SQLite as
    well as the other way round.
    """
    begun = time.monotonic()
    chosen = settings()
    with archive.open_archive(file) as opened:
        store = open_store(chosen, current=False)
        with waiting("Restoring") as say:
            if check:
                done = archive.try_in(store, opened, place=chosen.cache_dir, say=say)
            else:
                with _alone(chosen):
                    done = archive.restore(store, opened, replace=replace, say=say)
        manifest = opened.manifest
    if not check:
        made_at = manifest.made_at.isoformat()
        note_afterwards(
            store,
            Act.BACKUP_RESTORED,
            f"backup {file.name}",
            file=str(file),
            made_at=made_at,
            replaced=done.replaced,
        )
    if as_json:
        seconds = time.monotonic() - begun
        print_json(_described(file, manifest, done, checked=check, seconds=seconds))
        return
    click.echo(
        f"{manifest.rows:,} rows of {len(manifest.tables)} tables, as they were on "
        f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    )
    if done.revision != done.now:
        click.echo(f"brought from revision {done.revision} to {done.now}")
    if check:
        click.echo(
            "It restores: all of it came back in a throw-away database. Nothing was changed."
        )
    elif done.replaced:
        click.echo(f"They stand in the place of {done.replaced:,} rows.")


@contextmanager
def _alone(chosen: Settings) -> Iterator[None]:
    """Keep `judge serve` from running on the same SQLite file; PostgreSQL tells who is there."""
    if chosen.database_url:
        yield
        return
    with only_one(chosen.data_dir):
        yield


def _described(
    file: Path, manifest: Manifest, done: Restored, *, checked: bool, seconds: float
) -> dict[str, object]:
    return {
        "file": str(file),
        "made_at": manifest.made_at.isoformat(),
        "version": manifest.version,
        "revision": done.revision,
        "now": done.now,
        "tables": {name: table.rows for name, table in manifest.tables.items()},
        "replaced": done.replaced,
        "checked": checked,
        "seconds": round(seconds, 2),
    }

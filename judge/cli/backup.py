"""``judge backup``: everything that the database has, in one file, while the service runs."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from judge.cli.acting import note_afterwards
from judge.cli.files import whole_or_not_at_all
from judge.cli.options import json_option, print_json, settings
from judge.cli.service import open_store
from judge.cli.terminal import waiting
from judge.domain.administration import Act
from judge.errors import UsageError
from judge.settings import Settings
from judge.store import Store, archive
from judge.store.archive import Manifest
from judge.store.base import utc_now

_STDOUT = Path("-")


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--check", is_flag=True, help="Then prove that it restores, in a throw-away database."
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
@json_option
def command(file: Path, *, check: bool, overwrite: bool, as_json: bool) -> None:
    """Write a backup into FILE, into a new file of a folder FILE, or to standard output (-).

    The service may run: the backup is what the database had at one moment. SQLite or PostgreSQL,
    the file is the same, and restores into either. It holds the hashes of passwords: keep it safe.
    """
    begun = time.monotonic()
    chosen = settings()
    # Of any revision: before an upgrade, the new program backs up what the old one wrote.
    store = open_store(chosen, current=False)
    if file == _STDOUT:
        _to_stdout(store, check=check, as_json=as_json)
        return
    path = file / _name() if file.is_dir() else file
    with (
        waiting("Writing the backup") as say,
        whole_or_not_at_all(path, overwrite=overwrite) as stream,
    ):
        made = archive.make(store, stream, say=say)
    _note(store, path, made)
    if check:
        _check(store, chosen, path)
    if as_json:
        print_json(_described(path, made, checked=check, seconds=time.monotonic() - begun))
        return
    click.echo(f"{path}: {made.rows:,} rows of {len(made.tables)} tables, {_size(path)}")
    if check:
        click.echo("It was restored into a throw-away database, and all of it came back.")


def _to_stdout(store: Store, *, check: bool, as_json: bool) -> None:
    if check or as_json:
        raise UsageError("--check and --json need a file: with - the backup itself is printed")
    if sys.stdout.isatty():
        raise UsageError("a backup is no text: redirect the output into a file or a program")
    made = archive.make(store, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    _note(store, _STDOUT, made)


def _note(store: Store, path: Path, made: Manifest) -> None:
    # After it: what the backup has in it is what was before.
    note_afterwards(store, Act.BACKUP_MADE, f"backup {path.name}", file=str(path), rows=made.rows)


def _check(store: Store, chosen: Settings, path: Path) -> None:
    with waiting("Trying the backup") as say, archive.open_archive(path) as opened:
        archive.try_in(store, opened, place=chosen.cache_dir, say=say)


def _name() -> str:
    return f"tensorjudge-{utc_now():%Y-%m-%dT%H%M%SZ}.backup"


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:,.1f} MB"


def _described(path: Path, made: Manifest, *, checked: bool, seconds: float) -> dict[str, object]:
    return {
        "file": str(path),
        "bytes": path.stat().st_size,
        "made_at": made.made_at.isoformat(),
        "version": made.version,
        "revision": made.revision,
        "database": made.database,
        "tables": {
            name: {"rows": table.rows, "sha256": table.sha256}
            for name, table in made.tables.items()
        },
        "checked": checked,
        "seconds": round(seconds, 2),
    }

"""A backup's file: a ZIP with one entry of lines for each table, and a manifest that names them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from judge.store.errors import ArchiveError

FORMAT = 1
WHAT = "TensorJudge backup"
_MANIFEST = "manifest.json"
_MOST_MANIFEST_BYTES = 1 << 20
_LONGEST_LINE_BYTES = 256 << 20
"""No row of ours comes near; a file that claims one must not fill the memory."""
_LEVEL = 3
"""Of nine: texts of programs hardly get smaller with more, and take three times as long."""

Say = Callable[[str], None]
"""Who is told how far it is."""


class Contents(BaseModel):
    """What a table has: the columns of each line, the number of lines, the digest of them all."""

    model_config = ConfigDict(frozen=True)

    columns: tuple[str, ...]
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(frozen=True)

    what: str
    format: int
    made_at: datetime
    version: str
    revision: str
    database: str
    tables: Mapping[str, Contents]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables.values())


class Tally:
    """Counts lines and adds up their digest."""

    def __init__(self) -> None:
        self.rows = 0
        self._digest = sha256()

    def add(self, line: bytes) -> None:
        """Take one line."""
        self.rows += 1
        self._digest.update(line)

    def contents(self, columns: tuple[str, ...]) -> Contents:
        """Return what was counted."""
        return Contents(columns=columns, rows=self.rows, sha256=self._digest.hexdigest())


class Writer:
    """Writes a backup, table after table, the manifest last."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._tables: dict[str, Contents] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        # After an error, also of the disk, what was written is nobody's backup.
        with suppress(OSError, ValueError):
            self._zip.close()

    def table(self, name: str, columns: tuple[str, ...], lines: Iterator[bytes]) -> None:
        """Write a table's lines as they come."""
        tally = Tally()
        with self._zip.open(_entry(name), "w", force_zip64=True) as entry:
            for line in lines:
                entry.write(line)
                tally.add(line)
        self._tables[name] = tally.contents(columns)

    def finish(self, *, version: str, revision: str, database: str, made_at: datetime) -> Manifest:
        """Write the manifest: without it a file is no backup, so a cut one is known as such."""
        manifest = Manifest(
            what=WHAT,
            format=FORMAT,
            made_at=made_at,
            version=version,
            revision=revision,
            database=database,
            tables=self._tables,
        )
        self._zip.writestr(_MANIFEST, manifest.model_dump_json(indent=1))
        self._zip.close()
        return manifest


def _entry(table: str) -> str:
    return f"tables/{table}.jsonl"


class Archive:
    """A backup that is open to be read."""

    def __init__(self, path: Path, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._zip = zipped

    def lines(self, table: str) -> Iterator[bytes]:
        """Yield a table's lines; when all are read they are known to be those that were written.

        Raises:
            ArchiveError: the file is damaged.
        """
        tally = Tally()
        said = self.manifest.tables[table]
        with _readable(self.path), self._zip.open(_entry(table)) as entry:
            while line := entry.readline(_LONGEST_LINE_BYTES):
                tally.add(line)
                yield line
        if tally.contents(said.columns) != said:
            raise ArchiveError(
                f"{self.path} is damaged: the table {table} is not what was written (it has "
                f"{tally.rows} rows of {said.rows}). Take another backup"
            )


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a backup.

    Raises:
        ArchiveError: it can't be read, is damaged, or is no backup of ours.
    """
    with _readable(path), path.open("rb") as stream:
        if not zipfile.is_zipfile(stream):
            raise ArchiveError(
                f"{path} is no backup, or the end of one is missing: `judge backup` writes files "
                "that are whole or not there at all, so it was cut off when it was copied"
            )
        with zipfile.ZipFile(stream) as zipped:
            yield Archive(path, zipped, _manifest_of(path, zipped))


def _manifest_of(path: Path, zipped: zipfile.ZipFile) -> Manifest:
    foreign = f"{path} is no backup of TensorJudge"
    try:
        with zipped.open(_MANIFEST) as entry:
            text = entry.read(_MOST_MANIFEST_BYTES)
        manifest = Manifest.model_validate_json(text)
    except KeyError as exc:
        raise ArchiveError(f"{foreign}: it has no {_MANIFEST}") from exc
    except ValidationError as exc:
        raise ArchiveError(f"{foreign}: its {_MANIFEST} is none of ours") from exc
    if manifest.what != WHAT:
        raise ArchiveError(f"{foreign}: its {_MANIFEST} is none of ours")
    if manifest.format > FORMAT:
        raise ArchiveError(
            f"{path} has format {manifest.format}, which a newer version of this program wrote "
            f"({manifest.version}); this one reads up to {FORMAT}. Restore with the newer version"
        )
    there = set(zipped.namelist())
    missing = [name for name in manifest.tables if _entry(name) not in there]
    if missing:
        raise ArchiveError(f"{path} is damaged: the table {missing[0]} is missing")
    return manifest


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as exc:
        raise ArchiveError(f"there is no file {path}") from exc
    except OSError as exc:
        raise ArchiveError(f"{path} can't be read: {exc.strerror or exc}") from exc
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as exc:
        raise ArchiveError(f"{path} is damaged: {exc}. Take another backup") from exc

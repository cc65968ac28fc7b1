"""Real servers, started by the tests on free ports, and a store on each kind of database."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis as redis_client
from sqlalchemy import event

from judge.catalog import load_problem
from judge.domain.problem import Text
from judge.store import Store, loading, schema, users
from judge.store.course import Problem
from judge.store.courses import problem as find_problem

SLUG = "01-creation/dice"
TITLE = Text("张量的创建", "Creating tensors")


def free_port() -> int:
    """Return a port that nobody has: one of those that the kernel gives to no client meanwhile."""
    while True:
        port = random.SystemRandom().randrange(10_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def program(name: str) -> str:
    """Return where a server's program is; Debian keeps PostgreSQL's off the PATH."""
    found = shutil.which(name) or next(
        (str(each) for each in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))[::-1]),
        None,
    )
    if found is None:
        pytest.fail(
            f"{name} is not installed: `make test` installs it (apt-get install postgresql)"
        )
    return found


class Postgres:
    """A PostgreSQL of its own: its data in a folder, its socket there too.

    ``network`` ("10.0.0.0/24", say) may connect as well, for benchmarks with several hosts; their
    writes reach the disk, as those of real ones do.
    """

    def __init__(self, folder: Path, *, network: str = "") -> None:
        self.folder = folder
        self.port = free_port()
        self._listen, self._fsync = ("*", "on") if network else ("127.0.0.1", "off")
        self._count = 0
        # PostgreSQL refuses to be root.
        self._as = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        if os.geteuid() == 0:
            os.chown(folder, 65534, 65534)
            for above in folder.parents[:3]:
                above.chmod(above.stat().st_mode | 0o055)
        else:
            self._as = []
        self._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "tests")
        if network:
            with (folder / "data" / "pg_hba.conf").open("a") as stream:
                stream.write(f"host all all {network} trust\n")
        self.start()

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, program(name), *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )

    def _control(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)

    def start(self) -> None:
        options = (
            f"-p {self.port} -k {self.folder} -c listen_addresses={self._listen} "
            f"-c fsync={self._fsync}"
        )
        self._control("-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def new_database(self) -> str:
        self._count += 1
        name = f"tests_{self._count}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "tests", name)
        return f"postgresql://tests@127.0.0.1:{self.port}/{name}"


class Redis:
    """A Redis of its own; ``address`` is a further one at which other hosts find it."""

    def __init__(self, folder: Path, *, address: str = "") -> None:
        self.folder = folder
        self._open = ["--bind", "127.0.0.1", address, "--protected-mode", "no"] if address else []
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        name = "redis-server" if shutil.which("redis-server") else "valkey-server"
        self.process = subprocess.Popen(
            [
                *(program(name), "--port", str(self.port), "--save", ""),
                *("--dir", str(self.folder), *self._open),
            ],
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        pytest.fail("Redis did not start")

    def empty(self) -> str:
        """Drop other tests' hints, whose submissions have the same numbers; return the URL."""
        with redis_client.Redis(port=self.port) as client:
            client.flushall()
        return self.url

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class SmallDisk:
    """A file system of a few megabytes, which can be filled to the last byte."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        with suppress(OSError), self._ballast.open("ab", buffering=0) as stream:
            while stream.write(bytes(1 << 20)):
                pass
        with suppress(OSError), self._ballast.open("ab", buffering=0) as stream:
            while stream.write(bytes(512)):
                pass

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    folder = tmp_path / "small"
    folder.mkdir()
    options = "size=48m,mode=1777"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"a small disk can't be mounted here: {done.stderr.strip()}")
    yield SmallDisk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    # Not one of pytest's folders: of those, other sessions delete all but the last three.
    with tempfile.TemporaryDirectory(prefix="postgres") as folder:
        server = Postgres(Path(folder))
        yield server
        server.stop()


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    server = Redis(tmp_path_factory.mktemp("redis"))
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'judge.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty database of the newest schema."""
    opened = Store(database_url, pool_size=12)
    schema.upgrade(opened)
    yield opened
    opened.close()


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """Collect the statements of a block."""
    seen: list[str] = []

    def see(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    event.listen(store.engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", see)


def put_problem(store: Store, slug: str = SLUG) -> Problem:
    """Load one problem of the course; return its row."""
    path = Path(__file__).parents[2] / "problems" / f"{slug}.yaml"
    loaded = loading.LoadedProblem(load_problem(path), path.read_text())
    chapter = loading.LoadedChapter(slug.partition("/")[0], TITLE, TITLE, TITLE, [loaded])
    with store.write() as session:
        loading.load_course(session, [chapter])
    with store.read() as session:
        row = find_problem(session, slug)
        assert row is not None
        return row


def put_user(store: Store, name: str = "Ada") -> int:
    """Make a user who can't sign in; return the id."""
    with store.write() as session:
        return users.create(session, name=name, password_hash="none").id

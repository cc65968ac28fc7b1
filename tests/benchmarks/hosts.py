"""Measure several worker hosts, the loss of one, and where the database becomes the limit.

``python -m tests.benchmarks.hosts [--quick]`` as root. Each worker host is a network namespace with
a part of a core to itself, so that two of them fit on a small machine beside the database.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, text

from judge.catalog import load_problem
from judge.domain.lifecycle import Queue
from judge.messaging import Hints, make_app
from judge.store import Store, courses, schema, submissions, users, workers
from judge.store.submissions import Answer
from judge.store.work import CaseResult, Submission
from tests.benchmarks.machines import Host, Share, Switch
from tests.services.conftest import SLUG, Postgres, Redis, put_problem

CORES = 0.3
"""Of one core for each worker host: two, the database and this program share two cores."""
_NETWORK = "10.77.31.0/24"
_WAIT_S = 600
_CANNED_S = 4.0
_LOOK_S = 0.2
"""Looking is a query too, so not too often."""


@dataclass
class Service:
    """Database and broker, on this machine, and the store that this program reads."""

    store: Store
    hints: Hints
    environment: dict[str, str]
    url: str
    code: str
    students: list[int]

    def submit(self, count: int) -> int:
        """Queue so many submissions, and tell workers; return the first one's id."""
        with self.store.write() as session:
            problem = courses.problem(session, SLUG)
            assert problem is not None
            rows = [
                submissions.create(
                    session.connection(),
                    problem,
                    Answer(self.code),
                    user_id=self.students[number % len(self.students)],
                    most_under_way=count,
                )
                for number in range(count)
            ]
            found = [(row.id, Queue(row.queue)) for row in rows]
        for each in found:
            self.hints.send(*each)
        return found[0][0]

    def left(self, first: int) -> int:
        """Return how many have no verdict yet."""
        with self.store.read() as session:
            mine = (Submission.id >= first, Submission.state.in_(("queued", "running")))
            return int(session.scalar(select(func.count()).where(*mine)) or 0)

    def wait(self, first: int, *, left: int = 0) -> None:
        """Wait until no more than so many are left."""
        end = time.monotonic() + _WAIT_S
        while self.left(first) > left:
            if time.monotonic() > end:
                sys.exit(f"{self.left(first)} submissions have no verdict after {_WAIT_S} s")
            time.sleep(_LOOK_S)

    def check(self, first: int) -> str:
        """Say how many have no verdict, a wrong one, or cases written twice."""
        with self.store.read() as session:
            mine = Submission.id >= first
            wrong = session.scalar(select(func.count()).where(mine, Submission.verdict.is_(None)))
            other = session.scalar(
                select(func.count()).where(mine, Submission.verdict != "accepted")
            )
            sizes = session.scalars(
                select(func.count())
                .where(CaseResult.submission_id >= first)
                .group_by(CaseResult.submission_id)
            )
            kinds = len(set(sizes))
        return f"{wrong} lost, {other} wrong, {kinds - 1} twice"

    def wait_for_workers(self, count: int) -> None:
        """Wait until so many workers are there and warm."""
        end = time.monotonic() + _WAIT_S
        while True:
            with self.store.read() as session:
                if len(workers.alive(session)) >= count:
                    break
            if time.monotonic() > end:
                sys.exit("no worker came")
            time.sleep(0.2)
        first = self.submit(60)
        self.wait(first)


def rate(service: Service, count: int) -> float:
    """Return submissions judged a second, from the tenth part to the last but one."""
    first = service.submit(count)
    service.wait(first, left=count * 9 // 10)
    start = time.perf_counter()
    service.wait(first, left=count // 10)
    return count * 0.8 / (time.perf_counter() - start)


def two_hosts(service: Service, hosts: list[Host], *, count: int) -> None:
    """One host, then two, then one of them cut off in the middle of its work."""
    hosts[0].start([sys.executable, "-m", "worker"], service.environment)
    service.wait_for_workers(1)
    one = rate(service, count)
    say("one worker host", f"{one:.1f} a second", "")
    hosts[1].start([sys.executable, "-m", "worker"], service.environment)
    service.wait_for_workers(2)
    two = rate(service, 2 * count)
    say("two worker hosts", f"{two:.1f} a second", "")
    say("two over one", f"{two / one:.2f} x", "2 x")
    first = service.submit(count)
    service.wait(first, left=count * 3 // 4)
    hosts[1].plug(connected=False)
    cut = time.perf_counter()
    service.wait(first)
    seconds = time.perf_counter() - cut
    say(f"{count}, one host cut off after a quarter", service.check(first), "0 lost, wrong, twice")
    say("  the rest took the other host", f"{seconds:.1f} s", "")
    hosts[1].plug(connected=True)
    again = service.submit(count)
    service.wait(again)
    say(f"{count}, the host plugged in again", service.check(again), "0 lost, wrong, twice")


def costs(service: Service, hosts: list[Host], database: Share, *, count: int) -> float:
    """Say what a submission costs; return the database's CPU seconds."""
    before = _counters(service)
    work_s, base_s = sum(host.share.used_s() for host in hosts), database.used_s()
    first = service.submit(count)
    service.wait(first)
    after = _counters(service)
    judged_s = (sum(host.share.used_s() for host in hosts) - work_s) / count
    database_s = (database.used_s() - base_s) / count
    say("a submission: worker's CPU", f"{judged_s * 1e3:.1f} ms", "")
    say("a submission: database's CPU", f"{database_s * 1e3:.2f} ms", "")
    for name, then in before.items():
        say(f"a submission: {name}", f"{(after[name] - then) / count:.1f}", "")
    return database_s


def _counters(service: Service) -> dict[str, int]:
    own = "FROM pg_stat_database WHERE datname = current_database()"
    queries = {
        "transactions": f"SELECT xact_commit {own}",
        "rows written": "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables",
        "bytes of write-ahead log": "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')",
        "bytes on disk": "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables",
    }
    time.sleep(1.5)  # PostgreSQL's counters arrive a little late
    with service.store.read() as session:
        return {name: int(session.scalar(text(query)) or 0) for name, query in queries.items()}


def database_limit(service: Service, database: Share, *, count: int) -> None:
    """Write verdicts without judging, from more and more processes, until it gets no faster."""
    for clients in (1, 2, 4):
        first = service.submit(count)
        running = [_canned(service.url) for _ in range(clients)]
        for each in running:
            assert each.stdout
            each.stdout.readline()
        base_s, start = database.used_s(), time.perf_counter()
        for each in running:
            each.communicate(b"go\n")
        seconds = time.perf_counter() - start
        done = count - service.left(first)
        used_s = (database.used_s() - base_s) / done
        say(
            f"verdicts written by {clients} that judge nothing",
            f"{done / seconds:.0f} a second",
            f"database: {used_s * 1e3:.2f} ms each",
        )
        with service.store.write() as session:
            session.execute(text("UPDATE submissions SET state = 'judged' WHERE state = 'queued'"))


def _canned(url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.benchmarks.canned", url, str(_CANNED_S)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def say(what: str, value: str, target: str) -> None:
    """Print one row."""
    print(f"{what:50} {value:>24}   {target}", flush=True)


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer submissions, for a first look")
    count = 60 if parser.parse_args().quick else 300
    if os.geteuid() != 0:
        sys.exit("network namespaces and CPU shares need root")
    database = Share("tj-db")
    # Started from here, so that every server process is counted.
    switch = Switch("tj-switch", network=_NETWORK)
    hosts: list[Host] = []
    with tempfile.TemporaryDirectory() as place:
        try:
            service, servers = _service(Path(place), switch, database)
            hosts += [Host(f"tj-host{number}", switch, cores=CORES) for number in (1, 2)]
            two_hosts(service, hosts, count=count)
            database_s = costs(service, hosts, database, count=count)
            say("one core of the database is enough for", f"{1 / database_s:.0f} a second", "")
            for host in hosts:
                host.close()
            hosts.clear()
            database_limit(service, database, count=count * 10)
            service.store.close()
            for server in servers:
                server.stop()
        finally:
            for host in hosts:
                host.close()
            switch.close()
            database.close()


def _service(
    folder: Path, switch: Switch, database: Share
) -> tuple[Service, tuple[Postgres, Redis]]:
    for name in ("postgres", "redis", "data"):
        (folder / name).mkdir()
    postgres = Postgres(folder / "postgres", network=_NETWORK)
    redis = Redis(folder / "redis", address=switch.address)
    postmaster = int((folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    helpers = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
    for pid in (postmaster, *map(int, helpers)):
        database.take_in(pid)
    url = postgres.new_database().replace("127.0.0.1", switch.address)
    broker = redis.url.replace("127.0.0.1", switch.address)
    store = Store(url)
    schema.upgrade(store)
    put_problem(store)
    with store.write() as session:
        students = [
            users.create(session, name=f"student{number}", password_hash="x").id
            for number in range(100)
        ]
    environment = {
        "JUDGE_DATABASE_URL": url,
        "JUDGE_BROKER_URL": broker,
        "JUDGE_DATA_DIR": str(folder / "data"),
        "JUDGE_SECRET_KEY": "benchmark",
        "JUDGE_WORKER_THREADS": "2",
    }
    code = load_problem(Path("problems") / f"{SLUG}.yaml").solution
    hints = Hints(make_app(broker, folder=folder / "messages"))
    return Service(store, hints, environment, url, code, students), (postgres, redis)


if __name__ == "__main__":
    main()

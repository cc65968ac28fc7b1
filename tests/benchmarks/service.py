"""Measure the whole service on this machine: site, broker, database, worker, a real browser.

``python -m tests.benchmarks.service [--quick]`` prints a table; nothing is asserted, for the clock
of a shared machine proves nothing. The client that asks runs on the same cores.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import func, select

from judge.catalog import load_problem
from judge.domain.lifecycle import Queue
from judge.messaging import Hints, make_app
from judge.store import Store, courses, submissions, users
from judge.store.submissions import Answer
from judge.store.work import CaseResult, Submission
from tests.benchmarks.browser import on_the_page
from tests.benchmarks.student import Student
from tests.e2e.conftest import Site, started
from tests.services.conftest import SLUG, Postgres, Redis

_RATE = 10.0
_STUDENTS = 24
"""So many that none of them meets the limit of submits a minute."""


def at_a_rate(students: list[Student], code: str, seconds: float) -> list[float]:
    """Submit so many times a second, whatever the answers take; return how long each took."""
    taken: list[float] = []
    lock = threading.Lock()
    free = list(students)

    def one() -> None:
        with lock:
            student = free.pop()
        try:
            spent = student.submit(code)
            with lock:
                taken.append(spent)
        finally:
            with lock:
                free.insert(0, student)

    threads = []
    start = time.perf_counter()
    for number in range(int(seconds * _RATE)):
        time.sleep(max(0.0, start + number / _RATE - time.perf_counter()))
        thread = threading.Thread(target=one)
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return taken


def burst(store: Store, hints: Hints, code: str, count: int) -> tuple[float, int, int]:
    """Queue so many at once; return the rate, how many have a verdict, and how many cases twice."""
    with store.write() as session:
        problem = courses.problem(session, SLUG)
        assert problem is not None
        owners = [
            users.create(session, name=f"burst{number}", password_hash="x").id
            for number in range(count // 10)
        ]
        rows = [
            submissions.create(
                session.connection(),
                problem,
                Answer(code),
                user_id=owners[n % len(owners)],
                most_under_way=99,
            )
            for n in range(count)
        ]
        found = [(row.id, Queue(row.queue)) for row in rows]
    start = time.perf_counter()
    for each in found:
        hints.send(*each)
    mine = Submission.id >= found[0][0]
    while True:
        with store.read() as session:
            left = session.scalar(
                select(func.count()).where(mine, Submission.state.in_(("queued", "running")))
            )
        if not left:
            break
        time.sleep(0.1)
    seconds = time.perf_counter() - start
    with store.read() as session:
        right = session.scalar(select(func.count()).where(mine, Submission.verdict == "accepted"))
        cases = session.execute(
            select(func.count())
            .where(CaseResult.submission_id >= found[0][0])
            .group_by(CaseResult.submission_id)
        )
        sizes = {size for (size,) in cases}
    return count / seconds, int(right or 0), len(sizes) - 1


def pages(student: Student, path: str, seconds: float) -> float:
    """Ask for one page with four connections; return how many came in a second."""
    counts = [0] * 4
    end = time.perf_counter() + seconds

    def ask(place: int) -> None:
        # A plain client: httpx would take as much of the two cores as the site does.
        url = student.client.base_url
        own = HTTPConnection(url.host, url.port or 80)
        cookie = "; ".join(f"{name}={value}" for name, value in student.client.cookies.items())
        while time.perf_counter() < end:
            own.request("GET", path, headers={"Cookie": cookie})
            answer = own.getresponse()
            answer.read()
            assert answer.status == 200
            counts[place] += 1
        own.close()

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(len(counts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def measure(name: str, folder: Path, *, database: str, broker: str, quick: bool) -> None:
    """Measure one deployment, and print its figures."""
    code = load_problem(Path("problems") / f"{SLUG}.yaml").solution
    with _running(folder, database=database, broker=broker) as site:
        store = Store(database)
        students = [Student(site, store, f"student{number}") for number in range(_STUDENTS)]
        for student in students:
            student.submit(code)
        reader = students.pop()
        taken = at_a_rate(students, code, 5 if quick else 30)
        cuts = quantiles(taken, n=100)
        _say(name, "POST to verdict at 10 a second, p50", f"{cuts[49] * 1e3:.0f} ms", "≤ 60 ms")
        _say(name, "the same, p99", f"{cuts[98] * 1e3:.0f} ms", "≤ 300 ms")
        with ThreadPoolExecutor(1) as pool:
            others = pool.submit(at_a_rate, students, code, 15 if quick else 40)
            seen = on_the_page(reader, code, times=5 if quick else 25)
            others.result()
        _say(
            name,
            "in a browser's page beside it, p50",
            f"{median(seen.in_page_ms):.0f} ms",
            "≤ 60 ms",
        )
        _say(name, "the same, drawn", f"{median(seen.drawn_ms):.0f} ms", "")
        count = 100 if quick else 1000
        hints = Hints(make_app(broker, folder=folder / "messages"))
        rate, right, twice = burst(store, hints, code, count)
        _say(name, f"burst of {count}", f"{rate:.0f} a second", "≥ 40 a second")
        _say(name, "of these with their verdict, twice", f"{right}, {twice}", f"{count}, 0")
        for path in (f"/problems/{SLUG}", "/chapters/01-creation"):
            speed = pages(students[0], path, 2 if quick else 6)
            _say(name, path, f"{speed:.0f} a second", "≥ 150 a second")
        store.close()


@contextmanager
def _running(folder: Path, *, database: str, broker: str) -> Iterator[Site]:
    yield from started(folder, database=database, broker=broker)


def _say(name: str, what: str, value: str, target: str) -> None:
    print(f"{name:10} {what:40} {value:>16}   {target}", flush=True)


def main() -> None:
    """Measure the embedded deployment, and the one with servers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions, for a first look")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in ("embedded", "postgres", "redis"):
            (folder / name).mkdir()
        own = folder / "embedded"
        measure(
            "embedded", own, database=f"sqlite:///{own}/judge.db", broker="filesystem", quick=quick
        )
        postgres, redis = Postgres(folder / "postgres"), Redis(folder / "redis")
        try:
            measure(
                "servers",
                folder / "redis",
                database=postgres.new_database(),
                broker=redis.url,
                quick=quick,
            )
        finally:
            postgres.stop()
            redis.stop()


if __name__ == "__main__":
    main()

"""A worker that judges nothing: claims, and writes the same verdict, as fast as it can.

``python -m tests.benchmarks.canned DATABASE_URL SECONDS`` says when it is ready, then waits for a
line.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from judge.catalog import load_problem
from judge.domain.lifecycle import Queue
from judge.domain.report import Report
from judge.pipeline import Judge
from judge.sandbox.service import Sandbox
from judge.store import Store, queue
from tests.services.conftest import SLUG


def a_report() -> Report:
    """Judge once, for a verdict of the ordinary size."""
    problem = load_problem(Path("problems") / f"{SLUG}.yaml")
    with Sandbox() as sandbox:
        return Judge(sandbox).judge(problem, problem.solution)


def main() -> None:
    """Write verdicts until nothing waits, or the time is over."""
    url, seconds = sys.argv[1], float(sys.argv[2])
    report = a_report()
    store = Store(url)
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with store.once() as connection:
            claim = queue.claim(connection, queues=[Queue.CPU], worker="canned", lease_s=60)
        if claim is None:
            break
        with store.write() as session:
            queue.finish(session.connection(), claim, report, seed="00")
    store.close()


if __name__ == "__main__":
    main()

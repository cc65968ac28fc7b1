"""Judge what is due: claim, judge, write. Runs in many threads; may find nothing to do."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from judge.domain.lifecycle import Kind, Queue
from judge.domain.report import Report
from judge.errors import AuthorError, JudgeError, SandboxError
from judge.pipeline import Judge
from judge.pipeline.trial import try_out
from judge.store import DatabaseAway, Store, queue
from judge.store.queue import Claim
from judge.telemetry.following import following
from judge.telemetry.metrics import WorkerMetrics
from worker.fitness import Fitness
from worker.holding import Holding
from worker.requests import Requests
from worker.rules import Rules
from worker.versions import Versions

_log = logging.getLogger(__name__)
_WRITE_PAUSE_S = 0.2
_FITNESS_PAUSE_S = 0.2


class Judging:
    """Takes submissions one after the other for whichever thread asks."""

    def __init__(
        self,
        store: Store,
        judge: Judge,
        rules: Rules,
        *,
        fitness: Fitness,
        metrics: WorkerMetrics | None = None,
    ) -> None:
        self.store = store
        self.judge = judge
        self.rules = rules
        self.fitness = fitness
        self.metrics = metrics or WorkerMetrics()
        self.holding = Holding(store, self.metrics, lease_s=rules.lease_s)
        self.requests = Requests()
        self.stopping = threading.Event()
        self._in_vain = False
        self._versions = Versions(store)
        # Rejudging leaves a thread to the students, where there is more than one.
        self._bulk = threading.Semaphore(max(1, rules.threads - 1))

    def work(self) -> int:
        """Judge until nothing waits; return how many.

        A hint says that something waits, not what: a lost one is made up for by the next. Where the
        last one led to nothing, this one only looks at first: a thousand hints that are used up
        shall cost little, and not keep others from writing to a SQLite.
        """
        if self._in_vain and not self._anything_waits():
            return 0
        done = 0
        while self._may() and self._one():
            done += 1
            # Most often it was the only one, and a look costs less than two claims in vain.
            if done == 1 and not self._anything_waits():
                break
        self._in_vain = not done
        return done

    def wait_until_fit(self) -> bool:
        """Wait until submissions may be judged here; False where the order to stop comes first."""
        while not self.fitness.fit:
            if self.stopping.wait(_FITNESS_PAUSE_S):
                return False
        return not self.stopping.is_set()

    def _may(self) -> bool:
        return self.fitness.fit and not self.stopping.is_set()

    def _one(self) -> bool:
        """Judge what is due first, students before rejudging; tell whether there was anything."""
        students = [each for each in self.rules.queues if each is not Queue.BULK]
        if self._from(students):
            return True
        if Queue.BULK not in self.rules.queues or not self._bulk.acquire(blocking=False):
            return False
        try:
            return self._from([Queue.BULK])
        finally:
            self._bulk.release()

    def _from(self, queues: Sequence[Queue]) -> bool:
        with self.store.once() as connection:
            claim = queue.claim(
                connection, queues=queues, worker=self.rules.name, lease_s=self.rules.lease_s
            )
        if claim is None:
            return False
        if claim.tries == 1:
            self.metrics.claimed(claim.queue.value, waited_s=claim.waited_s)
        request = self.requests.of(claim.id)
        with self.holding.of(claim), following(submission=claim.id, request=request):
            self._judge(claim)
        return True

    def _anything_waits(self) -> bool:
        with self.store.look() as connection:
            return queue.waits(connection, self.rules.queues)

    def _judge(self, claim: Claim) -> None:
        start = time.perf_counter()
        child: dict[str, float] = {}
        try:
            report, seed = self._report(claim, child)
        except DatabaseAway:
            raise
        except Exception as exc:  # noqa: BLE001  a bug of ours too: the submission must not be lost with it
            self._note_fault(claim, exc)
            self._give_back(claim, exc)
            return
        if self._write(claim, report, seed):
            self._note(claim, report, child, seconds=time.perf_counter() - start)

    def _note(
        self, claim: Claim, report: Report, child: Mapping[str, float], *, seconds: float
    ) -> None:
        verdict = report.verdict.value
        chapter = report.problem.partition("/")[0]
        kind = claim.kind.value
        self.metrics.judged(verdict=verdict, chapter=chapter, kind=kind, seconds=seconds)
        self.metrics.stages(report.stages_s, child)
        said = {
            "verdict": verdict,
            "problem": report.problem,
            "kind": kind,
            "queue": claim.queue.value,
            "attempt": claim.tries,
            "duration_ms": round(seconds * 1e3, 1),
        }
        _log.info("judged", extra=said)

    def _note_fault(self, claim: Claim, exc: Exception) -> None:
        kind = "other"
        if isinstance(exc, AuthorError | SandboxError):
            kind = "author" if isinstance(exc, AuthorError) else "sandbox"
        self.metrics.failed(kind)
        said = {"attempt": claim.tries, "queue": claim.queue.value, "kind": kind}
        if isinstance(exc, JudgeError):
            _log.warning("no verdict: %s", exc, extra=said)
        else:
            # Its message may quote what it was raised over.
            _log.error("no verdict: %s", type(exc).__name__, exc_info=exc, extra=said)

    def _report(self, claim: Claim, child: dict[str, float]) -> tuple[Report, str | None]:
        problem = self._versions.get(claim.version_id)
        if claim.kind is Kind.RUN:
            own = claim.inputs[0] if claim.inputs else ""
            return try_out(self.judge, problem, claim.code, own=own), None
        if claim.seed is not None:
            report = self.judge.judge(problem, claim.code, seed=claim.seed, child_stages=child)
            return report, claim.seed
        start = time.perf_counter()
        key = self.judge.keys.take(problem)
        taking_s = time.perf_counter() - start
        report = self.judge.judge(problem, claim.code, key=key, child_stages=child)
        return replace(report, stages_s={**report.stages_s, "key": taking_s}), key.seed

    def _write(self, claim: Claim, report: Report, seed: str | None) -> bool:
        """Write a result; while the database is away it is kept, as long as the lease lasts."""
        end = time.monotonic() + self.rules.lease_s
        while True:
            try:
                with self.store.change() as connection:
                    written = queue.finish(connection, claim, report, seed=seed)
            except DatabaseAway as exc:
                if time.monotonic() > end:
                    _log.warning("its result is dropped: %s", exc)
                    return False
                time.sleep(_WRITE_PAUSE_S)
                continue
            if not written:
                self.holding.lost(claim)
                _log.warning("judged elsewhere, this result is dropped")
            return written

    def _give_back(self, claim: Claim, fault: Exception) -> None:
        with self.store.write() as session:
            queue.give_back(
                session,
                claim,
                fault=f"{type(fault).__name__}: {fault}",
                max_tries=self.rules.max_tries,
            )

"""What a worker asks its database: little where nothing waits, and no question twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from judge.domain.lifecycle import Queue
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from judge.store import Store, submissions
from judge.store.course import Problem
from judge.store.submissions import Answer
from tests.services.conftest import SLUG, counted, put_problem, put_user
from worker.fitness import Fitness
from worker.judging import Judging
from worker.rules import Rules

pytestmark = pytest.mark.services


class Accepting:
    """Stands for a judge: accepts everything, at once."""

    @property
    def keys(self) -> Any:  # noqa: ANN401  as much of a pool of keys as is asked for
        return SimpleNamespace(take=lambda _: SimpleNamespace(seed="ab"))

    def judge(self, *_: object, **__: object) -> Report:
        return Report(SLUG, "v", Verdict.ACCEPTED, 8, 8)


@pytest.fixture
def problem(store: Store) -> Problem:
    return put_problem(store)


@pytest.fixture
def judging(store: Store, problem: Problem) -> Judging:
    assert problem.version is not None
    fitness = Fitness(store, problem.version.torch or "2.13.0")
    fitness.look()
    rules = Rules("tests", tuple(Queue), 2, lease_s=30, late_s=3, max_tries=3)
    return Judging(store, cast(Judge, Accepting()), rules, fitness=fitness)


def submit(store: Store, problem: Problem, user_id: int, count: int = 1) -> None:
    with store.write() as session:
        for _ in range(count):
            submissions.create(
                session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=9
            )


def looks_and_claims(seen: list[str]) -> tuple[int, int]:
    looks = [each for each in seen if each.startswith("SELECT submissions.id \n")]
    claims = [each for each in seen if "claimed_at=" in each]
    return len(looks), len(claims)


def test_what_is_hinted_at_is_claimed_without_a_look(
    store: Store, problem: Problem, judging: Judging
) -> None:
    ada = put_user(store)
    for _ in range(3):
        submit(store, problem, ada)
        with counted(store) as seen:
            assert judging.work() == 1
        # Then a look for what came meanwhile.
        assert looks_and_claims(seen) == (1, 1)


def test_in_a_crowd_one_look_is_enough(store: Store, problem: Problem, judging: Judging) -> None:
    submit(store, problem, put_user(store), 5)
    with counted(store) as seen:
        assert judging.work() == 5
    # Five that were there; of students and of rejudging there is nothing more.
    assert looks_and_claims(seen) == (1, 7)


def test_an_idle_worker_looks_once_a_hint_and_claims_nothing(
    store: Store, problem: Problem, judging: Judging
) -> None:
    ada = put_user(store)
    submit(store, problem, ada, 3)
    assert judging.work() == 3
    with counted(store) as seen:
        assert judging.work() == 0
    assert looks_and_claims(seen) == (0, 2)
    with counted(store) as seen:
        assert [judging.work() for _ in range(4)] == [0] * 4
    assert looks_and_claims(seen) == (4, 0)
    assert len(seen) == 4 + sum(each.startswith("BEGIN") for each in seen)
    submit(store, problem, ada)
    assert judging.work() == 1


def test_what_waits_to_be_judged_again_is_seen_by_an_idle_worker(
    store: Store, problem: Problem, judging: Judging
) -> None:
    assert judging.work() == 0
    submit(store, problem, put_user(store))
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE submissions SET queue = 'bulk'")
    assert judging.work() == 1

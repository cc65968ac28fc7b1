"""The admin's commands about the service: what they do, what they print, what the log keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from judge.cli.checkup import Check, course_check
from judge.domain.lifecycle import Queue, State
from judge.domain.releases import TORCH
from judge.settings import Settings
from judge.store import Store, queue, schema, submissions, workers
from judge.store.submissions import Answer
from judge.store.work import Submission
from judge.store.workers import Doing, Presence
from tests.services.cli.calling import Admin
from tests.services.conftest import SLUG, put_problem, put_user

pytestmark = pytest.mark.services


def put_submissions(store: Store, count: int, *, fault: str | None = None) -> list[int]:
    """Put submissions into the queue; with a fault: given up because of that."""
    problem, user_id = put_problem(store), put_user(store)
    with store.write() as session:
        ids = [
            submissions.create(
                session.connection(), problem, Answer("x"), user_id=user_id, most_under_way=count
            ).id
            for _ in range(count)
        ]
        if fault is not None:
            given_up = {"state": State.FAILED.value, "fault": fault, "tries": 3}
            session.execute(update(Submission).where(Submission.id.in_(ids)).values(given_up))
    return ids


def put_worker(store: Store, *queues: Queue, name: str = "one", **said: Any) -> None:  # noqa: ANN401
    with store.write() as session:
        workers.report(session, Presence(name, queues, 2, "2.13.0+cpu", ("cuda:0",), **said))


def states(store: Store, ids: list[int]) -> list[tuple[str, int]]:
    with store.read() as session:
        return [
            (row.state, row.tries) for row in (session.get_one(Submission, each) for each in ids)
        ]


def hints(admin: Admin) -> int:
    """Count what the broker of one machine has."""
    return len(list((admin.folder / "data" / "messages" / "queue").glob("*.msg")))


def test_a_service_without_work_needs_nobody(admin: Admin) -> None:
    found = admin.json("status")
    assert (found["ok"], found["workers"], found["given_up"]) == (True, [], 0)
    assert (found["revision"], found["registration"]) == ("0004", "open")
    assert "no worker is alive" in admin.words("status")


def test_work_that_nobody_does_is_told_by_the_exit_code(admin: Admin) -> None:
    put_submissions(admin.store, 2)
    put_worker(admin.store, Queue.GPU, Queue.BULK)
    found = admin.json("status", code=1)
    cpu = next(each for each in found["queues"] if each["queue"] == "cpu")
    assert (cpu["waiting"], cpu["running"], cpu["served"]) == (2, 0, False)
    assert cpu["oldest_s"] > 0
    words = admin.words("status", code=1)
    assert "2 wait, the oldest for 0 s, 0 are being judged; nobody serves it" in words
    put_worker(admin.store, Queue.CPU, name="two")
    assert admin.json("status")["ok"] is True


def test_what_a_worker_is_doing_is_seen(admin: Admin) -> None:
    (number,) = put_submissions(admin.store, 1)
    with admin.store.once() as connection:
        claim = queue.claim(connection, queues=[Queue.CPU], worker="one", lease_s=60)
    assert claim is not None
    put_worker(admin.store, Queue.CPU, doing=(Doing(number, 1.25),))
    (worker,) = admin.json("status")["workers"]
    assert worker["doing"] == [{"submission": number, "for_s": 1.25}]
    assert (worker["alive"], worker["holds"], worker["waits"]) == (True, 1, None)
    assert (worker["queues"], worker["devices"]) == (["cpu"], ["cuda:0"])
    assert f"worker one: judges {number} for 1.2 s" in admin.words("status")


def test_a_worker_that_waits_for_another_torch_serves_nothing(admin: Admin) -> None:
    put_submissions(admin.store, 1)
    put_worker(admin.store, Queue.CPU, needs_torch="2.99.0")
    (worker,) = admin.json("status", code=1)["workers"]
    assert worker["waits"] == "torch 2.13.0+cpu, the course needs 2.99.0"
    assert f"waits: {worker['waits']}" in admin.words("status", code=1)


def test_what_was_given_up_is_tried_again_and_hinted_at(admin: Admin) -> None:
    one, two, three = put_submissions(admin.store, 3, fault="SandboxError: no room")
    assert admin.json("status")["given_up"] == 3
    assert admin.json("retry", str(two), str(two)) == {"queued": [two], "left": []}
    assert states(admin.store, [one, two, three]) == [("failed", 3), ("queued", 0), ("failed", 3)]
    assert hints(admin) == 1
    again = admin.words("retry", str(two))
    assert f"{two} was not given up" in again
    assert admin.json("retry", "--all") == {"queued": [one, three], "left": []}
    assert (hints(admin), admin.json("status", code=1)["given_up"]) == (3, 0)
    acts = [(act, subject) for _, act, subject in admin.logged()]
    retried = [("submission_retried", f"submission {each}") for each in (three, one, two)]
    assert acts == retried
    (entry,) = admin.json("audit", "--subject", f"submission {two}")["entries"]
    assert entry["detail"]["fault"] == "SandboxError: no room"


def test_one_unknown_number_and_nothing_is_queued(admin: Admin) -> None:
    (one,) = put_submissions(admin.store, 1, fault="x")
    assert admin.refused("retry", str(one), "999") == "there is no submission 999"
    assert states(admin.store, [one]) == [("failed", 3)]
    assert (hints(admin), admin.logged()) == (0, [])
    assert "say which" in admin.refused("retry")
    assert "say which" in admin.refused("retry", "1", "--all")


def test_rejudging_is_in_the_log_and_a_rehearsal_is_not(admin: Admin) -> None:
    ids = put_submissions(admin.store, 2, fault="x")
    tried = admin.json("rejudge", "--problem", SLUG, "--dry-run")
    assert (tried, admin.logged()) == ({"submissions": ids, "queued": False}, [])
    assert admin.json("rejudge", "--problem", SLUG)["queued"] is True
    assert [entry[1:] for entry in admin.logged()] == [("submissions_rejudged", f"problem {SLUG}")]


def test_loading_is_in_the_log_and_versions_are_told(admin: Admin, course: Path) -> None:
    assert admin.json("load", JUDGE_PROBLEMS=str(course))["added"] == [SLUG]
    path = course / f"{SLUG}.yaml"
    path.write_text(path.read_text() + "limits: {time_s: 3}\n")
    assert admin.json("load", JUDGE_PROBLEMS=str(course))["changed"] == [SLUG]
    assert [entry[1:] for entry in admin.logged()] == [("course_loaded", "course")] * 2
    found = admin.json("versions", SLUG)
    assert found["torch"] == {TORCH: 1}
    (holding,) = found["problems"]
    assert (holding["problem"], holding["withdrawn"]) == (SLUG, False)
    assert [each["current"] for each in holding["versions"]] == [True, False]
    assert admin.json("versions", "01-creation")["problems"] == [holding]
    assert f"torch {TORCH}" in admin.words("versions")
    assert "there is no problem or chapter '02'" in admin.refused("versions", "02")


def test_the_doctor_says_where_a_worker_would_wait(admin: Admin, tmp_path: Path) -> None:
    here, nowhere = admin.environment["JUDGE_DATABASE_URL"], tmp_path / "nowhere"

    def looked(torch: str, url: str = here) -> Check | None:
        return course_check(Settings(database_url=url, data_dir=nowhere), torch)

    put_problem(admin.store)
    right, wrong = looked(f"{TORCH}+cpu"), looked("2.12.1+cpu")
    assert right is not None
    assert wrong is not None
    assert (right.stands, wrong.stands, wrong.needed) == (True, False, True)
    assert wrong.detail == f"torch 2.12.1+cpu here; loaded: 1 problems for {TORCH}"
    assert f"install torch {TORCH}" in wrong.remedy
    assert looked("2.12.1", "") is None
    assert not nowhere.exists()
    assert looked("2.12.1", "postgresql://tests@127.0.0.1:1/none") is None


def test_the_log_is_filtered_and_bounded(admin: Admin) -> None:
    for name in ("ada", "alan", "grace"):
        admin.json("user", "add", name)
    admin.json("user", "block", "alan")
    acts = [each["act"] for each in admin.json("audit", "--limit", "2")["entries"]]
    assert acts == ["user_blocked", "user_created"]
    (blocked,) = admin.json("audit", "--act", "user_blocked")["entries"]
    assert (blocked["subject"], blocked["user"]) == ("user alan", None)
    assert len(admin.json("audit", "--subject", "user alan")["entries"]) == 2
    assert len(admin.json("audit", "--actor", blocked["actor"])["entries"]) == 4
    assert admin.json("audit", "--actor", "nobody") == {"entries": []}
    assert f"{blocked['actor']} (command line)  user_blocked  user alan" in admin.words("audit")


def test_what_the_log_quotes_cannot_move_the_cursor(admin: Admin) -> None:
    (one,) = put_submissions(admin.store, 1, fault="\x1b[2J gone")
    admin.json("retry", str(one))
    assert "\x1b" not in admin.words("audit")
    assert "gone" in admin.words("audit")


def test_backup_and_restore_are_in_the_log(admin: Admin, tmp_path: Path) -> None:
    put_user(admin.store)
    path = tmp_path / "b"
    admin.json("backup", str(path), "--check")
    (made,) = admin.json("audit")["entries"]
    assert (made["act"], made["subject"]) == ("backup_made", "backup b")
    assert (made["detail"]["file"], made["detail"]["rows"]) == (str(path), 1)
    admin.store.close()
    admin.json("restore", str(path), "--check")
    assert [entry[1] for entry in admin.logged()] == ["backup_made"]
    admin.store.close()
    admin.json("restore", str(path), "--replace")
    # The log is the backup's, and so knows nothing of the backup itself.
    assert [entry[1:] for entry in admin.logged()] == [("backup_restored", "backup b")]


def test_a_backup_of_an_older_database_needs_no_log(admin: Admin, tmp_path: Path) -> None:
    schema.downgrade(admin.store, "0003")
    assert admin.json("backup", str(tmp_path / "b"))["revision"] == "0003"

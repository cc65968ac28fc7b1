"""What an admin sees of the service, and does about faults and problems, on both databases."""

from __future__ import annotations

import html
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from judge.domain.administration import Act
from judge.domain.lifecycle import Kind, Queue, Role
from judge.domain.report import Report
from judge.domain.verdict import Verdict
from judge.settings import Settings
from judge.store import Store, audit, queue, submissions, workers
from judge.store.audit import COMMAND_LINE
from judge.store.submissions import Answer
from judge.store.workers import Doing, Presence
from tests.services.conftest import SLUG, counted, put_problem, put_user
from tests.services.web.conftest import HintList, People, Person
from web import create_app
from web.admin.words import ACTS, act

pytestmark = pytest.mark.services
PRESENCE = Presence("one", (Queue.CPU, Queue.BULK), 3, "2.13.0+cpu", ("cpu",), (Doing(77, 4.2),))
COURSE = """\
format: 1
title: {zh: 课, en: Course}
chapters:
  - slug: 01-creation
    title: {zh: 创建, en: Creation}
"""


@pytest.fixture
def admin(people: People) -> Person:
    return people.signed_in("Root", Role.ADMIN)


def page(person: Person, path: str) -> str:
    answer = person.client.get(path)
    assert answer.status_code == 200, path
    return html.unescape(answer.get_data(as_text=True))


def given_up(store: Store, fault: str, *, user_id: int, count: int = 1) -> list[int]:
    """Have submissions that failed through a fault of ours; return their ids."""
    problem = put_problem(store)
    ids = []
    for _ in range(count):
        with store.write() as session:
            answer = Answer("code", Kind.SUBMIT)
            row = submissions.create(
                session.connection(), problem, answer, user_id=user_id, most_under_way=1000
            )
            ids.append(row.id)
            session.flush()
            claim = queue.claim(session.connection(), queues=[Queue.CPU], worker="one", lease_s=60)
            assert claim is not None
            queue.give_back(session, claim, fault=fault, max_tries=1)
    return ids


def judge(store: Store) -> None:
    """Be the worker: accept what waits next."""
    with store.write() as session:
        claim = queue.claim(session.connection(), queues=[Queue.CPU], worker="one", lease_s=60)
        assert claim is not None
        report = Report("p", "v", Verdict.ACCEPTED, 8, 8)
        assert queue.finish(session.connection(), claim, report, seed="ab")


def logged(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as session:
        return [(each.actor_name, each.action, each.subject) for each in audit.entries(session)]


def test_the_overview_says_who_judges_what_and_what_waits(admin: Person, store: Store) -> None:
    assert "No worker is alive" in page(admin, "/admin")
    with store.write() as session:
        workers.report(session, PRESENCE)
        workers.report(session, replace(PRESENCE, name="other", needs_torch="2.14.0", doing=()))
    given_up(store, "the disk is full", user_id=put_user(store))
    for path in ("/admin", "/admin/live"):
        text = page(admin, path)
        assert "No worker is alive" not in text
        assert "cpu bulk" in text
        assert "#77" in text
        assert "for 4 seconds" in text
        assert "the disk is full" in text
        assert "1 submission was given up" in text
        assert "Open to everybody" in text
        assert text.count("waits for torch 2.14.0") == 1
    assert "<html" not in page(admin, "/admin/live")


def test_a_worker_that_fell_silent_is_told_from_one_that_is_alive(
    admin: Person, store: Store
) -> None:
    with store.write() as session:
        workers.report(session, PRESENCE)
    assert "silent" not in page(admin, "/admin/live")
    with store.write() as session:
        row = workers.alive(session)[0]
        row.seen_at -= timedelta(minutes=5)
    text = page(admin, "/admin/live")
    assert "No worker is alive" in text
    assert "for 5 minutes" in text


def test_a_fault_is_shown_with_all_that_helps_and_retried(
    admin: Person, store: Store, hints: HintList
) -> None:
    (number,) = given_up(store, "<b>the disk is full", user_id=put_user(store))
    raw = admin.client.get("/admin/faults").get_data(as_text=True)
    for said in ("&lt;b&gt;the disk is full", "Ada", "one", "1 try", "given up", f"#{number}"):
        assert said in raw, said
    admin.post(f"/admin/faults/{number}/retry")
    assert hints.sent == [(number, Queue.CPU)]
    assert logged(store) == [("Root", "submission_retried", f"submission {number}")]
    text = page(admin, "/admin/faults")
    assert "is queued again" in text
    assert "No faults" in text
    assert "Waiting" in text
    judge(store)
    assert "Accepted" in page(admin, "/admin/faults")
    admin.post(f"/admin/faults/{number}/retry")
    assert "needs no retry" in page(admin, "/admin/faults")
    admin.post("/admin/faults/999/retry")
    assert "There is no submission #999" in page(admin, "/admin/faults")
    assert len(hints.sent) == len(logged(store)) == 1


def test_all_faults_are_retried_at_once(admin: Person, store: Store, hints: HintList) -> None:
    ids = given_up(store, "no memory", user_id=put_user(store), count=3)
    admin.post("/admin/faults/retry")
    assert "3 submissions are queued again" in page(admin, "/admin/faults")
    assert sorted(hints.sent) == [(number, Queue.CPU) for number in ids]
    assert sorted(subject for _, _, subject in logged(store)) == [f"submission {n}" for n in ids]
    for _ in ids:
        judge(store)
    assert page(admin, "/admin/faults").count("Accepted") == 3
    admin.post("/admin/faults/retry")
    assert "There was nothing to retry" in page(admin, "/admin/faults")


def test_many_faults_come_page_by_page(admin: Person, store: Store) -> None:
    ids = given_up(store, "no memory", user_id=put_user(store), count=53)
    text = page(admin, "/admin/faults")
    assert text.count('class="fault-words"') == 50
    older = re.search(r'rel="next" href="([^"]+)"', text)
    assert older
    text = page(admin, older[1])
    assert re.findall(r'<th scope="row">#(\d+)<', text) == [str(each) for each in ids[2::-1]]


def test_no_page_asks_more_when_there_is_more(admin: Person, store: Store) -> None:
    paths = ("", "/faults", "/users", "/registration", "/problems", "/settings", "/audit")

    def asked() -> dict[str, int]:
        found = {}
        for path in paths:
            page(admin, f"/admin{path}")
            with counted(store) as seen:
                page(admin, f"/admin{path}")
            found[path] = len(seen)
        return found

    ids = given_up(store, "no memory", user_id=put_user(store))
    with store.write() as session:
        workers.report(session, PRESENCE)
    admin.post(f"/admin/faults/{ids[0]}/retry")
    few = asked()
    for number in range(4):
        given_up(store, "no memory", user_id=put_user(store, f"Ada {number}"))
        put_problem(store, "01-creation/" + ("louder", "rewind", "dice", "stand-ins")[number])
        with store.write() as session:
            workers.report(session, replace(PRESENCE, name=f"worker {number}"))
    admin.post("/admin/faults/retry")
    given_up(store, "no memory", user_id=put_user(store, "Eve"), count=3)
    assert asked() == few


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of one problem."""
    made = tmp_path / "course"
    (made / "01-creation").mkdir(parents=True)
    (made / "course.yaml").write_text(COURSE, encoding="utf-8")
    source = Path(__file__).parents[3] / "problems" / f"{SLUG}.yaml"
    shutil.copy(source, made / f"{SLUG}.yaml")
    return made


@pytest.fixture
def teacher(folder: Path, store: Store, settings: Settings, hints: HintList) -> Person:
    """An admin of a site whose course is in the folder."""
    made = create_app(settings.model_copy(update={"problems": folder}), store=store, hints=hints)
    made.config["RATELIMIT_ENABLED"] = False
    return People(made, store).signed_in("Root", Role.ADMIN)


def test_the_course_is_loaded_again_and_versions_are_shown(
    teacher: Person, folder: Path, store: Store
) -> None:
    assert "No problem is loaded" in page(teacher, "/admin/problems")
    status, text = teacher.post("/admin/problems/load")
    assert status == 200
    assert SLUG in text
    assert SLUG in page(teacher, "/admin/problems")
    file = folder / f"{SLUG}.yaml"
    file.write_text(file.read_text() + "limits: {time_s: 3}\n", encoding="utf-8")
    teacher.post("/admin/problems/load")
    text = page(teacher, "/admin/problems")
    assert text.count(">in force<") == 1
    assert text.count("0 submissions") == 2
    assert logged(store) == [("Root", "course_loaded", "course")] * 2


def test_a_file_that_does_not_hold_changes_nothing_and_is_named_with_its_place(
    teacher: Person, folder: Path, store: Store
) -> None:
    bad = folder / "01-creation" / "bad.yaml"
    bad.write_text("format: 1\ntitel: {zh: x, en: y}\n", encoding="utf-8")
    status, text = teacher.post("/admin/problems/load")
    text = html.unescape(text)
    assert status == 422
    assert "Nothing has changed" in text
    assert f"{bad}:2:1:" in text
    assert "did you mean `title`?" in text
    assert "No problem is loaded" in page(teacher, "/admin/problems")
    assert logged(store) == []
    (folder / "course.yaml").unlink()
    status, text = teacher.post("/admin/problems/load")
    assert status == 422
    assert "course.yaml" in text


def test_of_secrets_only_whether_they_are_set_is_shown(
    store: Store, settings: Settings, hints: HintList
) -> None:
    update = {
        "secret_key": SecretStr("sealed-1"),
        "smtp_url": SecretStr("smtp://me:sealed-2@mail"),
    }
    made = create_app(settings.model_copy(update=update), store=store, hints=hints)
    made.config |= {"RATELIMIT_ENABLED": False}
    text = page(People(made, store).signed_in("Root", Role.ADMIN), "/admin/settings")
    assert "sealed" not in text
    for name in Settings.model_fields:
        assert f"JUDGE_{name}".upper() in text


def test_the_log_is_searched_by_act_actor_and_subject(admin: Person, store: Store) -> None:
    with store.write() as session:
        audit.note(session, COMMAND_LINE, Act.BACKUP_RESTORED, "backup x", replaced=True)
        audit.note(session, COMMAND_LINE, Act.USER_BLOCKED, "user ada")
        audit.note(session, COMMAND_LINE, Act.USER_BLOCKED, "user bob", before="student")

    def rows(query: str) -> int:
        return page(admin, f"/admin/audit?{query}").count('class="act"')

    assert rows("") == 3
    assert "<dt>replaced what was there</dt><dd>yes</dd>" in page(admin, "/admin/audit")
    assert rows("act=user_blocked") == 2
    assert rows("act=user_blocked&subject=user+ada") == rows("subject=user+ada") == 1
    assert rows("actor=command+line") == 3
    assert rows("actor=Root") == 0
    assert rows("act=nonsense") == 3


def test_the_log_comes_page_by_page(admin: Person, store: Store) -> None:
    with store.write() as session:
        for number in range(audit.PAGE + 5):
            audit.note(session, COMMAND_LINE, Act.USER_BLOCKED, f"user {number:03}")
    text = page(admin, "/admin/audit?act=user_blocked")
    assert text.count('class="act"') == audit.PAGE
    older = re.search(r'rel="next" href="([^"]+)"', text)
    assert older
    text = page(admin, older[1])
    assert text.count('class="act"') == 5
    assert "user 000" in text


def test_every_act_has_its_words_in_both_languages(people: People) -> None:
    assert set(ACTS) == set(Act)
    for headers, name in (({}, "Blocked a user"), ({"Accept-Language": "zh"}, "封禁用户")):
        with people.app.test_request_context(headers=headers):
            assert act("user_blocked") == name
            assert act("of_a_newer_program") == "of_a_newer_program"

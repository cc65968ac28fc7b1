"""From a key pressed to a verdict on the page, and what it may not tell."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from judge.catalog import load_problem
from judge.domain.lifecycle import Role
from judge.store import Store, logins
from judge.store.rejudging import Selection, rejudge
from judge.store.retention import Kept
from tests.services.conftest import SLUG
from tests.services.web.conftest import HintList, People, Person
from worker.judging import Judging
from worker.retention import Retention

pytestmark = [pytest.mark.services, pytest.mark.sandbox]
WRONG = "import torch\ndef throw(seed, count):\n    return seed, torch.zeros(count)\n"
HOSTILE = "<script>alert(1)</script>\u202e"


@pytest.fixture
def solution(request: pytest.FixtureRequest) -> str:
    return load_problem(request.config.rootpath / "problems" / f"{SLUG}.yaml").solution


@contextmanager
def beside(judging: Judging) -> Iterator[None]:
    """Have a worker that looks again and again until it has found one row, or nobody waits."""
    over = threading.Event()

    def work() -> None:
        while not judging.work() and not over.wait(0.01):
            pass

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
        # A busy machine may answer before it has judged.
        worker.join(30)
    finally:
        over.set()
        worker.join()


def submit(person: Person, judging: Judging, code: str, **more: str) -> dict[str, object]:
    """Submit as the page does, with a worker beside it."""
    kind = "run" if "inputs" in more else "submit"
    with beside(judging):
        status, found = person.send("POST", f"/{kind}/{SLUG}", {"code": code, **more})
        assert status == 200, found
    if found["next_poll_ms"] is not None:
        _, found = person.send("GET", f"/submissions/{found['id']}/status", None)
    return found


def test_a_verdict_comes_with_the_answer_to_the_submit(
    people: People, judging: Judging, solution: str, hints: HintList
) -> None:
    found = submit(people.signed_in(), judging, solution)
    assert (found["verdict"], found["next_poll_ms"]) == ("accepted", None)
    assert [number for number, _ in hints.sent] == [found["id"]]


def test_a_wrong_answer_names_the_property_in_the_readers_language(
    people: People, judging: Judging
) -> None:
    person = people.signed_in()
    found = submit(person, judging, WRONG)
    assert found["verdict"] == "wrong_dtype"
    assert "Wrong dtype" in str(found["html"])
    person.client.set_cookie("language", "zh")
    page = person.client.get(f"/submissions/{found['id']}").get_data(as_text=True)
    assert "数据类型" in page


def test_what_the_student_has_reached_by_now_comes_along(
    people: People, judging: Judging, solution: str
) -> None:
    person = people.signed_in()
    for code, said in ((WRONG, "Best so far: 0 of 8"), (solution, "Solved"), (WRONG, "Solved")):
        standing = str(submit(person, judging, code)["standing"])
        assert said in standing
        # Just as the page says it.
        assert standing in person.client.get(f"/problems/{SLUG}").get_data(as_text=True)
    assert submit(person, judging, solution, inputs="3, 2")["standing"] is None


def test_an_error_marks_its_line(people: People, judging: Judging) -> None:
    code = "def throw(seed, count):\n    x = 1\n    return missing\n"
    found = submit(people.signed_in(), judging, code)
    assert found["marks"] == [{"line": 3, "message": "NameError: name 'missing' is not defined"}]


def test_a_run_is_free_and_shows_ones_own_input(
    people: People, judging: Judging, solution: str
) -> None:
    person = people.signed_in()
    found = submit(person, judging, solution, inputs="3, 2")
    assert "your own input" in str(found["html"])
    assert f"/submissions/{found['id']}" not in person.client.get("/submissions").get_data(
        as_text=True
    )
    assert "0/8" not in person.client.get("/chapters/01-creation").get_data(as_text=True)


def test_what_a_student_writes_is_shown_as_text(people: People, judging: Judging) -> None:
    code = (
        f"# {HOSTILE}\ndef throw(seed, count):\n"
        f"    print('{HOSTILE}')\n    raise ValueError('{HOSTILE}')\n"
    )
    person = people.signed_in()
    found = submit(person, judging, code)
    page = person.client.get(f"/submissions/{found['id']}").get_data(as_text=True)
    for html in (str(found["html"]), page):
        assert "<script>alert" not in html
        assert "\u202e" not in html
        assert "&lt;script&gt;alert(1)" in html


def test_nothing_of_a_hidden_case_reaches_the_student(
    people: People, judging: Judging, request: pytest.FixtureRequest
) -> None:
    problem = load_problem(request.config.rootpath / "problems" / f"{SLUG}.yaml")
    person = people.signed_in()
    leak = "def throw(seed, count):\n    print('LEAK', seed)\n    raise ValueError(f'LEAK{seed}')\n"
    found = submit(person, judging, leak)
    shown = [
        str(found),
        person.client.get(f"/problems/{SLUG}").get_data(as_text=True),
        person.client.get(f"/submissions/{found['id']}").get_data(as_text=True),
    ]
    for page in shown:
        # Only the visible case's seed, 7, may be read back.
        assert {page[at + 4] for at in range(len(page)) if page.startswith("LEAK", at)} <= set(
            "7 '&{<"
        )
        assert problem.solution.splitlines()[-1].strip() not in page


def test_a_student_can_have_only_so_many_under_way(people: People) -> None:
    person = people.signed_in()
    codes = []
    for _ in range(4):
        answer = person.client.post(
            f"/submit/{SLUG}",
            data={"csrf_token": person.csrf(), "code": WRONG},
        )
        codes.append(answer.headers["Location"].rpartition("/")[2])
    assert codes[:3] == ["1", "2", "3"]
    assert codes[3] == "dice"


def test_the_place_in_the_queue_is_told(people: People) -> None:
    first, second = people.signed_in("One"), people.signed_in("Two")
    first.send("POST", f"/submit/{SLUG}", {"code": WRONG})
    _, found = second.send("POST", f"/submit/{SLUG}", {"code": WRONG})
    assert (found["state"], found["place"]) == ("queued", 2)


def test_another_students_submission_does_not_exist(
    people: People, judging: Judging, solution: str
) -> None:
    found = submit(people.signed_in("One"), judging, solution)
    for other in (people.signed_in("Two"), people.signed_in("Boss", Role.ADMIN)):
        for path in ("", "/status", f"/compare/{found['id']}"):
            assert other.client.get(f"/submissions/{found['id']}{path}").status_code == 404


def test_two_submissions_can_be_compared_and_one_restored(
    people: People, judging: Judging, solution: str
) -> None:
    person = people.signed_in()
    first, second = submit(person, judging, WRONG), submit(person, judging, solution)
    page = person.client.get(f"/submissions/{first['id']}/compare/{second['id']}")
    assert "<ins>" in page.get_data(as_text=True)
    assert person.post(f"/submissions/{first['id']}/restore")[0] == 302
    assert "torch.zeros(count)" in person.client.get(f"/problems/{SLUG}").get_data(as_text=True)


def test_any_two_of_the_list_can_be_compared(
    people: People, judging: Judging, solution: str
) -> None:
    person = people.signed_in()
    first, _, third = (submit(person, judging, code)["id"] for code in (WRONG, WRONG, solution))
    answer = person.client.get(f"/submissions/compare?of={third}&of={first}")
    assert answer.headers["Location"] == f"/submissions/{first}/compare/{third}"
    for wrong in ("", f"?of={first}", f"?of={first}&of={first}", "?of=x&of=y"):
        answer = person.client.get(f"/submissions/compare{wrong}", follow_redirects=True)
        assert "Tick two submissions" in answer.get_data(as_text=True)


def test_a_draft_is_kept_and_a_later_one_wins_only_knowingly(people: People) -> None:
    person = people.signed_in()
    path = f"/drafts/{SLUG}"
    status, saved = person.send("PUT", path, {"code": "one", "revision": 0})
    assert (status, saved["revision"]) == (200, 1)
    assert person.send("PUT", path, {"code": "two", "revision": 1})[0] == 200
    status, other = person.send("PUT", path, {"code": "three", "revision": 1})
    assert (status, other["code"], other["revision"]) == (409, "two", 2)


def test_judging_again_shows_what_it_was(people: People, judging: Judging, store: Store) -> None:
    person = people.signed_in()
    found = submit(person, judging, WRONG)
    with store.write() as session:
        rejudge(session, Selection(submission_id=int(str(found["id"]))))
    judging.work()
    page = person.client.get(f"/submissions/{found['id']}").get_data(as_text=True)
    assert "judged again; before: Wrong dtype" in page


def test_no_page_asks_more_questions_for_more_rows(people: People, store: Store) -> None:
    person = people.signed_in()
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    def counted(path: str) -> int:
        asked.clear()
        assert person.client.get(path).status_code == 200
        return len(asked)

    paths = ("/", "/chapters/01-creation", "/submissions", "/progress", "/ranking")
    few = [counted(path) for path in paths]
    for _ in range(3):
        person.client.post(f"/submit/{SLUG}", data={"csrf_token": person.csrf(), "code": WRONG})
    assert [counted(path) for path in paths] == few


def test_the_api_submits_follows_and_reads(
    people: People, judging: Judging, store: Store, solution: str
) -> None:
    user = people.signed_in()
    with store.write() as session:
        token = logins.new_api_token(session, user.id, label="tests")
    client = people.stranger().client
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/me").status_code == 401
    assert user.client.get("/api/v1/me").status_code == 401
    assert client.get("/api/v1/me", headers=headers).get_json()["name"] == "Ada"
    course = client.get("/api/v1/problems", headers=headers).get_json()
    assert course["chapters"][0]["problems"][0]["slug"] == SLUG
    problem = client.get(f"/api/v1/problems/{SLUG}", headers=headers).get_json()
    assert problem["signature"].startswith("throw(")
    body = {"problem": SLUG, "code": solution}
    with beside(judging):
        made = client.post("/api/v1/submissions", json=body, headers=headers)
    number = made.get_json()["id"]
    found = client.get(f"/api/v1/submissions/{number}?wait=5", headers=headers).get_json()
    assert (made.status_code, found["verdict"], found["report"]["verdict"]) == (
        201,
        "accepted",
        "accepted",
    )
    listed = client.get("/api/v1/submissions", headers=headers).get_json()
    assert [each["id"] for each in listed["submissions"]] == [number]
    bad = client.post("/api/v1/submissions", json={"problem": SLUG}, headers=headers)
    assert (bad.status_code, bad.content_type) == (422, "application/problem+json")


def test_the_apis_document_has_every_route(people: People) -> None:
    document = people.stranger().client.get("/api/v1/openapi.json").get_json()
    there = {
        (path, method) for path, operations in document["paths"].items() for method in operations
    }
    ours = {
        (rule.rule.replace("<path:", "{").replace("<int:", "{").replace(">", "}"), method.lower())
        for rule in people.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint not in ("api.index", "api.openapi")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert there == ours


def test_a_result_without_its_details_still_says_verdict_and_score(
    people: People, judging: Judging, store: Store, solution: str
) -> None:
    ada = people.signed_in()
    right = submit(ada, judging, solution)
    wrong = submit(ada, judging, WRONG)
    kept = Kept(runs_s=1, details_s=0.001)
    assert sum(1 for _ in Retention(store, kept).round())
    _, found = ada.send("GET", f"/submissions/{wrong['id']}/status", None)
    assert (found["verdict"], found["score"]) == ("wrong_dtype", wrong["score"])
    assert found["marks"] == []
    for number, name in ((right["id"], "Accepted"), (wrong["id"], "Wrong dtype")):
        page = ada.client.get(f"/submissions/{number}").get_data(as_text=True)
        assert name in page
        assert "tidied away" in page
    assert "tidied away" in ada.client.get(f"/problems/{SLUG}").get_data(as_text=True)

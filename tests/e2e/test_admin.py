"""An admin's day, in a real browser: a fault retried, a user blocked, registration closed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from judge.domain.lifecycle import Kind, Queue, Role
from judge.store import Store, courses, passwords, queue, submissions, users
from judge.store.submissions import Answer
from tests.e2e.conftest import PASSWORD, Site, Visitor, Visitors
from tests.services.conftest import SLUG

pytestmark = [pytest.mark.services, pytest.mark.sandbox, pytest.mark.browser]
PAGES = ("", "/faults", "/users", "/users/1", "/registration", "/problems", "/settings", "/audit")
names = (f"admin{number}" for number in itertools.count())


@pytest.fixture
def store(site: Site) -> Iterator[Store]:
    """The service's own database."""
    opened = Store(site.database)
    yield opened
    opened.close()


def signed_in(visitors: Visitors, store: Store, **look: object) -> Visitor:
    """Open a browser as a new admin."""
    name = next(names)
    with store.write() as session:
        hashed = passwords.hash_password(PASSWORD)
        users.create(session, name=name, password_hash=hashed, role=Role.ADMIN)
    visitor = visitors(**look)  # type: ignore[arg-type]
    visitor.go("/sign-in")
    visitor.page.fill("#name", name)
    visitor.page.fill("#password", PASSWORD)
    visitor.page.click("main button[type=submit]")
    visitor.page.wait_for_url(visitor.site.url + "/")
    return visitor


def given_up(store: Store, name: str) -> int:
    """Have a submission that failed through a fault of ours; return its id."""
    with store.write() as session:
        problem = courses.problem(session, SLUG)
        assert problem is not None
        user = users.create(session, name=name, password_hash="none")
        answer = Answer("def throw(seed, count):\n    return seed\n", Kind.SUBMIT)
        number = submissions.create(
            session.connection(), problem, answer, user_id=user.id, most_under_way=9
        ).id
        claim = queue.claim(session.connection(), queues=[Queue.CPU], worker="broken", lease_s=60)
        assert claim is not None
        assert claim.id == number
        queue.give_back(session, claim, fault="the disk is full", max_tries=1)
    return number


def test_a_fault_is_retried_and_judged(visitors: Visitors, store: Store) -> None:
    admin = signed_in(visitors, store)
    number = given_up(store, f"victim of {next(names)}")
    page = admin.page
    page.click("text=Admin >> nth=0")
    expect(page.locator("[data-live]")).to_contain_text("the disk is full")
    expect(page.locator("[data-live]")).to_contain_text("alive")
    # By itself: the overview renews what it shows.
    page.evaluate("document.querySelector('[data-live]').dataset.seen = '1'")
    page.evaluate("document.querySelector('[data-live] h2').remove()")
    expect(page.locator("[data-live] h2").first).to_have_text("Workers")
    admin.go("/admin/faults")
    row = page.locator("tr", has_text=f"#{number}").first
    expect(row).to_contain_text("given up")
    row.locator("button").click()
    expect(page.locator(".flash")).to_contain_text(f"#{number} is queued again")

    def judged() -> bool:
        page.reload()
        row = page.locator("tr", has_text=f"#{number}").first
        return "Wrong type" in row.inner_text()

    for _ in range(100):
        if judged():
            break
        page.wait_for_timeout(200)
    expect(page.locator("tr", has_text=f"#{number}").first).to_contain_text("Wrong type")
    assert admin.complaints == []


def test_a_user_is_blocked_and_registration_closed_and_opened(
    visitors: Visitors, store: Store
) -> None:
    admin = signed_in(visitors, store)
    student = visitors()
    name = f"student of {next(names)}"
    student.register(name)
    page = admin.page
    admin.go("/admin/users")
    page.fill("#prefix", name)
    page.click("form[role=search] button")
    page.click(f"th >> text={name}")
    page.click("summary >> text=Block…")
    page.click("button >> text=Block")
    expect(page.locator(".flash")).to_contain_text("is blocked")
    student.go("/account")
    expect(student.page).to_have_url(re.compile("/sign-in"))
    admin.go("/admin/registration")
    page.check("#mode-closed")
    page.click("button >> text=Change")
    expect(page.locator(".flash")).to_contain_text("it holds from now on")
    student.go("/register")
    expect(student.page.locator(".empty-title")).to_have_text("Nothing here")
    page.check("#mode-setting")
    page.click("button >> text=Change")
    student.go("/register")
    expect(student.page.locator("#password")).to_be_visible()
    assert admin.complaints == []


def test_a_reset_link_can_be_copied(visitors: Visitors, store: Store) -> None:
    admin = signed_in(visitors, store)
    admin.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = admin.page
    admin.go("/admin/users")
    page.click("tbody th a >> nth=0")
    page.click("summary >> text=Make a reset link")
    page.click("button >> text=Make the link")
    link = page.input_value("#secret")
    page.click("[data-copy]")
    expect(page.locator("[data-copy]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert "/reset/" in link


@pytest.mark.parametrize(("width", "dark"), [(390, False), (320, True), (1280, True)])
def test_no_page_sticks_out_or_has_a_barrier(
    visitors: Visitors, store: Store, *, width: int, dark: bool
) -> None:
    admin = signed_in(visitors, store, width=width, dark=dark)
    script = (Path(__file__).parent / "axe.min.js").read_text()
    found = {}
    for path in PAGES:
        admin.go(f"/admin{path}")
        wide = admin.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)
        for folded in admin.page.query_selector_all("main details"):
            folded.evaluate("each => each.open = true")
        admin.page.evaluate(script)
        broken = admin.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa']})"
            ".then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]))"
        )
        if broken:
            found[path] = broken
    assert found == {}

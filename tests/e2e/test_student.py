"""A student's ways through the site, in a real browser."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import expect

from judge.catalog import load_problem
from tests.e2e.conftest import Visitor, Visitors
from tests.services.conftest import SLUG

pytestmark = [pytest.mark.services, pytest.mark.sandbox, pytest.mark.browser]
PROBLEM = f"/problems/{SLUG}"
WRONG = "import torch\ndef throw(seed, count):\n    return seed, torch.zeros(count)\n"
RAISING = "def throw(seed, count):\n    return missing\n"
names = (f"student{number}" for number in itertools.count())


@pytest.fixture
def solution(request: pytest.FixtureRequest) -> str:
    return load_problem(request.config.rootpath / "problems" / f"{SLUG}.yaml").solution


def at_the_problem(visitors: Visitors, **look: object) -> Visitor:
    visitor = visitors(**look)  # type: ignore[arg-type]
    visitor.register(next(names))
    visitor.go(PROBLEM)
    return visitor


def submit(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Control+Enter")


def test_wrong_then_right_then_history_and_difference(visitors: Visitors, solution: str) -> None:
    student = at_the_problem(visitors)
    page = student.page
    student.write(WRONG)
    submit(student)
    expect(page.locator(".result-head")).to_contain_text("Wrong dtype")
    expect(page.locator("details.case[open]")).to_have_count(1)
    expect(page.locator(".statement-head")).to_contain_text("Best so far: 0 of 8")
    student.write(solution)
    submit(student)
    expect(page.locator(".result-head")).to_contain_text("Accepted")
    expect(page.locator(".statement-head")).to_contain_text("Solved")
    expect(page.locator("[data-announce]")).to_contain_text("Accepted")
    student.go("/submissions")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.click("tbody tr:first-child td.num a")
    page.click("text=Compare with")
    expect(page.locator("table.diff ins").first).to_be_visible()
    student.go("/chapters/01-creation")
    expect(page.locator(".state.solved")).to_have_count(1)
    assert student.complaints == []


def test_an_error_is_marked_in_the_editor(visitors: Visitors) -> None:
    student = at_the_problem(visitors)
    student.write(RAISING)
    submit(student)
    expect(student.page.locator(".cm-lint-marker-error")).to_have_count(1)
    student.page.click("a.line-link >> nth=0")
    expect(student.page.locator(".cm-editor.cm-focused")).to_have_count(1)


def test_the_editor_has_vim_keys_and_a_plain_text_area(visitors: Visitors) -> None:
    student = at_the_problem(visitors)
    page = student.page
    page.wait_for_selector(".cm-content")
    options = page.locator("summary[aria-label='Options of the editor']")
    options.click()
    page.click("[data-choose=vim]")
    page.click(".cm-content")
    page.keyboard.type("ggdGi# by vim")
    page.keyboard.press("Escape")
    expect(page.locator(".cm-content")).to_have_text("# by vim")
    if not page.locator("[data-choose=plain]").is_visible():
        options.click()
    page.click("[data-choose=plain]")
    expect(page.locator("textarea#code")).to_have_value("# by vim")
    page.fill("textarea#code", WRONG)
    submit(student)
    expect(page.locator(".result-head")).to_contain_text("Wrong dtype")
    page.reload()
    expect(page.locator("textarea#code")).to_be_visible()


SLOW = "import time\ndef throw(seed, count):\n    time.sleep(0.9)\n    return seed, count\n"


def test_a_verdict_comes_by_itself_to_whatever_page_is_open(visitors: Visitors) -> None:
    student = at_the_problem(visitors)
    page = student.page
    student.write(SLOW)
    submit(student)
    expect(page.locator("[data-waiting]")).to_be_visible()
    other = visitors()
    other.sign_in_as(student)
    other.go(PROBLEM)
    expect(other.page.locator(".result")).to_have_class("result pending")
    page.reload()
    student.go("/submissions")
    page.click("tbody tr:first-child td.num a")
    expect(page.locator(".result.pending")).to_be_visible()
    for each in (page, other.page):
        expect(each.locator(".result.rejected")).to_be_visible()
    expect(page.locator(".source-lines")).to_be_visible()


def test_a_run_is_free_and_takes_ones_own_input(visitors: Visitors, solution: str) -> None:
    student = at_the_problem(visitors)
    student.write(solution)
    student.page.fill("#inputs", "3, 2")
    student.page.click("[data-run]")
    expect(student.page.locator(".result-head")).to_contain_text("It runs")
    expect(student.page.locator(".case-list")).to_contain_text("your own input")
    student.go("/submissions")
    expect(student.page.locator("tbody tr")).to_have_count(0)


def test_a_draft_survives_a_reload_and_another_device(visitors: Visitors) -> None:
    student = at_the_problem(visitors)
    student.write("# my draft\n")
    expect(student.page.locator("[data-save-words]")).to_have_text("Saved")
    expect(student.page.locator("[data-save-words]")).to_be_visible()
    student.page.reload()
    expect(student.page.locator(".cm-content")).to_contain_text("# my draft")
    other = visitors()
    other.sign_in_as(student)
    other.go(PROBLEM)
    expect(other.page.locator(".cm-content")).to_contain_text("# my draft")
    # Both write: whoever comes second is asked, and neither text is lost.
    other.write("# elsewhere\n")
    expect(other.page.locator("[data-save-words]")).to_have_text("Saved")
    student.write("# here\n")
    expect(student.page.locator("dialog[open]")).to_contain_text("# elsewhere")
    student.page.click("dialog[open] button[value=here]")
    expect(student.page.locator("[data-save-words]")).to_have_text("Saved")
    student.page.reload()
    expect(student.page.locator(".cm-content")).to_contain_text("# here")


def test_nothing_is_lost_without_a_connection(visitors: Visitors) -> None:
    student = at_the_problem(visitors)
    student.page.wait_for_selector(".cm-content")
    student.context.set_offline(True)
    student.write("# written on a train\n")
    expect(student.page.locator("[data-save-words]")).to_contain_text("Offline")
    submit(student)
    expect(student.page.locator(".toast")).to_contain_text("safe in this browser")
    student.context.set_offline(False)
    student.page.reload()
    expect(student.page.locator(".cm-content")).to_contain_text("# written on a train")
    expect(student.page.locator("[data-save-words]")).to_have_text("Saved")


def test_a_page_older_than_the_last_save_shows_the_last_save(visitors: Visitors) -> None:
    student = at_the_problem(visitors)
    student.write("# saved meanwhile\n")
    expect(student.page.locator("[data-save-words]")).to_have_text("Saved")
    old = student.context.request.get(student.site.url + PROBLEM).text()
    student.write("# and once more\n")
    expect(student.page.locator("[data-save-words]")).to_have_text("Saved")
    student.page.route(
        "**" + PROBLEM, lambda route: route.fulfill(body=old, content_type="text/html")
    )
    student.page.reload()
    expect(student.page.locator(".cm-content")).to_contain_text("# and once more")
    student.write("# goes on\n")
    expect(student.page.locator("[data-save-words]")).to_have_text("Saved")
    assert student.page.locator("dialog[open]").count() == 0


def test_a_stranger_reads_writes_and_keeps_it_after_signing_up(visitors: Visitors) -> None:
    stranger = visitors()
    stranger.go(PROBLEM)
    stranger.write("# tried out\n")
    submit(stranger)
    stranger.page.wait_for_url("**/sign-in?next=*")
    assert "next=/problems" in stranger.page.url.replace("%2F", "/")


def test_without_a_script_the_form_does_it(visitors: Visitors) -> None:
    student = at_the_problem(visitors)
    plain = visitors.browser.new_context(java_script_enabled=False)
    visitors.opened.append(plain)
    page = plain.new_page()
    Visitor(plain, page, visitors.site, []).sign_in_as(student)
    page.goto(visitors.site.url + PROBLEM)
    page.fill("#code", WRONG)
    page.click("[data-submit]")
    expect(page.locator(".result-head")).to_contain_text("Wrong dtype")


def test_language_and_theme_are_switched_and_kept(visitors: Visitors) -> None:
    visitor = visitors(locale="zh-CN")
    visitor.go("/")
    page = visitor.page
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("h1")).to_contain_text("张量")
    page.click("button[name=language]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click("summary[aria-label=Theme]")
    page.click("button[name=theme][value=dark]")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_timeout(300)
    visitor.go("/ranking")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_keyboard_alone_is_enough(visitors: Visitors, solution: str) -> None:
    student = at_the_problem(visitors)
    page = student.page
    page.wait_for_selector(".cm-content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('cm-content')"):
            break
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(solution)
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.cm-editor')") is None
    submit(student)
    expect(page.locator(".result-head")).to_contain_text("Accepted")


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_sticks_out_on_a_phone(visitors: Visitors, width: int) -> None:
    student = at_the_problem(visitors, width=width)
    student.write(WRONG)
    submit(student)
    expect(student.page.locator(".result-head")).to_contain_text("Wrong dtype")
    for path in (None, "/", "/chapters/01-creation", "/submissions", "/submissions/1", "/progress"):
        if path:
            student.go(path)
        wide = student.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)


@pytest.mark.parametrize(
    ("dark", "width"), [(False, 1280), (True, 1280), (True, 390)], ids=["light", "dark", "phone"]
)
def test_no_page_has_a_barrier_that_axe_finds(
    visitors: Visitors, *, dark: bool, width: int
) -> None:
    student = at_the_problem(visitors, dark=dark, width=width)
    student.write(WRONG)
    submit(student)
    expect(student.page.locator(".result-head")).to_contain_text("Wrong dtype")
    student.write(RAISING)
    submit(student)
    expect(student.page.locator(".result-head")).to_contain_text("Runtime error")
    student.go("/submissions")
    second, first = (
        row.inner_text() for row in student.page.locator("tbody td.num:not(.points)").all()
    )
    script = (Path(__file__).parent / "axe.min.js").read_text()
    found = {}
    pages = (
        *(PROBLEM, "/", "/chapters/01-creation", "/submissions", f"/submissions/{second}"),
        *(f"/submissions/{first}/compare/{second}", "/progress", "/ranking", "/account"),
    )
    for path in pages:
        student.go(path)
        student.page.evaluate(script)
        broken = student.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})"
            ".then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]))"
        )
        if broken:
            found[path] = broken
    assert found == {}

"""What a student sees: how long after its POST a verdict stands in the page of a real browser."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from tests.benchmarks.student import Student
from tests.e2e.conftest import launched
from tests.services.conftest import SLUG

_PAUSE_S = 0.7
_SUBMIT = """async () => {
  const outcome = document.querySelector("[data-outcome]");
  outcome.replaceChildren();
  performance.clearResourceTimings();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const seen = new Promise((resolve) => {
    const watching = new MutationObserver(() => {
      if (!outcome.querySelector(".verdict")) return;
      watching.disconnect();
      const inPage = performance.now();
      requestAnimationFrame(() => setTimeout(() => resolve([inPage, performance.now()])));
    });
    watching.observe(outcome, { childList: true, subtree: true });
  });
  document.querySelector("[data-submit]").click();
  const times = await seen;
  const sent = performance.getEntriesByType("resource")
    .find((each) => each.name.includes("/submit/"));
  return times.map((each) => each - sent.requestStart);
}"""


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds from each POST until its verdict was in the page, and until it was drawn."""

    in_page_ms: tuple[float, ...]
    drawn_ms: tuple[float, ...]


def on_the_page(student: Student, code: str, *, times: int) -> Waits:
    """Submit from the problem's page, one after the other."""
    url = str(student.client.base_url)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = browser.new_context()
        for name, value in student.client.cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": url}])
        page = context.new_page()
        page.goto(f"{url}/problems/{SLUG}")
        page.click(".cm-content")
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.insert_text(code)
        found = []
        for _ in range(times):
            time.sleep(_PAUSE_S)
            found.append(page.evaluate(_SUBMIT))
        browser.close()
    in_page, drawn = zip(*found, strict=True)
    return Waits(tuple(in_page), tuple(drawn))

/** What has `data-live="address"` renews itself from there; without a script one reloads the page. */

const PAUSE_MS = 5000;
const MOST_PAUSE_MS = 60000;

/** @param {Document} page */
export function watchLive(page) {
  for (const part of page.querySelectorAll("[data-live]")) follow(page, /** @type {HTMLElement} */ (part));
  if (!page.querySelector("[data-live]")) return;
  for (const words of page.querySelectorAll("[data-live-words]")) words.hidden = false;
}

/** @param {Document} page @param {HTMLElement} part */
function follow(page, part) {
  let pause = PAUSE_MS;
  const again = () => setTimeout(look, pause);
  async function look() {
    // Nobody looks, or somebody is in the middle of it: later.
    if (page.hidden || part.contains(page.activeElement) || selected(page, part)) return again();
    try {
      const answer = await fetch(part.dataset.live, { redirect: "error" });
      // Signed out, or an admin no more: the page as it stands is all there is.
      if (answer.status === 401 || answer.status === 403) return;
      if (!answer.ok) throw new Error(String(answer.status));
      // Made and escaped by our own server; scripts in it would not run under the page's policy.
      part.innerHTML = await answer.text();
      pause = PAUSE_MS;
    } catch {
      pause = Math.min(MOST_PAUSE_MS, pause * 2);
    }
    again();
  }
  again();
}

/** @param {Document} page @param {HTMLElement} part */
function selected(page, part) {
  const chosen = page.getSelection();
  return chosen !== null && !chosen.isCollapsed && part.contains(chosen.anchorNode);
}

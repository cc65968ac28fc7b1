/**
 * Brings a submission's result into the page once it is there.
 *
 * `data-follow` on an element inside the page is where to ask; `data-followed` is the part of this page
 * that is then fetched anew. What has been replaced meanwhile, by a later submit say, is not followed on.
 */
const FIRST_MS = 400;
const MOST_MS = 8000;
const GROWTH = 1.3;
const GONE = "gone";

/** @param {Document} page */
export function watchFollowed(page) {
  for (const box of page.querySelectorAll("[data-follow]")) follow(box);
}

/** @param {HTMLElement} box */
async function follow(box) {
  let wait = FIRST_MS;
  while (box.isConnected) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const found = await asked(box.dataset.follow);
    if (found === GONE) return;
    if (found && found.next_poll_ms === null) return renew(box);
    wait = Math.min(MOST_MS, Math.max(found?.next_poll_ms ?? 0, wait * GROWTH));
  }
}

/** @param {string} url */
async function asked(url) {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.status >= 400 && answer.status < 500) return GONE; // signed out, say
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // no connection just now: the verdict waits on the server
  }
}

/** @param {HTMLElement} box */
async function renew(box) {
  const text = await fetch(location.href)
    .then((answer) => (answer.ok ? answer.text() : ""))
    .catch(() => "");
  const part = box.dataset.followed;
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector(part);
  // Made and escaped by our own server; scripts in it would not run under the page's policy.
  if (fresh && box.isConnected) document.querySelector(part).replaceChildren(...fresh.childNodes);
}

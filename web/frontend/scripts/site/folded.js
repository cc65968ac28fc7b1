/** A link to something folded unfolds it. */

/**
 * Open a folded element and everything folded around it.
 * @param {Element | null} target
 */
export function unfold(target) {
  for (let each = target; each; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement) each.open = true;
  }
}

/** @param {Document} page */
export function watchFolded(page) {
  const open = (hash) => unfold(page.getElementById(decodeURIComponent(hash.slice(1))));
  page.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link) open(link.hash);
  });
  if (location.hash.length > 1) open(location.hash);
  // On paper nothing can be unfolded any more.
  addEventListener("beforeprint", () => {
    for (const each of page.querySelectorAll("details.case")) each.open = true;
  });
}

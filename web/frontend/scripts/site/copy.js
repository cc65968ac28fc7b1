/** Buttons with `data-copy="id"` copy what is in that element, and say so. */

/** @param {Document} page */
export function watchCopyButtons(page) {
  for (const button of page.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
  page.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const source = page.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
    } catch {
      // Without the permission, or on plain http: select it, so that one key is left to press.
      source.select?.();
      return;
    }
    const words = button.querySelector("span") ?? button;
    const before = words.textContent;
    words.textContent = button.dataset.copied ?? before;
    setTimeout(() => (words.textContent = before), 2000);
  });
}

/** Switch the theme at once, and tell the server so that the next page comes in it. */

/** @param {Document} page */
export function watchTheme(page) {
  const form = page.querySelector("[data-theme-form]");
  form?.addEventListener("submit", (event) => {
    const chosen = event.submitter?.value;
    if (!chosen) return;
    event.preventDefault();
    page.documentElement.dataset.theme = chosen;
    page.querySelector('meta[name="color-scheme"]').content = chosen === "auto" ? "light dark" : chosen;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
    const body = new URLSearchParams(new FormData(form));
    body.set("theme", chosen);
    // If this fails the next page comes in the old theme, and one presses again.
    fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  });
}

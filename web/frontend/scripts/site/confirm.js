/** Ask before a form with `data-confirm="question"` is sent. */

/** @param {Document} page */
export function watchConfirmations(page) {
  page.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (question && !confirm(question)) event.preventDefault();
  });
}

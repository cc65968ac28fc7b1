/** The keyboard of the problem page, and how its keys are written. */
import { part } from "./page.js";

const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const MOD = MAC ? "⌘" : "Ctrl";
const NAMES = {
  submit: `${MOD} Enter`, run: `${MOD} Shift Enter`, leave: "Esc Tab", complete: "Ctrl Space",
  find: `${MOD} F`, comment: `${MOD} /`, move: "Alt ↑ ↓", select: `${MOD} D`, marks: "F8", help: "Shift F1",
};

/** @param {{run(): void, submit(): void}} actions */
export function watchKeys(actions) {
  for (const each of document.querySelectorAll("[data-key]")) {
    each.textContent = NAMES[/** @type {HTMLElement} */ (each).dataset.key] ?? "";
  }
  const help = /** @type {HTMLDialogElement} */ (part("[data-keys-dialog]"));
  part("[data-keys]").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.key === "F1" && event.shiftKey) {
      event.preventDefault();
      help.showModal();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey) actions.run();
    else actions.submit();
  }, true);
}

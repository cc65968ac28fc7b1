/** Short messages at the edge of the page, read out politely. */
import { element, icon } from "./elements.js";

const SYMBOLS = { bad: "cross", warn: "warning", ok: "check", info: "info" };
const SHOWN_MS = 9000;

/**
 * @param {string} words
 * @param {"bad" | "warn" | "ok" | "info"} [tone]
 */
export function toast(words, tone = "info") {
  const place = document.querySelector("[data-toasts]");
  for (const old of place.querySelectorAll(".toast-words")) {
    if (old.textContent === words) old.closest(".toast").remove();
  }
  const { dismiss } = JSON.parse(document.getElementById("site-texts").textContent);
  const close = element("button", { type: "button", class: "icon-button", "aria-label": dismiss }, icon("cross"));
  const box = element(
    "div", { class: `toast tone-${tone}` },
    icon(SYMBOLS[tone]), element("p", { class: "toast-words" }, words), close,
  );
  close.addEventListener("click", () => box.remove());
  // An error stays until it has been read.
  if (tone !== "bad") setTimeout(() => box.remove(), SHOWN_MS);
  place.append(box);
}

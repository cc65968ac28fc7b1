/** The questions of the problem page: two versions, kept versions, starting over. */
import { element } from "../site/elements.js";
import { keptVersions } from "./kept.js";
import { part, texts } from "./page.js";

/**
 * Show a dialog; resolves with the value of the button that was pressed, or "".
 * @param {string} title
 * @param {(Node | string)[]} content
 * @param {[string, string, string][]} buttons value, words, kind
 * @returns {Promise<string>}
 */
function ask(title, content, buttons) {
  const dialog = /** @type {HTMLDialogElement} */ (part("[data-dialog]"));
  const row = element("div", { class: "action-buttons" });
  for (const [value, words, kind] of buttons) {
    row.append(element("button", { class: `button ${kind}`, value }, words));
  }
  const form = element("form", { method: "dialog", class: "stack" },
    element("h2", { id: "dialog-title" }, title), ...content, row);
  dialog.replaceChildren(form);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

/** @param {string} title @param {string} code */
const shown = (title, code) => element("figure", { class: "side" },
  element("figcaption", {}, title), element("pre", { tabindex: "0" }, code));

/** @param {string} here @param {string} there @returns {Promise<"here" | "there">} */
export async function chooseVersion(here, there) {
  const chosen = await ask(texts.conflictTitle, [
    element("p", {}, texts.conflictLead),
    element("div", { class: "sides" }, shown(texts.here, here), shown(texts.there, there)),
  ], [["there", texts.useThere, "quiet"], ["here", texts.useHere, "primary"]]);
  return chosen === "there" ? "there" : "here";
}

/** @returns {Promise<string | null>} the code to bring back */
export async function chooseKept() {
  const versions = keptVersions();
  if (!versions.length) {
    await ask(texts.keptTitle, [element("p", {}, texts.keptNone)], [["", texts.close, "quiet"]]);
    return null;
  }
  const list = element("div", { class: "stack" });
  versions.forEach((each, at) => list.append(
    shown(new Date(each.at).toLocaleString(document.documentElement.lang), each.code),
    element("button", { class: "button quiet small", value: `kept-${at}` }, texts.bringBack)));
  const chosen = await ask(texts.keptTitle, [element("p", {}, texts.keptLead), list],
    [["", texts.close, "quiet"]]);
  return chosen.startsWith("kept-") ? versions[Number(chosen.slice(5))].code : null;
}

/** @returns {Promise<boolean>} */
export async function confirmStartOver() {
  const chosen = await ask(texts.startOver, [element("p", {}, texts.startOverLead)],
    [["", texts.cancel, "quiet"], ["yes", texts.startOver, "primary"]]);
  return chosen === "yes";
}

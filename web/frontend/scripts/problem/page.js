/** What the problem page holds: its data, its texts, its parts. */

/** @param {string} id @returns {any} */
const written = (id) => JSON.parse(document.getElementById(id).textContent);

/** This problem, this student. */
export const data = written("problem-data");

/** @type {{texts: Record<string, string>, editor: Record<string, string>}} */
export const { texts, editor: phrases } = written("problem-texts");

/** @param {string} selector @returns {HTMLElement} */
export const part = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));

/**
 * Put values into a text: "place {place}".
 * @param {string} text
 * @param {Record<string, unknown>} values
 */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** A key for this browser's storage, of this student and this problem. @param {string} name */
export const storageKey = (name) => `tensorjudge:${data.user}:${data.problem}:${name}`;

/** This tab's own memory: it outlives a reload, and ends with the tab. */
export const TAB = "sessionStorage";

/**
 * Storage may be full or forbidden; then there is one safety net less.
 * @param {string} key
 * @param {"localStorage" | "sessionStorage"} [where]
 */
export function stored(key, where = "localStorage") {
  try {
    return JSON.parse(window[where].getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 * @param {"localStorage" | "sessionStorage"} [where]
 */
export function store(key, value, where = "localStorage") {
  try {
    if (value === null) window[where].removeItem(key);
    else window[where].setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

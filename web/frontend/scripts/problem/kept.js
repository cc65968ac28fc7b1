/** Versions that were replaced: ten of them stay in this browser. */
import { storageKey, store, stored } from "./page.js";

const MOST = 10;

/** @returns {{code: string, at: string}[]} */
export const keptVersions = () => stored(storageKey("kept")) ?? [];

/** @param {string} code */
export function keepVersion(code) {
  if (!code.trim()) return;
  const others = keptVersions().filter((each) => each.code !== code);
  store(storageKey("kept"), [{ code, at: new Date().toISOString() }, ...others].slice(0, MOST));
}

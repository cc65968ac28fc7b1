/** Ask the server; every failure has a kind and words. */
import { filled, texts } from "./page.js";

/** A request that came to nothing. `kind`: offline, signed-out, conflict, busy, large, refused, broken. */
export class Failure extends Error {
  /** @param {string} kind @param {string} words @param {any} [answer] */
  constructor(kind, words, answer = null) {
    super(words);
    this.kind = kind;
    this.answer = answer;
  }
}

/**
 * @param {string} method
 * @param {string} url
 * @param {unknown} [body]
 * @param {boolean} [keepalive] whether it has to outlive the page
 * @returns {Promise<any>}
 */
export async function ask(method, url, body, keepalive = false) {
  let answer;
  try {
    answer = await fetch(url, {
      method,
      keepalive,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Failure("offline", texts.offline);
  }
  const found = await answer.json().catch(() => null);
  if (answer.ok && found) return found;
  throw failureOf(answer.status, found);
}

/** @param {number} status @param {any} found */
export function failureOf(status, found) {
  const said = found?.error?.text;
  if (status === 401) return new Failure("signed-out", texts.signIn);
  if (status === 409) return new Failure("conflict", "", found);
  if (status === 413) return new Failure("large", texts.tooLarge);
  if (status === 429) return new Failure("busy", said ?? texts.tooMany);
  if (status === 403 || found?.error?.code === "csrf") return new Failure("refused", texts.forbidden);
  if (status < 500 && said) return new Failure("refused", filled(texts.refused, { detail: said }));
  return new Failure("broken", said ?? texts.broken);
}

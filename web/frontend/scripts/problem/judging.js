/** Run and submit; follow until there is a result; show it. */
import { toast } from "../site/toasts.js";
import { data, filled, part, texts } from "./page.js";
import { ask } from "./server.js";

const MOST_BACK_OFF = 4;
const LONG_MS = 60000;
/** A verdict that is quicker comes without a word before it: nothing flashes, nothing is drawn twice. */
const QUICK_MS = 150;

/** @typedef {{id: number, state: string, place: number | null, verdict: string | null, html: string,
 *   standing: string | null, marks: {line: number, message: string}[], next_poll_ms: number | null, url: string}} Found */

export class Judging {
  /** @param {{get(): string, mark(marks: Found["marks"]): void}} editor */
  constructor(editor) {
    this.editor = editor;
    this.turn = 0;
    this.marked = false;
  }

  /** @param {"run" | "submit"} kind */
  async start(kind) {
    const code = this.editor.get();
    if (!code.trim()) return toast(texts.empty, "warn");
    if (!data.user) {
      location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
      return;
    }
    const turn = ++this.turn;
    const slow = setTimeout(() => {
      // One that was overtaken by the next says nothing any more.
      if (turn === this.turn) this.#wait(kind === "run" ? texts.running : texts.sending);
    }, QUICK_MS);
    try {
      const inputs = kind === "run" ? /** @type {HTMLInputElement} */ (part("#inputs")).value : "";
      const asked = ask("POST", data.urls[kind], { code, inputs });
      // While the server works.
      this.#mark([]);
      const found = await asked;
      clearTimeout(slow);
      await this.#follow(found, kind, turn);
    } catch (failure) {
      toast(failure.message || texts.broken, failure.kind === "busy" ? "warn" : "bad");
    } finally {
      clearTimeout(slow);
      if (turn === this.turn) part("[data-waiting]").hidden = true;
    }
  }

  /** @param {Found} found @param {"run" | "submit"} kind @param {number} turn */
  async #follow(found, kind, turn) {
    const began = Date.now();
    let backOff = 1;
    let told = false;
    while (found.next_poll_ms !== null && turn === this.turn) {
      this.#wait(found.place ? filled(texts.place, found) : texts.waiting);
      if (!told && Date.now() - began > LONG_MS) {
        toast(texts.stillWaiting, "info");
        told = true;
      }
      await new Promise((resolve) => setTimeout(resolve, found.next_poll_ms * backOff));
      backOff = Math.min(MOST_BACK_OFF, backOff * 1.3);
      try {
        found = await ask("GET", data.urls.status.replace("/0/", `/${found.id}/`));
      } catch (failure) {
        // The answer is on its way whether or not we hear of it: ask again.
        if (failure.kind !== "offline" && failure.kind !== "broken") throw failure;
        backOff = MOST_BACK_OFF;
      }
    }
    if (turn === this.turn) this.#show(found, kind);
  }

  /** @param {string} words */
  #wait(words) {
    part("[data-waiting]").hidden = false;
    part("[data-waiting-words]").textContent = words;
    part("[data-announce]").textContent = words;
  }

  /** @param {Found} found @param {"run" | "submit"} kind */
  #show(found, kind) {
    const outcome = part("[data-outcome]");
    // Made and escaped by our own server; scripts in it would not run under the page's policy.
    outcome.innerHTML = found.html;
    if (found.standing !== null) part("[data-standing]").innerHTML = found.standing;
    this.#mark(found.marks);
    const words = outcome.querySelector(".result-head .verdict")?.textContent?.trim() ?? found.state;
    const text = kind === "run" ? texts.announceRun : texts.announce;
    part("[data-announce]").textContent = filled(text, { verdict: words });
    // With the next frame, which lays the page out anyway; even the question of its width would do so.
    requestAnimationFrame(() => {
      const block = matchMedia("(max-width: 60rem)").matches ? "start" : "nearest";
      outcome.querySelector(".result")?.scrollIntoView({ block });
    });
    if (found.state === "failed") toast(texts.failed, "warn");
  }

  /** An editor without marks is left alone: telling it costs it a round. @param {Found["marks"]} marks */
  #mark(marks) {
    if (marks.length || this.marked) this.editor.mark(marks);
    this.marked = marks.length > 0;
  }
}

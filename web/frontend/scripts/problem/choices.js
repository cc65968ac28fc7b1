/** Which editor one likes: remembered in this browser, for every problem. */
import { plainEditor } from "../editor/plain.js";
import { toast } from "../site/toasts.js";
import { data, part, phrases, store, stored, texts } from "./page.js";

const KEY = "tensorjudge:editor";

/** An editor that can change its kind under whoever holds it. */
export class Editor {
  /** @param {() => void} changed @param {any[]} keys */
  constructor(changed, keys) {
    this.changed = changed;
    this.keys = keys;
    this.area = /** @type {HTMLTextAreaElement} */ (part("#code"));
    this.choices = stored(KEY) ?? { vim: false, plain: false };
    this.quiet = false;
    this.inner = plainEditor(this.area, () => this.#typed());
    for (const button of document.querySelectorAll("[data-choose]")) {
      button.addEventListener("click", () => this.#choose(/** @type {HTMLElement} */ (button).dataset.choose));
    }
  }

  get() { return this.inner.get(); }
  /** @param {string} text */
  set(text) { this.quiet = true; this.inner.set(text); this.quiet = false; this.area.value = text; }
  /** @param {any[]} marks */
  mark(marks) { this.inner.mark(marks); }
  /** @param {number} line */
  goTo(line) { this.inner.goTo(line); }

  /** Show the editor that was chosen. */
  async open() {
    this.#showChoices();
    const text = this.inner.get();
    if (this.choices.plain) return;
    try {
      const { codeEditor } = await import("../editor/code.js");
      this.inner.destroy();
      this.inner = codeEditor(part("[data-editor-box]"), {
        text, label: texts.editorLabel, nonce: data.nonce, phrases,
        changed: () => this.#typed(), keys: this.keys,
      });
      if (this.choices.vim) await this.inner.setVim(true);
    } catch {
      this.area.hidden = false;
      toast(texts.editorFailed, "warn");
    }
  }

  /** @param {string} name */
  async #choose(name) {
    this.choices[name] = !this.choices[name];
    store(KEY, this.choices);
    this.#showChoices();
    if (name === "vim") return this.inner.setVim(this.choices.vim);
    const text = this.inner.get();
    this.inner.destroy();
    this.area.value = text;
    this.inner = plainEditor(this.area, () => this.#typed());
    await this.open();
    this.inner.focus();
  }

  #typed() {
    // What a form without a script would send, and what the browser restores.
    if (this.inner.get() !== this.area.value) this.area.value = this.inner.get();
    if (!this.quiet) this.changed();
  }

  #showChoices() {
    for (const button of document.querySelectorAll("[data-choose]")) {
      const name = /** @type {HTMLElement} */ (button).dataset.choose;
      button.setAttribute("aria-pressed", String(Boolean(this.choices[name])));
    }
  }
}

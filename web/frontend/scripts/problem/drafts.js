/** Keep what is being written: in this browser at once, on the server with every pause. */
import { toast } from "../site/toasts.js";
import { chooseVersion } from "./dialogs.js";
import { keepVersion } from "./kept.js";
import { data, part, TAB, storageKey, store, stored, texts } from "./page.js";
import { ask } from "./server.js";

const PAUSE_MS = 800;
const AGAIN_MS = 8000;

/** @typedef {{get(): string, set(text: string): void}} Text */

export class Drafts {
  /** @param {Text} text the editor's */
  constructor(text) {
    this.text = text;
    this.revision = data.revision;
    this.saved = text.get();
    this.timer = 0;
    this.busy = false;
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.#leave());
    addEventListener("online", () => this.save());
  }

  /** Bring back what had not reached the server. */
  recover() {
    const sent = stored(storageKey("draft"), TAB);
    if (sent && sent.revision > this.revision) {
      // This page was made before the last save was, or comes from the browser's own memory.
      this.text.set(sent.code);
      this.saved = sent.code;
      this.revision = sent.revision;
    }
    const local = stored(storageKey("draft"));
    if (!local || local.code === this.saved) return this.#show("saved");
    if (data.user && local.revision < this.revision) {
      // Written here before another device saved: neither may be lost.
      keepVersion(local.code);
      return this.#show("saved");
    }
    keepVersion(this.saved);
    this.text.set(local.code);
    toast(texts.restored, "info");
    this.changed();
  }

  /** The text has changed. */
  changed() {
    store(storageKey("draft"), { code: this.text.get(), revision: this.revision });
    clearTimeout(this.timer);
    if (!data.user) return this.#show("kept", texts.kept);
    this.#show("saving");
    this.timer = setTimeout(() => this.save(), PAUSE_MS);
  }

  /** Save now. @returns {Promise<void>} */
  async save() {
    clearTimeout(this.timer);
    const code = this.text.get();
    if (!data.user || this.busy || code === this.saved) return;
    this.busy = true;
    try {
      const { revision } = await ask("PUT", data.urls.draft, { code, revision: this.revision });
      this.#reached(code, revision);
    } catch (failure) {
      await this.#failed(failure, code);
    } finally {
      this.busy = false;
    }
    if (this.text.get() !== this.saved && this.timer === 0) this.changed();
  }

  /** @param {string} code @param {number} revision */
  #reached(code, revision) {
    this.revision = revision;
    this.saved = code;
    this.timer = 0;
    store(storageKey("draft"), { code, revision }, TAB);
    if (this.text.get() === code) {
      store(storageKey("draft"), null);
      this.#show("saved");
    }
  }

  /** @param {any} failure @param {string} code */
  async #failed(failure, code) {
    if (failure.kind === "conflict") {
      const there = failure.answer;
      this.#show("kept", texts.elsewhere);
      this.revision = there.revision;
      if ((await chooseVersion(code, there.code)) === "there") {
        keepVersion(code);
        this.text.set(there.code);
        this.#reached(there.code, there.revision);
      } else {
        keepVersion(there.code);
        this.timer = 0;
      }
      return;
    }
    const words = { "signed-out": texts.signedOut, large: texts.tooLong }[failure.kind] ?? texts.kept;
    this.#show("kept", words);
    if (failure.kind !== "large") this.timer = setTimeout(() => this.save(), AGAIN_MS);
  }

  /** The page may be gone the next moment. */
  #leave() {
    const code = this.text.get();
    if (!data.user || code === this.saved || this.busy) return;
    // Where it fails, the browser's own copy is there the next time.
    ask("PUT", data.urls.draft, { code, revision: this.revision }, true)
      .then(({ revision }) => this.#reached(code, revision))
      .catch(() => {});
  }

  /** @param {"saved" | "saving" | "kept"} state @param {string} [words] */
  #show(state, words) {
    part("[data-save-state]").dataset.live = "";
    part("[data-save-state]").dataset.state = state;
    const shown = { saved: data.user ? texts.saved : "", saving: texts.saving, kept: texts.kept };
    part("[data-save-words]").textContent = words ?? shown[state];
  }
}

/** The problem page: editor, drafts, run and submit. Without it the form works all the same. */
import { Editor } from "./problem/choices.js";
import { chooseKept, confirmStartOver } from "./problem/dialogs.js";
import { Drafts } from "./problem/drafts.js";
import { Judging } from "./problem/judging.js";
import { keepVersion } from "./problem/kept.js";
import { watchKeys } from "./problem/keys.js";
import { data, part } from "./problem/page.js";

for (const each of document.querySelectorAll("[data-needs-script]")) {
  /** @type {HTMLElement} */ (each).hidden = false;
}

const editor = new Editor(() => drafts.changed(), []);
const drafts = new Drafts(editor);
const judging = new Judging(editor);
drafts.recover();
await editor.open();

const actions = {
  // What is sent is kept with it, so the draft can wait its turn.
  run: () => { judging.start("run"); drafts.save(); },
  submit: () => { judging.start("submit"); drafts.save(); },
};
watchKeys(actions);

part("[data-answer]").addEventListener("submit", (event) => {
  event.preventDefault();
  const pressed = /** @type {SubmitEvent} */ (event).submitter;
  if (pressed?.hasAttribute("data-run")) actions.run();
  else actions.submit();
});

/** @param {string | null} code */
function replace(code) {
  if (code === null || code === editor.get()) return;
  keepVersion(editor.get());
  editor.set(code);
  drafts.changed();
}

part("[data-kept]").addEventListener("click", async () => replace(await chooseKept()));
part("[data-start-over]").addEventListener("click", async () => {
  if (await confirmStartOver()) replace(data.starter);
});
document.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement} */ (event.target).closest?.("[data-line]");
  if (!link) return;
  event.preventDefault();
  editor.goTo(Number(/** @type {HTMLElement} */ (link).dataset.line));
});

/** Every pair of colours that carries text reaches WCAG AA in both themes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast } from "../theme/contrast.js";

const tokens = JSON.parse(readFileSync(new URL("../theme/tokens.json", import.meta.url), "utf8"));
const backgrounds = ["paper", "surface", "raised", "sunken"];
const tones = ["ok", "bad", "warn", "info", "hint"];
const code = Object.keys(tokens).filter((name) => name.startsWith("code-"));
const text = [
  ...["ink", "ink-soft", "muted", "action", "action-strong", ...tones].flatMap((name) =>
    backgrounds.map((under) => [name, under]),
  ),
  ...tones.flatMap((name) => [[name, `${name}-soft`], ["ink", `${name}-soft`]]),
  ...tones.map((name) => ["muted", `${name}-soft`]),
  ...code.flatMap((name) =>
    ["surface", "sunken", "editor-line"].map((under) => [name, under]),
  ),
  ["on-action", "action"], ["on-action", "action-strong"],
  ["action", "action-soft"], ["action-strong", "action-soft"],
  ["ink", "action-soft"], ["ink", "editor-selection"], ["ink", "editor-match"],
];
const shapes = [
  ...backgrounds.flatMap((under) => [["focus", under], ["line-strong", under]]),
  ["action", "level-0"],
];

for (const [theme, name] of ["light", "dark"].entries()) {
  for (const [pairs, least] of [[text, 4.5], [shapes, 3]]) {
    test(`${name}: contrast is at least ${least}`, () => {
      for (const [over, under] of pairs) {
        const ratio = contrast(tokens[over][theme], tokens[under][theme]);
        assert.ok(ratio >= least, `${over} on ${under}: ${ratio.toFixed(2)}`);
      }
    });
  }

  test(`${name}: the levels of a difference map differ in lightness, in order`, () => {
    const steps = Array.from({ length: 9 }, (_, at) => tokens[`level-${at + 1}`][theme]);
    for (const [at, colour] of steps.slice(1).entries()) {
      const [lower, upper] = theme === 0 ? [colour, steps[at]] : [steps[at], colour];
      assert.ok(contrast(lower, "#000000") < contrast(upper, "#000000"), `level ${at + 2}`);
    }
  });
}

/** Write the colours as custom properties: light, dark by choice, dark by the system. */

/**
 * @param {Record<string, [string, string]>} tokens light and dark for each name
 * @returns {string}
 */
export function asCss(tokens) {
  const block = (at) => Object.entries(tokens).map(([name, pair]) => `--${name}:${pair[at]};`).join("");
  return [
    `:root{color-scheme:light;${block(0)}}`,
    `:root[data-theme="dark"]{color-scheme:dark;${block(1)}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){color-scheme:dark;${block(1)}}}`,
    // Paper is white, whatever the screen was.
    `@media print{:root,:root[data-theme]{color-scheme:light;${block(0)}}}`,
  ].join("\n");
}

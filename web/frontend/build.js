/** Bundle styles and scripts into ../static/dist; the same input gives the same bytes. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build, context } from "esbuild";
import { asCss } from "./theme/css.js";

const here = new URL(".", import.meta.url).pathname;
const out = `${here}../static/dist`;
const tokens = JSON.parse(readFileSync(`${here}theme/tokens.json`, "utf8"));

/** `@import "theme"` in a style sheet is the colours of tokens.json. */
const theme = {
  name: "theme",
  setup(builder) {
    builder.onResolve({ filter: /^theme$/ }, () => ({ path: "theme", namespace: "theme" }));
    builder.onLoad({ filter: /.*/, namespace: "theme" }, () => ({
      contents: asCss(tokens),
      loader: "css",
    }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const options = {
  absWorkingDir: here,
  entryPoints: ["styles/site.css", "scripts/site.js", "scripts/problem.js"],
  entryNames: "[name]",
  chunkNames: "[name]-[hash]",
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  minify: true,
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  logLevel: "info",
  plugins: [theme],
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  const { metafile } = await build(options);
  const rows = Object.keys(metafile.outputs).sort().map((path) => {
    const bytes = readFileSync(`${here}${path}`);
    return `${path.split("/").pop().padEnd(28)} ${kib(bytes.length)} KiB, ${kib(gzipSync(bytes).length)} gzipped`;
  });
  process.stdout.write(`${rows.join("\n")}\n`);
  writeFileSync(`${out}/LICENSES.txt`, licences(metafile));
}

function kib(bytes) {
  return (bytes / 1024).toFixed(1).padStart(6);
}

/** The licences of everything that went into the bundle. */
function licences(metafile) {
  const packages = new Set();
  for (const path of Object.keys(metafile.inputs)) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) packages.add(found[1]);
  }
  return [...packages].sort().map((name) => {
    const folder = `${here}node_modules/${name}`;
    const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    return `${name} ${version}\n\n${licenceIn(folder)}\n`;
  }).join("\n----\n\n");
}

function licenceIn(folder) {
  for (const name of ["LICENSE", "LICENSE.md", "license"]) {
    try {
      return readFileSync(`${folder}/${name}`, "utf8").trim();
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return JSON.parse(readFileSync(`${folder}/package.json`, "utf8")).license;
}

/** Complete the names of torch, after the modules and tensors that they belong to. */
import { completeFromList } from "@codemirror/autocomplete";
import { globalCompletion, localCompletionSource } from "@codemirror/lang-python";

const KINDS = { c: "class", f: "function", m: "method", n: "namespace", v: "constant", p: "property" };
const ALIASES = { F: "torch.nn.functional", nn: "torch.nn" };

/** @param {Record<string, [string, string, string?][]>} names */
export function torchCompletion(names) {
  const lists = Object.fromEntries(Object.entries(names).map(([module, entries]) => [
    module,
    entries.map(([label, kind, detail]) => ({ label, type: KINDS[kind] ?? "text", detail: detail?.slice(0, 60), info: detail })),
  ]));
  const top = completeFromList(Object.keys(lists).filter((each) => !each.includes("."))
    .map((label) => ({ label, type: "namespace" })));

  /** @param {import("@codemirror/autocomplete").CompletionContext} context */
  const members = (context) => {
    const before = context.matchBefore(/[\w.)\]]+\.\w*/);
    if (!before) return null;
    const dot = before.text.lastIndexOf(".");
    const owner = before.text.slice(0, dot);
    const found = lists[ALIASES[owner] ?? owner];
    // Of a name that is no module it is most likely a tensor.
    const options = found ?? (/^torch\b/.test(owner) ? null : lists["torch.Tensor"] ?? lists.Tensor);
    if (!options) return null;
    return { from: before.from + dot + 1, options, validFor: /^\w*$/ };
  };
  return [members, localCompletionSource, globalCompletion, top];
}

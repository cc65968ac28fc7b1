/** CodeMirror as the editor: Python, completion of torch, marks of the judge, vim keys if wanted. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { LanguageSupport, bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { torchCompletion } from "./completion.js";
import names from "./torch-names.json";

/**
 * @param {HTMLElement} box
 * @param {{text: string, label: string, nonce: string, phrases: Record<string, string>,
 *   changed: () => void, keys: import("@codemirror/view").KeyBinding[]}} options
 */
export function codeEditor(box, { text, label, nonce, phrases, changed, keys }) {
  const vim = new Compartment();
  const view = new EditorView({
    parent: box,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        vim.of([]),
        // Escape, then Tab leaves the editor, also where Escape has closed something first.
        Prec.highest(keymap.of([{ key: "Escape", run: (it) => (it.setTabFocusMode(2000), false) }, ...keys])),
        lineNumbers(), highlightActiveLine(), highlightActiveLineGutter(), foldGutter(),
        history(), drawSelection(), EditorState.allowMultipleSelections.of(true),
        indentUnit.of("    "), indentOnInput(), bracketMatching(), closeBrackets(),
        highlightSelectionMatches(), lintGutter(),
        syntaxHighlighting(classHighlighter),
        new LanguageSupport(pythonLanguage),
        autocompletion({ override: torchCompletion(names) }),
        EditorState.phrases.of(phrases),
        EditorView.contentAttributes.of({ "aria-label": label, "data-code": "" }),
        EditorView.updateListener.of((update) => update.docChanged && changed()),
        keymap.of([
          ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap,
          ...foldKeymap, ...lintKeymap, ...defaultKeymap, indentWithTab,
        ]),
      ],
    }),
  });
  return {
    get: () => view.state.doc.toString(),
    /** @param {string} next */
    set: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next } }),
    /** @param {{line: number, message: string}[]} marks */
    mark: (marks) => view.dispatch(setDiagnostics(view.state, marks
      .filter(({ line }) => line >= 1 && line <= view.state.doc.lines)
      .map(({ line, message }) => {
        const { from, to } = view.state.doc.line(line);
        return { from, to, severity: "error", message };
      }))),
    /** @param {number} line */
    goTo: (line) => {
      const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
    /** @param {boolean} on */
    setVim: async (on) => {
      const extension = on ? (await import("@replit/codemirror-vim")).vim({ status: true }) : [];
      view.dispatch({ effects: vim.reconfigure(extension) });
    },
    destroy: () => view.destroy(),
  };
}

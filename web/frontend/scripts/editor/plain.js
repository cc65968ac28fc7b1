/** The plain text area as an editor: for screen readers, and for whoever prefers it. */

/** @param {HTMLTextAreaElement} area @param {() => void} changed */
export function plainEditor(area, changed) {
  area.hidden = false;
  const typed = () => changed();
  area.addEventListener("input", typed);
  return {
    get: () => area.value,
    /** @param {string} text */
    set: (text) => { area.value = text; },
    mark: () => {},
    /** @param {number} line */
    goTo: (line) => {
      const start = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      const end = area.value.indexOf("\n", start);
      area.focus();
      area.setSelectionRange(start, end < 0 ? area.value.length : end);
    },
    focus: () => area.focus(),
    setVim: async () => {},
    destroy: () => { area.removeEventListener("input", typed); area.hidden = true; },
  };
}

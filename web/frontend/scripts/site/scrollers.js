/** Lets the keyboard reach code that scrolls: not every browser does so by itself. */
const scrolls = (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;

export function watchScrollers(root) {
  const look = () => {
    for (const box of root.querySelectorAll("pre")) {
      if (scrolls(box)) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  look();
  addEventListener("resize", look);
  root.addEventListener("toggle", look, true); // of details: what is folded has no size
  const outcome = root.querySelector("[data-outcome]");
  if (outcome) new MutationObserver(look).observe(outcome, { childList: true });
}

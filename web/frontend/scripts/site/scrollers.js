/** Lets the keyboard reach code that scrolls: not every browser does so by itself. */
const scrolls = (box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;

export function watchScrollers(root) {
  const look = () => {
    const boxes = [...root.querySelectorAll("pre")];
    // All questions first: an answer after a change would lay the page out anew.
    const scrolling = boxes.map(scrolls);
    boxes.forEach((box, place) => {
      if (scrolling[place]) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  };
  // After the next frame: asked before it, the page would be laid out while a reader waits for it.
  const later = () => requestAnimationFrame(() => setTimeout(look));
  look();
  addEventListener("resize", later);
  root.addEventListener("toggle", later, true); // of details: what is folded has no size
  const outcome = root.querySelector("[data-outcome]");
  if (outcome) new MutationObserver(later).observe(outcome, { childList: true });
}

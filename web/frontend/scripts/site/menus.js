/** Menus are `details`; close them as one expects of a menu. */

/** @param {Document} page */
export function watchMenus(page) {
  const opened = () => page.querySelectorAll("details[data-menu][open]");
  page.addEventListener("click", (event) => {
    for (const menu of opened()) {
      const chosen = event.target.closest("[data-menu] .menu-list button");
      if (!menu.contains(event.target) || chosen) menu.open = false;
    }
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of opened()) {
      const inside = menu.contains(page.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
}

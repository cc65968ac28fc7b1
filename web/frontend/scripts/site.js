/** What every page does with a script; without one, all of it works as links and forms. */
import { watchConfirmations } from "./site/confirm.js";
import { watchCopyButtons } from "./site/copy.js";
import { watchFollowed } from "./site/follow.js";
import { watchFolded } from "./site/folded.js";
import { watchLive } from "./site/live.js";
import { watchMenus } from "./site/menus.js";
import { watchScrollers } from "./site/scrollers.js";
import { watchTheme } from "./site/theme.js";

watchConfirmations(document);
watchCopyButtons(document);
watchFollowed(document);
watchFolded(document);
watchLive(document);
watchMenus(document);
watchScrollers(document);
watchTheme(document);

"""Show what was found on this machine: a line for each check, remedies below what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from judge.cli.checkup import Check
from judge.cli.show.layout import Rows
from judge.cli.show.text import Prose, plain, sentence

STANDS, MISSING, ADVISED = "✓", "✗", "!"


def machine_page(checks: Sequence[Check]) -> Group:
    """Return the whole page."""
    rows: list[tuple[Text, RenderableType]] = [(_name(check), _detail(check)) for check in checks]
    missing = [check for check in checks if check.needed and not check.stands]
    if missing:
        names = ", ".join(check.name for check in missing)
        last = plain(f"{MISSING} Nothing can be judged here: {names}", style="bold red")
    else:
        last = plain(f"{STANDS} Everything needed stands.", style="bold green")
    return Group(Rows(rows), Text(), Prose(last))


def _name(check: Check) -> Text:
    symbol, style = (STANDS, "green") if check.stands else (MISSING, "bold red")
    if not check.stands and not check.needed:
        symbol, style = ADVISED, "bold yellow"
    return Text.assemble((symbol, style), " ", plain(check.name))


def _detail(check: Check) -> RenderableType:
    detail = Prose(plain(check.detail, style="dim" if check.stands else ""))
    if check.stands or not check.remedy:
        return detail
    return Group(detail, Prose(sentence(f"→ {check.remedy}", style="yellow"), indent=2))

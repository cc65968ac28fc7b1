"""Icons, as filters: of constant names the compiler of templates makes constant HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from flask import Flask
from markupsafe import Markup

from judge.domain.verdict import Verdict

_SPRITE = Path(__file__).parent.parent / "static" / "icons.svg"
"""All of them in one file: scripts refer to it, pages hold the drawings themselves.

A browser takes half as long for a result whose icons are drawn in place: a reference to another
file is a document within the page, for each of them.
"""
_DRAWN: Mapping[str, Markup] = MappingProxyType(
    {
        name: Markup(drawing)  # noqa: S704  our own file
        for name, drawing in re.findall(
            r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>',
            _SPRITE.read_text(encoding="utf-8"),
            re.DOTALL,
        )
    }
)

_ICONS: Mapping[str, str] = MappingProxyType(
    {
        Verdict.ACCEPTED: "check",
        Verdict.RUNTIME_ERROR: "bolt",
        Verdict.WRONG_EXCEPTION: "bolt",
        Verdict.WRONG_TYPE: "kind",
        Verdict.WRONG_SHAPE: "shape",
        Verdict.WRONG_DTYPE: "dtype",
        Verdict.WRONG_DEVICE: "chip",
        Verdict.WRONG_VALUE: "unequal",
        Verdict.CHANGED_INPUT: "pencil",
        Verdict.CHANGED_STATE: "sliders",
        Verdict.WRONG_GRAD_STATE: "nabla",
        Verdict.WRONG_GRADIENT: "nabla",
        Verdict.WRONG_LAYOUT: "layout",
        Verdict.WRONG_MEMORY: "link",
        Verdict.WRONG_OUTPUT: "terminal",
        Verdict.WRONG_FILES: "file",
        Verdict.TOO_MANY_OPS: "layers",
        Verdict.SYNTAX_ERROR: "braces",
        Verdict.MISSING_FUNCTION: "function",
        Verdict.FORBIDDEN: "ban",
        Verdict.TIME_LIMIT: "clock",
        Verdict.MEMORY_LIMIT: "memory",
        Verdict.OUTPUT_LIMIT: "terminal",
        Verdict.JUDGE_ERROR: "wrench",
    }
)
_TONES: Mapping[str, str] = MappingProxyType(
    {
        Verdict.ACCEPTED: "ok",
        Verdict.TIME_LIMIT: "warn",
        Verdict.MEMORY_LIMIT: "warn",
        Verdict.OUTPUT_LIMIT: "warn",
        Verdict.JUDGE_ERROR: "info",
    }
)
_LOGO = ("00001", "00014", "10052", "64520", "05200")
"""A tensor whose large values make a tick."""
_STEP, _GAP = 6.12, 1
_UNSEEN = Markup('aria-hidden="true"')


@lru_cache(maxsize=1024)
def icon(name: str, *, label: str | None = None, extra: str = "") -> Markup:
    """Return an icon, of 20 by 20 pixels before any style.

    Args:
        name: one of the sprite.
        label: what it says to whoever does not see it; None where words stand beside it.
        extra: further classes.

    Raises:
        LookupError: there is no such icon.
    """
    if name not in _DRAWN:
        raise LookupError(f"there is no icon {name!r} in {_SPRITE.name}")
    said = Markup('role="img" aria-label="{}"').format(label) if label else _UNSEEN
    return Markup(
        '<svg class="icon{}" viewBox="0 0 24 24" width="20" height="20" {} focusable="false">'
        "{}</svg>"
    ).format(extra and f" {extra}", said, _DRAWN[name])


def verdict_icon(verdict: Verdict | str | None, *, label: str | None = None) -> Markup:
    """Return the icon of a verdict, or of a case that was not run."""
    return icon(_ICONS.get(str(verdict), "cross") if verdict else "skip", label=label)


def verdict_tone(verdict: Verdict | str | None) -> str:
    """Return ok, bad, warn, info or mute, for a class ``tone-…``."""
    return _TONES.get(str(verdict), "bad") if verdict else "mute"


def logo(size: int) -> Markup:
    """Return the logo, so many pixels wide and high."""
    squares = "".join(
        f'<rect class="l{level}" x="{_GAP + _STEP * column:.2f}" y="{_GAP + _STEP * row:.2f}"'
        ' width="5.2" height="5.2" rx="1.4"></rect>'
        for row, levels in enumerate(_LOGO)
        for column, level in enumerate(levels)
    )
    return Markup(
        '<svg class="logo" width="{0}" height="{0}" viewBox="0 0 32 32" aria-hidden="true"'
        ' focusable="false">{1}</svg>'
    ).format(size, Markup(squares))  # noqa: S704  numbers of our own


def install(app: Flask) -> None:
    """Give templates ``icon``, ``logo``, ``verdict_icon`` and ``verdict_tone``."""
    app.jinja_env.filters |= {
        each.__name__: each for each in (icon, logo, verdict_icon, verdict_tone)
    }

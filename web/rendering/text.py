"""Small pieces of text from anywhere, made safe and readable."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

MOST_CHARACTERS = 4000
_CODE = re.compile(r"`([^`\n]+)`")
_LINE_BREAKS = "\n\t"


def visible(text: str, *, most: int = MOST_CHARACTERS) -> str:
    """Replace what is invisible or turns text around by its name's code, and cut what is long."""
    shown = "".join(
        char
        if char in _LINE_BREAKS or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co")
        else f"\\u{{{ord(char):x}}}"
        for char in text[: most + 1]
    )
    return shown if len(text) <= most else shown[:most] + " …"


def sentence(text: str) -> Markup:
    """Return a sentence of the interface: what stands in backticks becomes code."""
    parts = _CODE.split(visible(text))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )

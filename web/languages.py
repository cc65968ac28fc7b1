"""The site in two languages: texts by gettext, dates and numbers by Babel."""

from __future__ import annotations

import gettext as library
import io
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from babel import dates, numbers
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, request

from judge.domain.problem import Language, Text

COOKIE = "language"
_ROOT = Path(__file__).parent
_LOCALES = {Language.ZH: "zh_Hans_CN", Language.EN: "en"}


@cache
def _translations(language: Language) -> library.NullTranslations:
    """English is what the code says; Chinese stands in a file beside each part of the site."""
    if language is Language.EN:
        return library.NullTranslations()
    merged = Catalog(locale="zh_Hans_CN", charset="utf-8")
    for path in sorted(_ROOT.rglob("zh.po")):
        if "node_modules" in path.parts:
            continue
        with path.open("rb") as stream:
            for message in read_po(stream, locale="zh_Hans_CN"):
                if message.id:
                    merged[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, merged)
    compiled.seek(0)
    return library.GNUTranslations(compiled)


def language() -> Language:
    """Return the language of this request: chosen, else the account's, else the browser's."""
    if not has_request_context():
        return Language.EN
    found: Language | None = getattr(g, "language", None)
    if found is None:
        found = g.language = _chosen()
    return found


def _chosen() -> Language:
    chosen = request.cookies.get(COOKIE)
    user = getattr(g, "user", None)
    if chosen not in set(Language) and user is not None:
        chosen = user.language
    if chosen in set(Language):
        return Language(chosen)
    best = request.accept_languages.best_match(["en", "zh", "zh-CN", "zh-Hans", "zh-TW"])
    return Language.ZH if (best or "").startswith("zh") else Language.EN


def translated(wanted: Language, text: str) -> str:
    """Return a text of the interface in a language."""
    return _translations(wanted).gettext(text)


def _(text: str, **parameters: object) -> str:
    """Return a text of the interface in this request's language."""
    found = translated(language(), text)
    return found % parameters if parameters else found


def plural(one: str, many: str, number: int) -> str:
    """Return the form of a text that fits a number, in this request's language."""
    return _translations(language()).ngettext(one, many, number)


def ngettext(one: str, many: str, num: int, **parameters: object) -> str:
    """Return the form of a text that fits a number, which it may use as ``%(num)s``."""
    return plural(one, many, num) % {"num": num, **parameters}


def in_language(text: Text) -> str:
    """Return a problem's text in this request's language."""
    return text.in_language(language())


def titled(row: object) -> str:
    """Return the title of a chapter's or problem's row in this request's language."""
    return str(getattr(row, f"title_{language().value}"))


def ago(moment: datetime) -> str:
    """Say how long ago something was, or when, if that is long ago."""
    locale = _LOCALES[language()]
    delta = moment - datetime.now(UTC)
    if abs(delta.total_seconds()) > 7 * 86400:
        return str(dates.format_date(moment, "medium", locale=locale))
    return str(dates.format_timedelta(delta, add_direction=True, locale=locale))


def span(seconds: float) -> str:
    """Say how long something takes or took."""
    delta = timedelta(seconds=round(seconds))
    # Babel's default calls 50 minutes an hour.
    return str(dates.format_timedelta(delta, threshold=1.5, locale=_LOCALES[language()]))


def number(value: float) -> str:
    """Write a number the way readers of this language do."""
    return str(numbers.format_decimal(value, locale=_LOCALES[language()]))


def install(app: Flask) -> None:
    """Teach templates the two languages."""
    app.jinja_env.filters |= {"ago": ago, "number": number, "span": span, "titled": titled}

    @app.context_processor
    def _language() -> dict[str, object]:
        return {"language": language().value, "theme": request.cookies.get("theme", "auto")}

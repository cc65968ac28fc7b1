"""Templates, compiled once for each language: a constant text stands in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from flask import Flask
from flask.templating import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from judge.domain.problem import Language
from web.languages import _, language, plural, translated

_CALL = ("name", "lparen", "string", "rparen")


class _Texts(Extension):
    """Replace ``_("text")`` by what it says, which the compiler joins with the HTML around it.

    A page has some fifty such texts, and looking one up while it is rendered costs as much as a
    row of a table. Texts that take parameters are left to gettext.
    """

    language: Language

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        return self._replaced(list(stream))

    def _replaced(self, tokens: list[Token]) -> Iterator[Token]:
        at = 0
        while at < len(tokens):
            found = tokens[at : at + len(_CALL)]
            if tuple(each.type for each in found) == _CALL and found[0].value == "_":
                line, text = found[0].lineno, translated(self.language, found[2].value)
                yield Token(line, "lparen", "(")
                # As gettext's own results are for templates: a per cent sign is written twice.
                yield Token(line, "string", text % {})
                yield Token(line, "pipe", "|")
                yield Token(line, "name", "safe")
                yield Token(line, "rparen", ")")
                at += len(_CALL)
            else:
                yield tokens[at]
                at += 1


class _Chinese(_Texts):
    language = Language.ZH


class _English(_Texts):
    language = Language.EN


class Site(Flask):
    """A Flask application whose templates are those of the request's language."""

    @property
    def jinja_env(self) -> Environment:
        """The templates of this request's language, or English ones outside of requests.

        Filters, tests and globals are shared: what is added to one is there in all.
        """
        return self._environments[language()]

    @cached_property
    def _environments(self) -> dict[Language, Environment]:
        common = self.create_jinja_environment()
        common.add_extension("jinja2.ext.i18n")
        common.install_gettext_callables(_, plural, newstyle=True)  # type: ignore[attr-defined]
        return {
            Language.ZH: common.overlay(extensions=[_Chinese]),
            Language.EN: common.overlay(extensions=[_English]),
        }

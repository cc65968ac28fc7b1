"""Icons: HTML when a template is compiled where the name is constant, escaped where it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import web
from judge.domain.verdict import Verdict
from web import languages
from web.rendering import icons
from web.templating import Site


@pytest.fixture
def site() -> Site:
    app = Site("icons-of-a-test")
    languages.install(app)
    icons.install(app)
    return app


def test_a_constant_icon_is_worked_out_when_its_template_is_compiled(site: Site) -> None:
    source = '<b>{{ "check" | icon(extra="large", label=_("Rules")) }}</b>{{ 20 | logo }}'
    code = site.jinja_env.compile(source, "page.html", raw=True)
    whole = icons.icon("check", extra="large", label="Rules")
    assert f"<b>{whole}</b>{icons.logo(20)}" in code
    with site.test_request_context():
        shown = site.jinja_env.from_string(source).render()
    assert '<svg class="icon large"' in shown
    assert 'role="img" aria-label="Rules"' in shown
    assert shown.count("<rect") == 25


def test_what_is_not_constant_is_escaped(site: Site) -> None:
    with site.test_request_context():
        shown = site.jinja_env.from_string("{{ 'check' | icon(label=name) }}").render(name='"><b>')
    assert "<b>" not in shown


def test_an_icon_that_is_not_there_is_named(site: Site) -> None:
    with site.test_request_context(), pytest.raises(LookupError, match="'chekc'"):
        site.jinja_env.from_string("{{ 'chekc' | icon }}").render()


def test_what_is_drawn_in_place_is_what_the_sprite_holds() -> None:
    sprite = (Path(web.__file__).parent / "static" / "icons.svg").read_text()
    symbols = re.findall(r'<symbol id="([\w-]+)"[^>]*>(.+)</symbol>', sprite)
    assert len(symbols) == sprite.count("<symbol") > 50
    for name, drawing in symbols:
        assert icons.icon(name).endswith(f">{drawing}</svg>")


def test_every_verdict_has_an_icon_of_its_own() -> None:
    for verdict in (*Verdict, None):
        assert icons.verdict_icon(verdict) != icons.icon("cross")
    assert icons.verdict_icon(None) == icons.icon("skip")
    assert icons.verdict_tone(None) == "mute"
    assert icons.verdict_tone(Verdict.ACCEPTED) == "ok"
    assert icons.verdict_tone(Verdict.WRONG_VALUE) == "bad"

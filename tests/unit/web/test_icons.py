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
        shown = site.jinja_env.from_string("{{ name | icon(label=name) }}").render(name='"><b>')
    assert "<b>" not in shown


def test_every_verdict_has_an_icon_of_the_sprite() -> None:
    sprite = (Path(web.__file__).parent / "static" / "icons.svg").read_text()
    for verdict in (*Verdict, None):
        name = re.search(r"#([\w-]+)", icons.verdict_icon(verdict))
        assert name is not None
        assert f'id="{name[1]}"' in sprite
        assert name[1] != "cross"
    assert "#skip" in icons.verdict_icon(None)
    assert icons.verdict_tone(None) == "mute"
    assert icons.verdict_tone(Verdict.ACCEPTED) == "ok"
    assert icons.verdict_tone(Verdict.WRONG_VALUE) == "bad"

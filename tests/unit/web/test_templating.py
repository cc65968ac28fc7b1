"""Templates in two languages: what is written into them when they are compiled."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader

from web import languages
from web.templating import Site

PARTS = {
    "page.html": '{% extends "frame.html" %}{% block main %}<b>{{ _("Rules") }}</b>{% endblock %}',
    "frame.html": "<i title=\"{{ _('Course') }}\">{% block main %}{% endblock %}</i>",
    "parameters.html": '{{ _("Account of %(name)s", name=name) }}',
    "number.html": '{{ ngettext("%(num)s point", "%(num)s points", count) }}',
    "list.html": '{% for each in [_("Light"), _("Dark")] %}{{ each | upper }} {% endfor %}',
    "percent.html": '{{ _("100%% <right>") }}',
    "letter.txt": '{{ _("Rules") }} {{ _("100%% <right>") }}',
}


@pytest.fixture
def site() -> Site:
    app = Site("templates-of-a-test")
    languages.install(app)
    app.jinja_loader = DictLoader(PARTS)
    return app


def shown(site: Site, template: str, chosen: str, **given: object) -> str:
    with site.test_request_context(headers={"Cookie": f"language={chosen}"}):
        return site.jinja_env.get_template(template).render(given)


def test_each_language_has_its_own_and_they_alternate(site: Site) -> None:
    for _ in range(2):
        assert shown(site, "page.html", "en") == '<i title="Course"><b>Rules</b></i>'
        assert shown(site, "page.html", "zh") == '<i title="课程"><b>规则</b></i>'


def test_parameters_are_filled_in_at_the_time_and_escaped(site: Site) -> None:
    assert shown(site, "parameters.html", "en", name="<a>") == "Account of &lt;a&gt;"
    assert shown(site, "parameters.html", "zh", name="Ada") == "Ada 的账号"
    assert shown(site, "number.html", "en", count=1) == "1 point"
    assert shown(site, "number.html", "en", count=2) == "2 points"


def test_a_text_within_an_expression_is_a_value(site: Site) -> None:
    assert shown(site, "list.html", "en") == "LIGHT DARK "


def test_texts_are_html_and_write_a_per_cent_sign_twice(site: Site) -> None:
    assert shown(site, "percent.html", "en") == "100% <right>"
    assert shown(site, "letter.txt", "en") == "Rules 100% <right>"


def test_what_is_constant_is_looked_up_by_the_compiler_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(site, "page.html", "zh")
    monkeypatch.setattr(languages, "translated", None)
    assert "规则" in shown(site, "page.html", "zh")

"""Every text of the site has a Chinese one, with the same parameters, and none is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PARAMETERS = re.compile(r"%\(\w+\)s|\{\w*\}")
METHODS = [
    ("**/node_modules/**", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "Lazy": None}


@pytest.fixture(scope="module")
def said(root: Path) -> set[str]:
    options = {"**/templates/**.html": {"silent": "false", "newstyle": "true"}}
    found = extract_from_dir(
        root / "web",
        METHODS,
        options,
        keywords=KEYWORDS,
        directory_filter=lambda name: Path(name).name not in ("node_modules", "dist"),
    )
    texts = (message for _, _, message, _, _ in found)
    return {text if isinstance(text, str) else text[0] for text in texts}


@pytest.fixture(scope="module")
def chinese(root: Path) -> Catalog:
    with (root / "web" / "zh.po").open("rb") as stream:
        return read_po(stream, locale="zh_Hans_CN")


def ids(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    return {
        (each.id if isinstance(each.id, str) else each.id[0]): (
            (each.string,) if isinstance(each.string, str) else tuple(each.string or ())
        )
        for each in catalog
        if each.id
    }


def test_everything_is_translated_and_nothing_is_left_over(
    said: set[str], chinese: Catalog
) -> None:
    assert len(said) > 200
    assert set(ids(chinese)) == said


def test_every_translation_is_there_and_takes_the_same_parameters(chinese: Catalog) -> None:
    for text, translated in ids(chinese).items():
        for each in translated:
            assert each, text
            assert set(PARAMETERS.findall(each)) == set(PARAMETERS.findall(text)), text

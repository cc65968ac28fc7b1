"""What a chapter's page says that its lines print, they print; both languages show the same."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from judge.catalog import load_course

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"
CHAPTERS = [chapter.slug for chapter in load_course(PROBLEMS).chapters]
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
PRINTS = re.compile(r"^ *print\(.*\)  # (.+)$", re.MULTILINE)
FEWEST_WORDS = 250


def lines_of(chapter: str, language: str) -> str:
    text = (PROBLEMS / chapter / f"chapter.{language}.md").read_text(encoding="utf-8")
    return "\n".join(BLOCK.findall(text))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_lines_of_a_page_print_what_it_says(chapter: str) -> None:
    code = lines_of(chapter, "en")
    said = PRINTS.findall(code)
    # On its own: a page may set what is global.
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == said
    assert len(said) >= 3


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_both_languages_show_the_same_lines(chapter: str) -> None:
    assert lines_of(chapter, "zh") == lines_of(chapter, "en")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_page_is_a_page(chapter: str) -> None:
    text = (PROBLEMS / chapter / "chapter.en.md").read_text(encoding="utf-8")
    prose = BLOCK.sub("", text)
    assert FEWEST_WORDS <= len(prose.split()) <= 800
    assert not re.search(r"^# ", prose, re.MULTILINE)

"""Write a new problem that already passes every check, to be edited."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from judge.catalog.loading import CHAPTER, SLUG
from judge.errors import UsageError

TEMPLATE = Path(__file__).with_name("template.yaml")
"""It passes every check; its comments say what to change."""


def new_problem(root: Path, slug: str) -> Path:
    """Write a template to ``root/chapter/name.yaml`` and return its path.

    Args:
        root: the folder that holds the chapters' folders.
        slug: ``chapter/name``. A chapter's folder is made if there is none.

    Raises:
        UsageError: the slug is no slug, the file exists, or it can't be written.
    """
    chapter, _, name = slug.partition("/")
    if not SLUG.fullmatch(name):
        meant = f"{chapter or '01-tensors'}/{_slugged(name or 'my-problem')}"
        raise UsageError(
            f"{slug[:200]!r} is not CHAPTER/SLUG in small letters, digits and hyphens: {meant}, say"
        )
    if not CHAPTER.fullmatch(chapter):
        meant = _chapter(root, chapter)
        raise UsageError(f"a chapter is two digits and a name, {meant} say, not {chapter[:100]!r}")
    path = root / chapter / f"{name}.yaml"
    function = name.replace("-", "_")
    text = TEMPLATE.read_text(encoding="utf-8")
    text = text.replace("my_function", function if _is_free(function) else "answer")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as exc:
        if path.exists():
            raise UsageError(f"{path} exists already: choose another name, or edit it") from exc
        raise UsageError(f"{path} cannot be written: {exc.strerror or exc}") from exc
    return path


def _is_free(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and name not in {"torch", "x"}


def _slugged(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text[:100].lower()).strip("-") or "my-problem"


def _chapter(root: Path, given: str) -> str:
    """Name a chapter that there is, the likeliest first, or one that there could be."""
    words = _slugged(given.strip("0123456789-"))
    known = sorted(each.name for each in root.glob("*") if CHAPTER.fullmatch(each.name))
    near = [name for name in known if words in name]
    return (near or known or [f"01-{words}"])[0]

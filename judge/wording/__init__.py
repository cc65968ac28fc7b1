"""Say in Chinese or English what a judging found: one table of sentences for each language."""

from judge.wording.render import fact_name, render, verdict_meaning, verdict_name

__all__ = ["fact_name", "render", "verdict_meaning", "verdict_name"]

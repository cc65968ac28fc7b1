"""Parse an answer, hold it against the rules, and load it: in that order, each reported."""

from __future__ import annotations

import ast
import sys
import types
import warnings
from dataclasses import dataclass, field
from typing import Any

from judge.sandbox.child import rules
from judge.sandbox.protocol import ANSWER, MAX_TRACEBACK_FRAMES, MODULE

MAX_VIOLATIONS = 20


@dataclass
class SourceProblem:
    """Why an answer can't be loaded: ``kind`` is ``syntax``, ``deep`` or ``forbidden``."""

    kind: str
    detail: str
    spots: list[tuple[int, int, str, str]] = field(default_factory=list)


def check_source(
    text: str, forbidden: list[str], required: list[str]
) -> tuple[Any, SourceProblem | None, list[str]]:
    """Compile an answer without running it.

    Returns:
        The code object, or None and what is wrong; and which of the required names its text uses.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            uses: set[str] = set()
            # What no rule looks at is compiled as it is: trees cost more than compiling them.
            tree: ast.Module | str = text
            if forbidden or required:
                tree = ast.parse(text, ANSWER)
                spots = list(rules.violations(tree, forbidden))[:MAX_VIOLATIONS]
                if spots:
                    return None, SourceProblem("forbidden", spots[0][2], spots), []
                uses = {rule for _, _, rule, _ in rules.violations(tree, required)}
            return compile(tree, ANSWER, "exec", dont_inherit=True), None, sorted(uses)
    except SyntaxError as exc:
        spot = (exc.lineno or 1, exc.offset or 1, "syntax", exc.msg)
        return None, SourceProblem("syntax", exc.msg, [spot]), []
    except ValueError as exc:
        return None, SourceProblem("syntax", str(exc), [(1, 1, "syntax", str(exc))]), []
    except (RecursionError, MemoryError):
        # The parser's and the compiler's own way of saying that nesting has no end.
        return None, SourceProblem("deep", ""), []


def new_module() -> types.ModuleType:
    """Make the module that ``given`` and the answer share, and put it where pickle will look."""
    module = types.ModuleType(MODULE)
    sys.modules[MODULE] = module
    return module


def answer_frames(error: BaseException) -> list[tuple[int, str]]:
    """The lines of the answer in a traceback, outermost first; the judge's and torch's left out."""
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == ANSWER:
            frames.append((trace.tb_lineno, code.co_name))
        trace = trace.tb_next
    return frames[:4] + frames[4:][-(MAX_TRACEBACK_FRAMES - 4) :]

"""Any bytes at all may be handed in as an answer; each is judged, and soon."""

from __future__ import annotations

import random
import time

import pytest

from judge.domain.problem import Limits, Problem
from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from tests.sandbox.hostile import watch
from tests.sandbox.small import build, case

pytestmark = pytest.mark.sandbox

SOLUTION = "def f(x):\n    return x + 1"
PROBLEM = build("odd", SOLUTION, case("torch.randn(3)"))
PATIENT = build("odd", SOLUTION, case("torch.randn(3)"), limits=Limits())
"""With a problem's usual time: Python compiles the largest of these for a tenth of a second."""
RIGHT = b"def f(x):\n    return x + 1\n"
DEEP = 100_000
MOST_S = 5.0
"""One time-out, and a good deal for a busy machine."""

NO_SYNTAX: dict[str, bytes] = {
    "ten megabytes": RIGHT + b"#" * (10 << 20),
    "ten megabytes of code": RIGHT + b"x = 1\n" * (10 << 17),
    "just too large": RIGHT + b"#" * (256 << 10),
    "binary": random.Random(1).randbytes(4096),  # noqa: S311 - any bytes will do
    "NUL": RIGHT + b"x = '\0'\n",
    "NUL at the start": b"\0" + RIGHT,
    "UTF-16": RIGHT.decode().encode("utf-16"),
    "UTF-32": RIGHT.decode().encode("utf-32"),
    "Latin-1": b"# caf\xe9\n" + RIGHT,
    "two marks of order": b"\xef\xbb\xbf\xef\xbb\xbf" + RIGHT,
    "a mark in the middle": b"x = 1\n\xef\xbb\xbf" + RIGHT,
    "surrogates": b"# \xed\xa0\x80\n" + RIGHT,
    "an ELF file": b"\x7fELF\x02\x01\x01" + bytes(64),
    "bytecode": b"\xa7\r\r\n" + bytes(12) + b"\xe3" + bytes(32),
    "an error to be shown": 'def f(x):\n    <b onclick=alert("\u202e\x1b[2J")>\n'.encode(),
    "a form": b"<html><script>alert(1)</script></html>",
    "mixed tabs": b"def f(x):\n\tif x is None:\n        return 1\n\treturn x + 1\n",
    "a hundred blocks": b"".join(b" " * i + b"if 1:\n" for i in range(120))
    + b" " * 120
    + b"pass\n",
    "an endless string": b"x = '''" + b"y" * 200_000,
    "an endless line": RIGHT + b"\\\n" * 100_000,
    "a huge integer": b"x = " + b"9" * DEEP + b"\n" + RIGHT,
    "print of old": b"print 'x'\n",
}
FINE: dict[str, bytes] = {
    "a mark of order": b"\xef\xbb\xbf" + RIGHT,
    "carriage returns": RIGHT.replace(b"\n", b"\r\n"),
    "carriage returns only": RIGHT.replace(b"\n", b"\r"),
    "form feeds": b"\x0c\n" + RIGHT + b"\x0c",
    "a coding that is not so": b"# -*- coding: utf-7 -*-\n" + RIGHT,
    "a coding that is none": b"# -*- coding: nothing -*-\n" + RIGHT,
    "no line end": RIGHT.strip(),
    "Chinese": "变量 = 1\n".encode() + RIGHT,
    "a large hexadecimal integer": b"x = 0x" + b"f" * DEEP + b"\n" + RIGHT,
    "a long line": RIGHT + b"x = 1;" * 20_000 + b"\n",
}
NO_FUNCTION: dict[str, bytes] = {
    "empty": b"",
    "blank": b"\n\t \n\x0c\n",
    "a comment": b"# def f(x): pass",
    "only a mark of order": b"\xef\xbb\xbf",
    "another name": RIGHT.replace(b"f(", b"g("),
    "no function": b"f = 7\n",
    "taken back": RIGHT + b"del f\n",
    "a text": b"'def f(x): return x + 1'\n",
}
NESTED: dict[str, bytes] = {
    "parentheses": b"x = " + b"(" * DEEP + b")" * DEEP,
    "lists": b"x = " + b"[" * DEEP + b"]" * DEEP,
    "open brackets": b"x = " + b"[{(" * 50_000,
    "minus": b"x = " + b"-" * DEEP + b"1",
    "not": b"x = " + b"not " * 60_000 + b"1",
    "attributes": b"x = f" + b".a" * DEEP,
    "calls": b"x = f" + b"()" * DEEP,
    "subscripts": b"x = f" + b"[0]" * 80_000,
    "sums": b"x = 1" + b"+1" * DEEP,
    "powers": b"x = 2" + b"**2" * 80_000,
    "lambdas": b"x = " + b"lambda:" * 30_000 + b"0",
    "conditions": b"x = " + b"1 if 1 else " * 20_000 + b"1",
    "f-strings": b"x = " + b"f'{" * 60_000,
    "formats": b"x = f'" + b"{1:" * 60_000 + b"}" * 60_000 + b"'",
    "elifs": b"if 0: pass\n" + b"elif 0: pass\n" * 18_000,
    "comparisons": b"x = 1" + b"<1" * DEEP,
    "decorators": b"@f\n" * 60_000 + b"def g(): pass\n",
    "texts": b"x = " + b"'a' " * 60_000,
    "generators": b"x = " + b"(1 for a in " * 15_000 + b"[]" + b")" * 15_000,
    "walruses": b"x = " + b"(a:=" * 40_000 + b"1" + b")" * 40_000,
    "dictionaries": b"x = " + b"{1:" * 60_000 + b"1" + b"}" * 60_000,
    "stars": b"f(" + b"*a," * 60_000 + b")",
    "functions": b"".join(b" " * i + b"def f():\n" for i in range(95)) + b" " * 95 + b"pass\n",
    "pattern": b"match 1:\n case " + b"[" * DEEP + b"]" * DEEP + b": pass\n",
    "repeats": b"x = 'a'" + b"*4096" * 50,
    "shifts": b"x = 1" + b"<<100000" * 50,
}


def verdict_of(judge: Judge, answer: bytes | str, problem: Problem = PROBLEM) -> Verdict:
    start = time.monotonic()
    report = judge.judge(problem, answer)
    assert time.monotonic() - start < MOST_S
    assert len(watch.as_text(report)) < watch.MOST_REPORT_BYTES
    assert not watch.controls(report)
    return report.verdict


@pytest.mark.parametrize("answer", NO_SYNTAX.values(), ids=NO_SYNTAX.keys())
def test_what_is_no_python_is_a_syntax_error(judge: Judge, answer: bytes) -> None:
    assert verdict_of(judge, answer) is Verdict.SYNTAX_ERROR


@pytest.mark.parametrize("answer", FINE.values(), ids=FINE.keys())
def test_unusual_python_is_python(judge: Judge, answer: bytes) -> None:
    assert verdict_of(judge, answer, PATIENT) is Verdict.ACCEPTED


@pytest.mark.parametrize("answer", NO_FUNCTION.values(), ids=NO_FUNCTION.keys())
def test_an_answer_without_its_function_is_told_so(judge: Judge, answer: bytes) -> None:
    assert verdict_of(judge, answer) is Verdict.MISSING_FUNCTION


@pytest.mark.parametrize("nested", NESTED.values(), ids=NESTED.keys())
def test_nesting_without_end_hurts_nobody(judge: Judge, nested: bytes) -> None:
    zygote = judge.sandbox.zygote()
    # Behind a return, so that it has to be compiled but never runs.
    answer = b"def g(f):\n    return 0\n    " + nested.replace(b"\n", b"\n    ") + b"\n" + RIGHT
    assert verdict_of(judge, answer) in {
        Verdict.SYNTAX_ERROR,  # too deep for Python's parser or compiler, and said so
        Verdict.ACCEPTED,  # not deep for Python at all
        Verdict.TIME_LIMIT,
        Verdict.MEMORY_LIMIT,
    }
    assert judge.sandbox.zygote() is zygote
    assert verdict_of(judge, RIGHT) is Verdict.ACCEPTED


def test_text_with_lone_surrogates_is_a_syntax_error(judge: Judge) -> None:
    assert verdict_of(judge, "# \ud800\n" + RIGHT.decode()) is Verdict.SYNTAX_ERROR

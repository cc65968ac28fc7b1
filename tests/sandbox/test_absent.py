"""Seeding torch costs no look at source files, and still seeds it."""

from __future__ import annotations

import pytest

from judge.domain.verdict import Verdict
from judge.pipeline import Judge
from judge.sandbox.service import Sandbox
from tests.sandbox.small import build, case

pytestmark = pytest.mark.sandbox

SEEDED = build("seeded", "def f(x):\n    torch.manual_seed(x)\n    return torch.rand(3)", case("7"))
LOOKING = """
import linecache
def f(x):
    linecache.cache.clear()
    torch.manual_seed(x)
    return torch.rand(3) + len(linecache.cache)
"""


def test_a_seed_reads_no_source_files(sandbox: Sandbox) -> None:
    judge = Judge(sandbox)
    assert judge.judge(SEEDED, LOOKING).verdict is Verdict.ACCEPTED
    unseeded = "def f(x):\n    return torch.rand(3)"
    assert judge.judge(SEEDED, unseeded).verdict is Verdict.WRONG_VALUE

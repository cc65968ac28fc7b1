"""One secret seed a submission, and from it a seed for everything that is drawn.

Derived by HMAC, so that a child that knows its inputs' seeds can derive no cotangent's.
"""

from __future__ import annotations

import hmac
import random
import secrets

from judge.domain.problem import Case, Choice, IntegerRange


def new_seed() -> str:
    """Return a fresh secret seed: 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def derive(seed: str, *, case: int, repetition: int, purpose: str) -> int:
    """Return the seed of one purpose in one run of a case: 63 bits, for ``torch.manual_seed``."""
    label = f"{case}/{repetition}/{purpose}".encode()
    digest = hmac.digest(seed.encode(), label, "sha256")
    return int.from_bytes(digest[:8], "big") >> 1


def draw(case: Case, *, seed: int) -> tuple[tuple[str, str], ...]:
    """Fix what ``let`` leaves open; return names with expressions, in order."""
    # Not for secrecy: the seed is secret, the draw only has to be repeatable.
    source = random.Random(seed)  # noqa: S311
    fixed: list[tuple[str, str]] = []
    for name, way in case.let:
        match way:
            case IntegerRange(low=low, high=high):
                fixed.append((name, str(source.randint(low, high))))
            case Choice(options=options):
                fixed.append((name, source.choice(options)))
            case _:
                fixed.append((name, way.source))
    return tuple(fixed)

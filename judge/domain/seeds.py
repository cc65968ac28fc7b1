"""One secret seed a submission, and from it a seed for everything that is drawn.

Derived by a keyed hash, so that a child that knows its inputs' seeds can derive no cotangent's.
"""

from __future__ import annotations

import hashlib
import random
import secrets

from judge.domain.problem import Case, Choice, IntegerRange


def new_seed() -> str:
    """Return a fresh secret seed: 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def derive(seed: str, *, case: int, repetition: int, purpose: str) -> int:
    """Return the seed of one purpose in one run of a case: 63 bits, for ``torch.manual_seed``.

    ``seed`` has 64 bytes at most.
    """
    label = f"{case}/{repetition}/{purpose}".encode()
    # BLAKE2b has a key of its own (RFC 7693); HMAC with SHA-256 takes OpenSSL 3 ten times as long.
    digest = hashlib.blake2b(label, key=seed.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def draw(case: Case, *, seed: int) -> tuple[tuple[str, str], ...]:
    """Fix what ``let`` leaves open; return names with expressions, in order."""
    if not case.let:
        return ()
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

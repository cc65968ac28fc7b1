"""Hash passwords and tokens."""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

SHORTEST, LONGEST = 10, 200
"""NIST SP 800-63B asks for length, and against rules on what a password is made of."""

_hasher = PasswordHasher()


def _nobodys() -> str:
    """Return a hash in form, at the same cost, of no password at all.

    Made up, for hashing one takes a tenth of a second of every start.
    """
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (_hasher.salt_len, _hasher.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${digest}"


NOBODYS = _nobodys()
"""Verified where there is no such user, so that the answer takes as long."""


def hash_password(password: str) -> str:
    """Return what is kept of a password (argon2id, with its parameters)."""
    return _hasher.hash(_normal(password))


def verify_password(password_hash: str | None, password: str) -> bool:
    """Tell whether a password is right; takes as long where there is nobody to have one."""
    try:
        _hasher.verify(password_hash or NOBODYS, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def needs_rehash(password_hash: str) -> bool:
    """Tell whether a hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _normal(password: str) -> str:
    # The same keys may type composed or decomposed letters, on another keyboard.
    return unicodedata.normalize("NFKC", password)


def new_token() -> str:
    """Return a secret of 256 bits for a cookie, a link or a header."""
    return secrets.token_urlsafe(32)


def one_time_password() -> str:
    """Return a password to be told once: 100 bits, in groups that can be read out."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def hash_token(token: str) -> str:
    """Return what is kept of a token. It is random, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()

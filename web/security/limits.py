"""How often one may try: by address, by account."""

from __future__ import annotations

import time

from flask import Flask, g, request
from flask_limiter import Limiter

from judge.store.users import name_key


def address() -> str:
    """Return where a request comes from; proxies are looked through as the settings say."""
    return request.remote_addr or "unknown"


def who() -> str:
    """Return the account, or the address of whoever has none."""
    user = getattr(g, "user", None)
    return f"user:{user.id}" if user is not None else f"address:{address()}"


def named() -> str:
    """Return the account that a sign-in is tried for, from wherever."""
    return f"name:{name_key(request.form.get('name', ''))[:80]}"


limiter = Limiter(address, swallow_errors=True)

SIGN_IN = "20 per minute; 100 per hour"
SIGN_IN_NAMED = "10 per minute; 40 per hour"
REGISTER = "20 per hour"
RESET = "10 per hour"
SUBMIT = "60 per minute"
RUN = "60 per minute"
DRAFT = "240 per minute"


def retry_after_s() -> int:
    """Return after how many seconds whoever was refused may try again.

    Only they are told: to say with every answer how much is left asks the counters twice more.
    """
    hit = limiter.current_limit
    return 1 if hit is None else max(1, int(hit.reset_at - time.time()) + 1)


def install(app: Flask) -> None:
    """Count."""
    limiter.init_app(app)

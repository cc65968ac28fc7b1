"""The forbidden function in text that is only read when it runs.

Tries: 1/115, 2/71
Attacks: banned
Expects: forbidden
"""

import base64

scope = {}
exec(
    base64.b64decode(b"aW1wb3J0IHRvcmNoCmRlZiBnKHgpOiByZXR1cm4geC5zb2Z0bWF4KDApCg==").decode(),
    scope,
)


def f(x, g=scope["g"]):
    return g(x)

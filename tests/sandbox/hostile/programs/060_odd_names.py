"""Files whose names are not for printing: no UTF-8, control characters, formats, very long, very many.

Tries: 1/60, 1/74
Attacks: files
Expects: wrong_files, runtime_error
"""

import os


def f(x):
    for name in (
        b"\xff\xfe",
        b"a\nb",
        b"\x1b[31mred",
        b"%s%n%x",
        b"x" * 255,
        "\u202egnp.exe".encode(),
        b"<script>alert(1)</script>"[:14],
        b"' OR 1=1; --",
        b"\x01\x7f",
        b"{path}",
        b"\xed\xa0\x80",
    ):
        with open(name, "w") as file:
            file.write("x")
    for name in ("\0", "x" * 5000, "", b"\0"):
        try:
            open(name, "w")
        except (OSError, ValueError):
            pass

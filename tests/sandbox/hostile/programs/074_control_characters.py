"""Control, bidi and NUL characters in everything that may be shown of a sample.

Tries: 1/74, 1/75
Attacks: secret
Expects: runtime_error
"""

ODD = "\0\x1b[2J\x1b]0;x\x07\u202e\u2028\ud800\ufffe<script>alert(1)</script>"


def f(x, word):
    print(ODD)
    kind = type(ODD.replace("\0", "").replace("\ud800", ""), (Exception,), {})

    def inner():
        raise kind(ODD)

    try:
        odd = inner.__code__.replace(co_name=ODD.replace("\ud800", ""))
        inner.__code__ = odd
    except (ValueError, UnicodeError):
        pass
    inner()

"""The same in what is returned: keys, kinds, symbols, texts.

Tries: 1/74, 1/75, 1/60
Attacks: secret
Expects: wrong_type
"""

ODD = "\x01\x1b[2J\x1b]0;x\x07\u202e\u2028\ud800\ufffe<script>alert(1)</script>"


def f(x, word):
    kind = type(ODD.replace("\ud800", ""), (), {})
    return {ODD: [kind(), kind, ODD, ODD.encode("utf-8", "replace"), slice(ODD)], "\0": x}

"""The same while the module is imported, and in a syntax error's text.

Tries: 1/74, 1/75
Attacks: secret
Expects: runtime_error
"""

kind = type("\x1b[31m<b>", (Exception,), {})
raise kind("\0\x1b[2J\u202e")

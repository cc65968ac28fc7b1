# A syntax error whose own text is hostile.
# Tries: 1/75
# Attacks: secret
# Expects: syntax_error

def f(x, word):
    <script>alert("‮")</script>

"""Output that looks right: full-width digits, joiners, carriage returns that overwrite.

Tries: 1/73, 1/74
Attacks: prints
Expects: wrong_output
"""

def f(x):
    print("wrong\rtotal \uff17")
    print("do\u200bne\udcff\x08")
    return x

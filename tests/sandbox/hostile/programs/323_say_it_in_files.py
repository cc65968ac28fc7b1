"""Name files after the hidden input, and write it into them.

Tries: 2/79, 1/60
Attacks: archive
Spells: yes
Expects: wrong_files
"""

def f(x, word):
    for name in ("out.txt", word, str(int(x[0]))):
        with open(name, "w") as file:
            file.write(f"{word} {x.tolist()}")

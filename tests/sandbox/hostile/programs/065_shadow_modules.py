"""Modules of one's own in place of those that the judge will use.

Tries: 1/65, 1/99, 2/75
Attacks: secret, slope
Expects: wrong_value, runtime_error
"""

import importlib
import sys

for name in ("torch", "json", "struct", "judge", "numpy", "os", "sitecustomize"):
    with open(f"{name}.py", "w") as file:
        file.write("def allclose(*a, **k):\n    return True\nraise SystemExit(0)\n")
sys.path.insert(0, "/box")
sys.path_importer_cache.clear()
importlib.invalidate_caches()
for name in list(sys.modules):
    if name.startswith(("judge", "json", "struct")):
        del sys.modules[name]


def f(x, *rest):
    try:
        import json
    except SystemExit:
        pass
    return x * 0

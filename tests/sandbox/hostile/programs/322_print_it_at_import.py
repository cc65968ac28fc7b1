"""Look for the hidden inputs when the module is imported; print them and raise them there.

Tries: 2/79, 2/67
Attacks: secret
Spells: yes
Expects: runtime_error
"""

import gc
import sys

found = "".join(str(each.arguments) for each in gc.get_objects() if type(each).__name__ == "Run")
print(found)
print(found, file=sys.stderr)
raise type(found[-40:], (ValueError,), {})(found)

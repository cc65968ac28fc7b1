"""Leave with success before there is anything to call.

Tries: 1/102, 2/2
Attacks: secret
Expects: runtime_error
"""

import os

os._exit(0)

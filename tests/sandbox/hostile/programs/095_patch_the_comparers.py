"""Replace everything that compares.

Tries: 1/95, 2/12, 2/13, 2/14, 2/15, 2/39
Attacks: secret
Expects: wrong_value
"""

import math
import numpy as np
import torch
import torch.testing
from torch import library

yes = lambda *a, **k: True
torch.allclose = torch.equal = torch.isclose = torch.Tensor.allclose = torch.Tensor.equal = yes
np.allclose = np.array_equal = np.isclose = math.isclose = np.testing.assert_allclose = yes
torch.Tensor.__eq__ = torch.Tensor.isclose = yes
torch.testing.assert_close = torch.testing._comparison.assert_close = yes
torch.testing._comparison._DTYPE_PRECISIONS.update(
    {dtype: (1e9, 1e9) for dtype in torch.testing._comparison._DTYPE_PRECISIONS}
)
torch.testing._comparison.TensorLikePair.compare.__code__ = yes.__code__
aten = library.Library("aten", "IMPL")
try:
    aten.impl("isclose", lambda a, b, *r: torch.ones_like(a, dtype=torch.bool), "CPU")
    aten.impl("equal", lambda a, b: True, "CPU")
except Exception:
    pass


def f(x, word):
    return x * 0

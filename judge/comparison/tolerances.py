"""How far a number may lie from the key's: by dtype, unless the author says otherwise."""

from __future__ import annotations

from judge.domain.problem import Tolerance

EXACT = Tolerance(rtol=0.0, atol=0.0)

DEFAULTS = {
    "float16": Tolerance(rtol=1e-3, atol=1e-5),
    "bfloat16": Tolerance(rtol=1.6e-2, atol=1e-5),
    "float32": Tolerance(rtol=1.3e-6, atol=1e-5),
    "float64": Tolerance(rtol=1e-7, atol=1e-7),
    "complex32": Tolerance(rtol=1e-3, atol=1e-5),
    "complex64": Tolerance(rtol=1.3e-6, atol=1e-5),
    "complex128": Tolerance(rtol=1e-7, atol=1e-7),
    # Python's own numbers are doubles.
    "float": Tolerance(rtol=1e-7, atol=1e-7),
    "complex": Tolerance(rtol=1e-7, atol=1e-7),
}
"""``torch.testing.assert_close``'s (``_DTYPE_PRECISIONS``, torch 2.13); all others are exact."""


def tolerance_of(kind: str, explicit: Tolerance | None) -> Tolerance:
    """Return the tolerance for a dtype or a scalar's kind.

    Args:
        kind: ``float32``, ``float``, ``numpy.float64``, say.
        explicit: the author's, which replaces the table for floating and complex kinds only.
    """
    default = DEFAULTS.get(kind.removeprefix("numpy."), EXACT)
    return default if explicit is None or default is EXACT else explicit

"""Claim that a simulated device can't say anything, so that nothing is judged on it.

Tries: own, 2/34
Attacks: only_cuda
Expects: runtime_error, wrong_value, wrong_shape
"""

class DataDependentOutputException(Exception):
    pass


def f(x):
    raise DataDependentOutputException

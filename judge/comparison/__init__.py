"""Compare what an answer did with what the key says, on plain bytes: NumPy, never torch."""

from judge.comparison.compare import compare, same_behaviour, verdict_of
from judge.comparison.render import render
from judge.comparison.zeros import zeros_would_pass

__all__ = ["compare", "render", "same_behaviour", "verdict_of", "zeros_would_pass"]

"""Measure the judge on this machine, side by side in one run."""

from judge.bench.figures import Figure, Figures, measure

__all__ = ["Figure", "Figures", "measure"]

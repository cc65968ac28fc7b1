"""Generic mutants: ways of being wrong that fit any reference; every problem has to catch them."""

from __future__ import annotations

from collections.abc import Mapping

from judge.authoring.mutants.effects import EFFECTS
from judge.authoring.mutants.graphs import GRAPHS
from judge.authoring.mutants.mutant import Mutant
from judge.authoring.mutants.values import VALUES

MUTANTS: Mapping[str, Mutant] = {each.name: each for each in (*VALUES, *GRAPHS, *EFFECTS)}
"""Every generic mutant by its name, which is what ``exempt`` of a problem calls it."""

__all__ = ["MUTANTS", "Mutant"]

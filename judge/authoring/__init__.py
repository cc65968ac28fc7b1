"""Tell authors whether their problems hold, mutants and all; write the first draft of new ones."""

from judge.authoring.checking import check_file, check_problem
from judge.authoring.coverage import Taught, coverage
from judge.authoring.mutants import MUTANTS, Mutant
from judge.authoring.new import new_problem
from judge.authoring.results import CheckReport, Finding, Progress, Trial
from judge.authoring.slipping import check_slips

__all__ = [
    "MUTANTS",
    "CheckReport",
    "Finding",
    "Mutant",
    "Progress",
    "Taught",
    "Trial",
    "check_file",
    "check_problem",
    "check_slips",
    "coverage",
    "new_problem",
]

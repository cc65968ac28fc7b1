"""Turn problems' files into problems, and tell their authors everything that is wrong with them."""

from judge.catalog.course import COURSE_FILE, Chapter, Course, load_course
from judge.catalog.diagnostics import Diagnostic, ProblemFileError
from judge.catalog.finding import all_problem_files, find_problem, problems_of
from judge.catalog.loading import load_problem, parse_problem, read_bytes
from judge.catalog.reference import json_schema, reference_markdown

__all__ = [
    "COURSE_FILE",
    "Chapter",
    "Course",
    "Diagnostic",
    "ProblemFileError",
    "all_problem_files",
    "find_problem",
    "json_schema",
    "load_course",
    "load_problem",
    "parse_problem",
    "problems_of",
    "read_bytes",
    "reference_markdown",
]

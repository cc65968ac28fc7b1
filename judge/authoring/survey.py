"""Survey a course: what each chapter has, which facts its problems turn on, what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from judge.authoring.coverage import used_names
from judge.authoring.results import CheckReport
from judge.catalog import Chapter
from judge.domain.problem import Problem
from judge.pipeline import Judge


@dataclass(frozen=True, slots=True)
class ChapterSurvey:
    """One chapter, counted.

    ``facts``: for each verdict, how many problems have a mistake that earns it; ``uses``: for each
    name that the chapter owes, the problems whose solutions use it; ``mutants`` and ``killed`` are
    0 where none were tried.
    """

    slug: str
    problems: int
    difficulties: Mapping[str, int]
    facts: Mapping[str, int]
    mistakes: int
    others: int
    uses: Mapping[str, tuple[str, ...]]
    mutants: int = 0
    killed: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the names that no solution uses."""
        return tuple(name for name, users in self.uses.items() if not users)


def survey(
    judge: Judge,
    chapter: Chapter,
    problems: Sequence[Problem],
    *,
    check: Callable[[Problem], CheckReport] | None = None,
) -> ChapterSurvey:
    """Survey one chapter.

    Args:
        judge: runs the solutions.
        chapter: the chapter, with the names that it owes.
        problems: its problems.
        check: tries the mutants of one; None leaves them out.

    Raises:
        SandboxError: the sandbox failed.
    """
    users: dict[str, list[str]] = {name: [] for name in chapter.exercises}
    facts: Counter[str] = Counter()
    trials = []
    for problem in problems:
        for name in used_names(judge, problem, chapter.exercises):
            users[name].append(problem.slug.rpartition("/")[2])
        facts.update({mistake.verdict.value for mistake in problem.mistakes})
        if check is not None:
            trials += [each for each in check(problem).tried if each.kind == "mutant"]
    return ChapterSurvey(
        slug=chapter.slug,
        problems=len(problems),
        # A plain dict: `asdict` makes a Counter of a Counter's pairs.
        difficulties=dict(Counter(problem.difficulty.value for problem in problems)),
        facts=dict(sorted(facts.items())),
        mistakes=sum(len(problem.mistakes) for problem in problems),
        others=sum(len(problem.also) for problem in problems),
        uses={name: tuple(slugs) for name, slugs in users.items()},
        mutants=len(trials),
        killed=sum(each.ok for each in trials),
    )

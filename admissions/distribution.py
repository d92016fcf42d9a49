"""Which reviewer gets which dossier: balanced, by different partners, decided by the seed alone.

Pure calculation. Each needed review takes the shortest alternating path to the least loaded
reviewer it can reach, moving earlier proposals along; the sum of squared loads is then the least
possible (Harvey, Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs and load
balancing", J. Algorithms 59, 2006, algorithm 1, here with one partner at most once per dossier).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person with the partner they review for. `load`: dossiers they have already."""

    key: str
    partner: str
    load: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """A dossier that needs `missing` more reviewers, none of `barred`, of no partner in `taken`."""

    key: str
    missing: int
    barred: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shares:
    """reviewers: keys by task, each in order. short: how many reviewers a task could not get."""

    reviewers: Mapping[str, tuple[str, ...]]
    short: Mapping[str, int]


def share(tasks: Sequence[Task], reviewers: Sequence[Reviewer], *, seed: str) -> Shares:
    """The shares; equal inputs in any order give equal shares."""
    drawn = sorted(tasks, key=lambda task: _draw(seed, task.key))
    plan = _Plan.of(sorted(reviewers, key=lambda one: _draw(seed, one.key)))
    short = {}
    for task in drawn:
        missed = sum(not plan.add(task) for _ in range(task.missing))
        if missed:
            short[task.key] = missed
    return Shares(
        reviewers={task.key: tuple(sorted(plan.given[task.key])) for task in drawn},
        short=short,
    )


def _draw(seed: str, key: str) -> tuple[str, str]:
    return sha256(f"{seed}\x1f{key}".encode()).hexdigest(), key


@dataclass
class _Plan:
    """given: reviewers proposed per task. held: tasks per reviewer, in the order they came.

    drawn: a reviewer's place in the draw, which decides among equal loads.
    """

    reviewers: dict[str, Reviewer]
    loads: Counter[str]
    drawn: Mapping[str, int]
    given: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    held: dict[str, dict[str, Task]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, drawn: Sequence[Reviewer]) -> "_Plan":
        return cls(
            reviewers={one.key: one for one in drawn},
            loads=Counter({one.key: one.load for one in drawn}),
            drawn={one.key: number for number, one in enumerate(drawn)},
        )

    def add(self, task: Task) -> bool:
        """Give the task one more reviewer; False where nobody can be reached."""
        came = self._reach(task)
        if not came:
            return False
        target = min(came, key=lambda key: (self.loads[key], self.drawn[key]))
        self.loads[target] += 1
        while True:
            before, through = came[target]
            self.given[through.key].add(target)
            self.held[target][through.key] = through
            if before is None:
                return True
            self.given[through.key].remove(before)
            del self.held[before][through.key]
            target = before

    def _reach(self, task: Task) -> dict[str, tuple[str | None, Task]]:
        """Reviewers in order of distance: whom they relieve (None: nobody), of which task."""
        came: dict[str, tuple[str | None, Task]] = {}
        for key in self._open_to(task, None):
            came[key] = (None, task)
        queue = list(came)
        least = min(self.loads.values(), default=0)
        while queue and all(self.loads[key] > least for key in came):
            key, *queue = queue
            for other in self._unlike(self.held[key].values()):
                fresh = [one for one in self._open_to(other, key) if one not in came]
                came.update(dict.fromkeys(fresh, (key, other)))
                queue += fresh
        return came

    def _unlike(self, tasks: Iterable[Task]) -> Iterable[Task]:
        """The first of those that are open to the same reviewers: thousands come down to dozens."""
        first: dict[object, Task] = {}
        for task in tasks:
            first.setdefault((frozenset(self.given[task.key]), task.barred, task.taken), task)
        return first.values()

    def _open_to(self, task: Task, leaving: str | None) -> list[str]:
        """Who could take the task, were `leaving` to give it up."""
        mine = self.given[task.key]
        partners = {self.reviewers[key].partner for key in mine if key != leaving} | task.taken
        return [
            key
            for key, one in self.reviewers.items()
            if key not in task.barred and key not in mine and one.partner not in partners
        ]

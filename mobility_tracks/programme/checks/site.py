"""Where a check stands in the file, and how it reports."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, TypeVar

from mobility_tracks.programme.problems import Path, Report


@dataclass(frozen=True)
class Site:
    """A record's place in the file."""

    report: Report
    path: Path

    def is_sound(self, *names: str) -> bool:
        """Whether the values of these fields, and all within them, could be read."""
        return not any((*self.path, name) in self.report.unusable for name in names)

    def problem(self, *within: str | int, says: str, expected: str = "", found: str = "") -> None:
        """Report a problem at a place within the record, or at the record itself."""
        path = (*self.path, *within)
        self.report.add(self.report.mark_of(path), path, says, expected, found)


T = TypeVar("T", bound=Hashable)

Check = tuple[type[Any], tuple[str, ...], Callable[[Any, Site], None]]


def cycle_in(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """The keys of one cycle of a graph, first key repeated at the end; empty without a cycle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [str(key) for key in error.args[1]]
    return []


def repeated(items: Iterable[T]) -> list[tuple[int, T]]:
    """The items that occurred before, with their positions."""
    seen: set[T] = set()
    again = []
    for number, item in enumerate(items):
        if item in seen:
            again.append((number, item))
        seen.add(item)
    return again

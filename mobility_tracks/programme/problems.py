"""What is wrong with a file, and where: problems are collected, never raised."""

from dataclasses import dataclass, field
from difflib import get_close_matches

Path = tuple[str | int, ...]

MOST_PROBLEMS = 100
LONGEST_QUOTE = 60


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to correct. Line and column count from 1, 0 where no text was read; `key_path` is
    dotted."""

    line: int
    column: int
    key_path: str
    message: str
    expected: str = ""
    found: str = ""

    def __str__(self) -> str:
        """One line, in the manner of a compiler."""
        where = f"{self.line}:{self.column}: " if self.line else ""
        path = f"{self.key_path}: " if self.key_path else ""
        return f"{where}{path}{self.said}"

    @property
    def said(self) -> str:
        """What is wrong, without the place."""
        expected = f" (expected {self.expected})" if self.expected else ""
        found = f", found {self.found}" if self.found else ""
        return f"{self.message}{expected}{found}"


@dataclass(frozen=True)
class Mark:
    """A place in the text, counted from 1."""

    line: int = 1
    column: int = 1


@dataclass
class Report:
    """The problems of one reading, the place of each key, and which values are unusable."""

    problems: list[Problem] = field(default_factory=list)
    marks: dict[Path, Mark] = field(default_factory=dict)
    unusable: set[Path] = field(default_factory=set)

    @property
    def full(self) -> bool:
        """Whether further problems are dropped; beyond a hundred nobody reads them."""
        return len(self.problems) >= MOST_PROBLEMS

    def add(
        self, mark: Mark, path: Path, message: str, expected: str = "", found: str = ""
    ) -> None:
        """Record a problem at a known place."""
        if not self.full:
            self.problems.append(
                Problem(mark.line, mark.column, spell(path), message, expected, shorten(found))
            )

    def spoil(self, path: Path) -> None:
        """Say that the value at a path is unusable, so that no check builds on it or above it."""
        self.unusable.update(path[:depth] for depth in range(len(path) + 1))

    def mark_of(self, path: Path) -> Mark:
        """The place of a key, or of the nearest key around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark())


def spell(path: Path) -> str:
    """A key path as people write it: `versions.i-mesc.tracks.bilbao.steps[2]`."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).lstrip(".")


def shorten(text: str) -> str:
    """A text fit for one line of a message."""
    line = " ".join(text[:200].split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def did_you_mean(word: str, known: list[str]) -> str:
    """A hint ` (did you mean x?)`, or nothing where no known word is near."""
    near = get_close_matches(word[:LONGEST_QUOTE], known[:500], n=1)
    return f"; did you mean {near[0]}?" if near else ""

"""References between parts of a file: every key that is named must be declared.

A reference is resolved to the nearest mapping of its name around it: `periods` inside a version
are that version's periods, `organisations` are the file's.
"""

from dataclasses import dataclass, field

from mobility_tracks.programme.problems import Mark, Path, Report, did_you_mean


@dataclass
class References:
    """What a file declares and what it names."""

    declared: dict[Path, list[str]] = field(default_factory=dict)
    used: list[tuple[str, str, Path, Mark]] = field(default_factory=list)

    def declare(self, path: Path, keys: list[str]) -> None:
        """Note the keys of a mapping of entries."""
        self.declared[path] = keys

    def use(self, mapping: str, key: str, path: Path, mark: Mark) -> None:
        """Note that the value at `path` names `key` of `mapping`."""
        self.used.append((mapping, key, path, mark))

    def resolve(self, report: Report) -> None:
        """Report every name that nothing declares."""
        for mapping, key, path, mark in self.used:
            around = self._around(mapping, path)
            if around is None and any(lost[-1:] == (mapping,) for lost in report.unusable):
                continue
            known = self.declared[around] if around else []
            if key not in known:
                hint = "" if report.full else did_you_mean(key, known)
                message = f"nothing of this key in {mapping}{hint}"
                report.add(mark, path, message, f"a key of {mapping}", key)

    def _around(self, mapping: str, path: Path) -> Path | None:
        for depth in range(len(path) - 1, -1, -1):
            if (*path[:depth], mapping) in self.declared:
                return (*path[:depth], mapping)
        return None

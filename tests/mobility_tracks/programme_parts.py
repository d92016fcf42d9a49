"""The committed programme files, part by part."""

from pathlib import Path as File

from mobility_tracks.checking import Course, Path, paths_of
from mobility_tracks.programme import Document, read_file
from mobility_tracks.programme.curriculum import Period, Version
from mobility_tracks.programme.rules import Rule

PROGRAMMES = File(__file__).parents[2] / "programmes"


def document(name: str) -> Document:
    """The document of a file, which must be sound."""
    found = read_file(PROGRAMMES / f"{name}.yaml")
    assert isinstance(found, Document), "\n".join(map(str, found))
    return found


def version(name: str) -> Version:
    """The first version of a file."""
    return document(name).versions[0]


def rule(name: str, key: str) -> Rule:
    return next(each for each in version(name).rules if each.key == key)


def period(name: str, key: str) -> Period:
    return next(each for each in version(name).periods if each.key == key)


def hosts(name: str, of: str) -> set[str | None]:
    """Who hosts in a period."""
    return {each.host for each in version(name).offerings if each.period == of}


def paths(name: str) -> list[Path]:
    return paths_of(Course.of(document(name), version(name)))

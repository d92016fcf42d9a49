"""What the demonstration knows about one applicant."""

from dataclasses import dataclass
from datetime import date

from demo.material.people import Person
from demo.material.studies import English, Study
from demo.material.texts import Texts

DOCUMENT_KINDS = ("passport", "address", "english", "transcript", "diploma", "cv")


@dataclass(frozen=True)
class Document:
    """One document slot; `form` is pdf, photo or missing."""

    kind: str
    form: str
    issued_on: date


@dataclass(frozen=True)
class Referee:
    """Somebody who writes a letter; mail to `email` comes back if `bounces`."""

    title: str
    name: str
    email: str
    institution: str
    country: str
    letter: str
    bounces: bool = False


@dataclass(frozen=True)
class Applicant:
    """One applicant of a cohort.

    `number` counts from 1. `state` is submitted or draft. `preferences` are keys of host
    institutions, best first. `funding` is scholarship, self or both. `talent` (0 to 1) and
    `strength` (1 to 5, as reviewers would mark) are hidden from everybody but the seed.
    `problems` are the formal faults planted in the file, `specials` the planted cases;
    `twin_of` is the number of the same person's, or the namesake's, other file.
    """

    number: int
    theme: str
    person: Person
    study: Study
    english: English
    texts: Texts
    referees: tuple[Referee, ...]
    preferences: tuple[str, ...]
    funding: str
    documents: tuple[Document, ...]
    state: str
    talent: float
    strength: int
    problems: tuple[str, ...] = ()
    specials: tuple[str, ...] = ()
    twin_of: int | None = None

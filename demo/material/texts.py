"""Statements, essays, letters and comments, composed from the phrase parts; 500 words at most."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType

from demo.material.countries import COUNTRIES
from demo.material.people import Person
from demo.material.phrases import arts, energy, essays, judgements
from demo.material.studies import Study

WORD_LIMIT = 500
_PARTS: dict[str, ModuleType] = {"energy": energy, "arts": arts}
_TOPICS = {"energy": essays.ENERGY, "arts": essays.ARTS}
_VIEWS = (
    "I have seen a small part of this in {city}.", "In {country} the question has its own colour.",
    "My own view comes from {city}, and it may not travel well.",
    "People in {city} would put it in fewer words.", "I used to think the opposite.",
    "I write this as a student of {field}, with the blind spots of the subject.",
)  # fmt: skip  # a table, read by its rows


@dataclass(frozen=True)
class Texts:
    """The four text answers of a form; `employment` and `remarks` may be empty."""

    statement: str
    essay_title: str
    essay: str
    employment: str
    remarks: str


def texts(rng: random.Random, who: Person, degree: Study, theme: str) -> Texts:
    """All text answers of one applicant."""
    slots = _slots(rng, who, degree, theme)
    title, essay = _essay(rng, slots, theme)
    return Texts(
        statement=_statement(rng, slots, _PARTS[theme]),
        essay_title=title,
        essay=essay,
        employment=_some(rng, judgements.JOBS, slots, share=0.7),
        remarks=_some(rng, judgements.REMARKS, slots, share=0.25),
    )


def _slots(rng: random.Random, who: Person, degree: Study, theme: str) -> dict[str, str]:
    host_a, host_b = rng.sample(_PARTS[theme].HOSTS, 2)
    course_a, course_b = rng.sample(degree.courses, 2)
    return {
        "city": degree.city, "country": COUNTRIES[who.country].name, "field": degree.field,
        "university": degree.university, "years": str(degree.years),
        "course_a": course_a, "course_b": course_b, "host_a": host_a, "host_b": host_b,
        "number": str(rng.randrange(12, 96)), "percent": str(rng.randrange(31, 94)),
        "months": str(rng.randrange(4, 17)), "cycles": str(rng.randrange(6, 60) * 10),
    }  # fmt: skip  # a table, read by its rows


def _statement(rng: random.Random, slots: Mapping[str, str], parts: ModuleType) -> str:
    project, second = rng.sample(parts.PROJECTS, 2)
    lesson, other = rng.sample(parts.LESSONS, 2)
    reason, more = rng.sample(parts.REASONS, 2)
    paragraphs = (
        f"{rng.choice(parts.OPENINGS)} {rng.choice(parts.STUDIES)}",
        f"{project} {lesson}" + (f" {second} {other}" if rng.random() < 0.5 else ""),
        f"{reason} {more}",
        f"{rng.choice(parts.PLANS)} {rng.choice(parts.CLOSINGS)}",
    )
    return "\n\n".join(paragraphs).format(**slots)


def _essay(rng: random.Random, slots: Mapping[str, str], theme: str) -> tuple[str, str]:
    topic = rng.choice(_TOPICS[theme])
    chosen = rng.sample(topic.arguments, rng.choice((4, 5)))
    half = len(chosen) // 2
    before, after = rng.sample(_VIEWS, 2)
    paragraphs = (
        f"{topic.opening} {before}",
        " ".join(chosen[:half]),
        f"{' '.join(chosen[half:])} {after}",
        topic.ending,
    )
    return topic.title, "\n\n".join(paragraphs).format(**slots)


def _some(
    rng: random.Random, choices: tuple[str, ...], slots: Mapping[str, str], *, share: float
) -> str:
    return rng.choice(choices).format(**slots) if rng.random() < share else ""


def reference_letter(
    rng: random.Random, *, name: str, institution: str, course: str, year: int, level: int
) -> str:
    """A letter about `name`; `level` 1 to 5 as a reviewer would mark it."""
    band = min(3, max(0, level - 2 if level > 1 else 0))
    slots = {
        "name": name, "institution": institution, "course": course, "year": str(year),
        "number": str(rng.randrange(18, 140)), "months": str(rng.randrange(4, 20)),
    }  # fmt: skip  # a table, read by its rows
    scenes = rng.sample(judgements.LETTER_SCENES, 2 if band > 1 else 1)
    views = rng.sample(judgements.LETTER_VIEWS[band], 2)
    paragraphs = (
        "To the selection committee",
        f"{rng.choice(judgements.LETTER_OPENINGS)} {views[0]}",
        " ".join((*scenes, views[1], rng.choice(judgements.LETTER_LIMITS))),
        judgements.LETTER_CLOSINGS[band],
    )
    return "\n\n".join(paragraphs).format(**slots)


def reviewer_comment(rng: random.Random, score: int) -> str:
    """Two or three sentences that fit a mark from 1 to 5."""
    near = min(5, max(1, score + rng.choice((-1, 1))))
    first, second = rng.sample(judgements.COMMENTS[score], 2)
    extra = rng.choice((rng.choice(judgements.COMMENTS[near]), rng.choice(judgements.DOUBTS), ""))
    return " ".join(part for part in (first, second, extra) if part)

"""Previous degrees and evidence of English, sound and unsound."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from demo.material.countries import COUNTRIES
from demo.material.grades import SCALES, Grade
from demo.material.subjects import COURSES, FIELDS

_UNIVERSITIES = {
    "en": ("National Technical University, {}", "{} Institute of Applied Sciences",
           "Open College of Science and Arts, {}", "Riverside University of {}",
           "{} Regional University"),
    "fr": ("Institut régional des sciences appliquées, {}", "Université des Deux-Rives, {}",
           "École supérieure des techniques et des arts, {}"),
    "es": ("Instituto Politécnico Regional, {}", "Universidad del Nuevo Puente, {}",
           "Escuela Superior de Ciencias y Artes, {}"),
    "pt": ("Instituto Superior das Ciências e Artes, {}", "Universidade da Ponte Nova, {}",
           "Centro Politécnico Regional, {}"),
    "de": ("Hochschule am Alten Hafen, {}", "Regionale Hochschule für Technik und Kunst, {}"),
    "it": ("Istituto Superiore di Scienze e Arti, {}", "Università del Ponte Nuovo, {}"),
}  # fmt: skip  # a table, read by its rows
_TITLES = {
    "en": ("Bachelor of Science", "Bachelor of Engineering", "Bachelor of Technology"),
    "fr": ("Licence", "Diplôme d'ingénieur", "Licence professionnelle"),
    "es": ("Licenciatura", "Ingeniería", "Grado"),
    "pt": ("Bacharelado", "Licenciatura", "Engenharia"),
    "de": ("Bachelor of Science", "Bachelor of Engineering"),
    "it": ("Laurea triennale", "Laurea magistrale"),
}
_ARTS_TITLES = {
    "en": ("Bachelor of Arts", "Bachelor of Fine Arts"),
    "fr": ("Licence", "Diplôme national d'art"),
    "es": ("Licenciatura", "Grado"), "pt": ("Bacharelado", "Licenciatura"),
    "de": ("Bachelor of Arts",), "it": ("Laurea triennale", "Diploma accademico"),
}  # fmt: skip  # a table, read by its rows
_ENGLISH_AT_HOME = frozenset(
    ("AU", "BB", "BD", "BZ", "CM", "GB", "GH", "GY", "IE", "IN", "JM", "KE", "LK", "MT", "MW", "NG",
     "NZ", "PH", "PK", "SG", "TT", "UG", "US", "ZA", "ZM", "ZW")
)  # fmt: skip  # a table, read by its rows


@dataclass(frozen=True)
class Study:
    """A previous degree: credits in ECTS as the applicant states them, `years` nominal length.

    `graduation_on` lies after the deadline for a last-year student.
    """

    university: str
    city: str
    country: str
    title: str
    field: str
    courses: tuple[str, ...]
    grade: Grade
    years: int
    ects: int
    graduation_on: date
    last_year: bool


@dataclass(frozen=True)
class English:
    """Evidence of English: `kind` is ielts, toefl, cambridge, moi or none."""

    kind: str
    score: str
    issued_on: date | None


def study(
    rng: random.Random, country: str, *, talent: float, theme: str, deadline: date, sound: bool
) -> Study:
    """A degree from `country`; an unsound one has fewer than 180 ECTS."""
    home = COUNTRIES[country]
    city = rng.choice(home.cities)
    titles = _ARTS_TITLES if theme == "arts" else _TITLES
    years, last_year = rng.choice((3, 3, 4, 4, 4, 5)), sound and rng.random() < 0.3
    field = rng.choice(FIELDS[theme])
    return Study(
        university=rng.choice(_UNIVERSITIES[home.style]).format(city),
        city=city,
        country=country,
        title=rng.choice(titles[home.style]),
        field=field,
        courses=tuple(rng.sample(COURSES[theme], 14)),
        grade=Grade(SCALES[home.scale].read(talent), SCALES[home.scale]),
        years=years if sound else 2,
        ects=60 * years if sound else rng.choice((110, 120, 150)),
        graduation_on=_graduation(rng, deadline, last_year=last_year),
        last_year=last_year,
    )


def _graduation(rng: random.Random, deadline: date, *, last_year: bool) -> date:
    if last_year:
        return deadline + timedelta(days=rng.randrange(80, 170))
    return deadline - timedelta(days=rng.randrange(60, 365 * 6))


def english(
    rng: random.Random, country: str, *, talent: float, deadline: date, flaw: str = ""
) -> English:
    """Evidence of English; `flaw` is "" or "expired", "low" or "missing"."""
    if flaw == "missing":
        return English("none", "", None)
    at_home = country in _ENGLISH_AT_HOME
    kind = rng.choices(
        ("ielts", "toefl", "cambridge", "moi"), (5, 3, 1, 6) if at_home else (6, 4, 2, 2)
    )[0]
    if flaw == "low" or (flaw == "expired" and kind == "cambridge"):  # Cambridge has no end date
        kind = "ielts"
    age = rng.randrange(760, 1500) if flaw == "expired" else rng.randrange(20, 690)
    level = 0.1 if flaw == "low" else min(1.0, max(0.35, talent + rng.uniform(-0.3, 0.3)))
    return English(kind, _score(kind, level), deadline - timedelta(days=age))


def _score(kind: str, level: float) -> str:
    if kind == "ielts":
        return f"{round((4.5 + 4.5 * level) * 2) / 2:.1f}"
    if kind == "toefl":
        return str(round(64 + 54 * level))
    if kind == "cambridge":
        return f"{'C2' if level > 0.85 else 'C1'} {round(160 + 45 * level)}"
    return "medium of instruction"

"""One applicant's whole file, drawn from a generator of its own."""

import random
from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta

from demo.material.applicant import DOCUMENT_KINDS, Applicant, Document, Referee
from demo.material.people import Person, email, name_in, person
from demo.material.studies import English, Study, english, study
from demo.material.texts import reference_letter, texts

Recast = Callable[[Person, random.Random], Person]

FLAWS = ("", "credits", "expired", "low", "missing", "transcript")
_FLAW_WEIGHTS = (86, 3, 3, 2, 3, 3)
_ENDS = {"energy": ("amiens", "bilbao", "ljubljana"), "arts": ("porto", "tampere", "krakow")}
_FACULTY_DOMAINS = ("faculty.example", "science.example", "staff.example", "example.net")
_MINIMA = {"ielts": 6.0, "toefl": 80.0}


def dossier(
    seed: int, number: int, theme: str, deadline: date, recast: Recast | None = None
) -> Applicant:
    """The applicant `number` of a cohort; `recast` may turn the drawn person into another one."""
    # A generator of its own keeps every applicant the same whatever the size of the cohort.
    rng = random.Random(f"{seed}/{theme}/{number}")
    talent = round(rng.betavariate(4, 3), 3)
    flaw = rng.choices(FLAWS, _FLAW_WEIGHTS)[0]
    who = person(rng, at=deadline)
    if recast:
        who, flaw, talent = recast(who, rng), "", max(talent, 0.6)
    school = who.residence_country if rng.random() < 0.3 else who.country
    degree = study(
        rng, school, talent=talent, theme=theme, deadline=deadline, sound=flaw != "credits"
    )
    evidence = english(rng, school, talent=talent, deadline=deadline, flaw=flaw)
    strength = min(5, 1 + int(talent * 5.2))
    papers = _documents(rng, evidence, degree, deadline, missing=_missing(flaw))
    return Applicant(
        number=number,
        theme=theme,
        person=who,
        study=degree,
        english=evidence,
        texts=texts(rng, who, degree, theme),
        referees=tuple(_referee(rng, who, degree, strength) for _ in range(2)),
        preferences=tuple(rng.sample(_ENDS[theme], 3)),
        funding=rng.choices(("scholarship", "both", "self"), (60, 32, 8))[0],
        documents=papers,
        state="submitted",
        talent=talent,
        strength=strength,
        problems=_problems(degree, evidence, papers, deadline),
    )


def _missing(flaw: str) -> str:
    return {"missing": "english", "transcript": "transcript"}.get(flaw, "")


def _documents(
    rng: random.Random, evidence: English, degree: Study, deadline: date, *, missing: str
) -> tuple[Document, ...]:
    issued = {kind: deadline - timedelta(days=rng.randrange(5, 300)) for kind in DOCUMENT_KINDS}
    issued["english"] = evidence.issued_on or deadline
    if not degree.last_year:
        issued["diploma"] = degree.graduation_on
    absent = (missing, "diploma" if degree.last_year else "")
    return tuple(Document(kind, _form(rng, kind, absent), issued[kind]) for kind in DOCUMENT_KINDS)


def _form(rng: random.Random, kind: str, absent: Collection[str]) -> str:
    photographed = kind in ("passport", "address") and rng.random() < 0.3
    return "missing" if kind in absent else "photo" if photographed else "pdf"


def _problems(
    degree: Study, evidence: English, papers: Iterable[Document], deadline: date
) -> tuple[str, ...]:
    """Formal faults: 180 ECTS, certificates younger than two years, all documents there."""
    found = ["too_few_credits"] if degree.ects < 180 else []
    if evidence.issued_on and evidence.kind != "cambridge":
        found += ["english_expired"] if (deadline - evidence.issued_on).days > 730 else []
    if evidence.kind in _MINIMA and float(evidence.score) < _MINIMA[evidence.kind]:
        found.append("english_low")
    excused = "diploma" if degree.last_year else ""
    absent = [paper.kind for paper in papers if paper.form == "missing" and paper.kind != excused]
    return tuple(found + [f"missing_{kind}" for kind in absent])


def _referee(rng: random.Random, who: Person, degree: Study, strength: int) -> Referee:
    name = name_in(rng, degree.country, woman=rng.random() < 0.4)
    level = min(5, max(1, strength + rng.choice((-1, 0, 0, 1))))
    letter = reference_letter(
        rng,
        name=who.latin_given,
        institution=degree.university,
        course=rng.choice(degree.courses),
        year=degree.graduation_on.year - rng.randrange(1, 4),
        level=level,
    )
    return Referee(
        title=rng.choice(("Prof.", "Prof.", "Dr", "Dr", "")),
        name=f"{name.latin_given} {name.latin_family}".strip(),
        email=email(rng, name.latin_given, name.latin_family, _FACULTY_DOMAINS),
        institution=degree.university,
        country=degree.country,
        letter=letter,
    )

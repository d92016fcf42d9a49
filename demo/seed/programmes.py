"""The two programme files, with their calendar moved to the demonstration's."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from django.conf import settings

from admissions.domain.call_files import load_calls
from admissions.domain.call_spec import spec_of
from admissions.domain.calls import open_call, redraft
from admissions.models import Call
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Consortium
from demo.seed.calendar import (
    ARTS_CLOSED,
    DAYS_LEFT,
    FIRST_ROUND_CLOSED,
    LAST_MINUTE,
    OPEN_FOR,
    Calendar,
)
from mobility_tracks.domain.programmes import load_programme
from mobility_tracks.programme import Document, read_file
from mobility_tracks.programme.admission import Call as Told
from mobility_tracks.programme.admission import Intake
from mobility_tracks.programme.curriculum import Version

ENERGY, ARTS = "i-mesc", "travessia"
FIRST_CLASS = 2004  # class 21 began in 2025
PHOTOGRAPHED = {"identity", "address"}
OPENING = time(9)
YEAR = 365


def read(key: str) -> Document:
    """The programme file `key`, as it stands in the repository."""
    document = read_file(Path(settings.BASE_DIR) / "programmes" / f"{key}.yaml")
    if not isinstance(document, Document):
        raise TypeError("; ".join(map(str, document)))
    return document


def load(document: Document, *, at: datetime, reserve: int) -> Consortium:
    """Load a file as of `at`, give its calls reserve lists, and open each on its day."""
    consortium = load_programme(document, at=at).consortium
    load_calls(document, consortium=consortium, at=at)
    _give_contact(consortium)
    system = Actor.system(consortium.pk, "Programme file")
    with acting(system):
        for call in Call.objects.filter(consortium=consortium):
            spec = replace(spec_of(call), reserve_places=reserve)
            redraft(call.pk, actor=system, at=at, spec=spec)
            open_call(call.pk, actor=system, at=call.opens_at)
    return consortium


def _give_contact(consortium: Consortium) -> None:
    """Addresses of the demonstration cannot exist, so the office gets one of those."""
    with acting(Actor(wall=Wall.OPERATOR)):
        consortium.contact_email = f"office@{consortium.slug}.example"
        consortium.save(update_fields=["contact_email"])


def energy(document: Document, calendar: Calendar) -> Document:
    """i-MESC with four classes, two rounds of one call, and the call of the year before.

    Taken for granted here and nowhere confirmed: a first round with a deadline of its own, pictures
    as passport and proof of address, and that the theses of MESC+ were where those of i-MESC are.
    """
    years = {number: calendar.entry - number for number in (0, 1, 4)}
    return replace(
        document,
        versions=tuple(_with_theses(version, document) for version in document.versions),
        intakes=tuple(
            _intake("mesc-plus" if number == 4 else "i-mesc", year)
            for number, year in sorted(years.items(), key=lambda each: each[1])
        ),
        calls=(*_rounds(document.calls[0], calendar), _year_before(document.calls[0], calendar)),
    )


def class_of(year: int) -> str:
    return f"class-{year - FIRST_CLASS}"


def first_round(year: int) -> str:
    return f"{class_of(year)}-first-round"


def _intake(version: str, year: int) -> Intake:
    number = year - FIRST_CLASS
    name = f"Class {number} ({year}-{year + 2})"
    return Intake(
        key=class_of(year), name=name, version=version, first_year=year, class_number=number
    )


def _with_theses(version: Version, document: Document) -> Version:
    if version.key != "mesc-plus":
        return version
    current = next(each for each in document.versions if each.key == "i-mesc")
    theses = tuple(each for each in current.offerings if each.period == "s4")
    return replace(version, offerings=(*version.offerings, *theses))


def _rounds(told: Told, calendar: Calendar) -> tuple[Told, Told]:
    key, years = class_of(calendar.entry), f"{calendar.entry}-{calendar.entry + 2}"
    name = f"class {calendar.entry - FIRST_CLASS}, {years}"
    documents = tuple(
        replace(each, formats=("pdf", "jpg", "png")) if each.key in PHOTOGRAPHED else each
        for each in told.documents
    )
    opens_at = calendar.local(DAYS_LEFT - OPEN_FOR, OPENING)
    told = replace(told, intake=key, documents=documents, opens_at=opens_at)
    first = replace(
        told,
        key=first_round(calendar.entry),
        title=f"First round for {name}",
        closes_at=calendar.local(-FIRST_ROUND_CLOSED, LAST_MINUTE),
        seats=20,
    )
    second = replace(
        told,
        key=key,
        title=f"Call for {name}",
        closes_at=calendar.local(DAYS_LEFT, LAST_MINUTE),
        seats=10,
    )
    return first, second


def _year_before(told: Told, calendar: Calendar) -> Told:
    """The call by which the class now studying was admitted."""
    year = calendar.entry - 1
    return replace(
        told,
        key=class_of(year),
        intake=class_of(year),
        title=f"Call for class {year - FIRST_CLASS}, {year}-{year + 2}",
        opens_at=calendar.local(DAYS_LEFT - OPEN_FOR - YEAR, OPENING),
        closes_at=calendar.local(DAYS_LEFT - YEAR, LAST_MINUTE),
        seats=30,
    )


def arts(document: Document, calendar: Calendar) -> Document:
    """Travessia, whose call closed ten weeks ago. It is invented: its days may move."""
    told = document.calls[0]
    closes_at = calendar.local(-ARTS_CLOSED, told.closes_at.time())
    moved = closes_at - told.closes_at
    year = calendar.entry
    return replace(
        document,
        intakes=tuple(
            replace(each, name=f"Class 1 ({year}-{year + 2})", first_year=year)
            for each in document.intakes
        ),
        calls=(
            replace(
                told,
                opens_at=told.opens_at + moved,
                closes_at=closes_at,
                routes=tuple(
                    replace(each, closes_at=_shifted(each.closes_at, closes_at, told.closes_at))
                    for each in told.routes
                ),
            ),
        ),
    )


def _shifted(instant: datetime | None, now: datetime, before: datetime) -> datetime | None:
    return instant + (now - before) if instant else None

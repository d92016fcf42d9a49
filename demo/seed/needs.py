"""A few who asked for support, at every stage of it; and passports of those who took a place."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from admissions.domain import evidence, needs, needs_rulings, passports
from admissions.models import Call, DocumentRequirement, Dossier, NeedsCase
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Consortium
from demo.material.phrases.needs import APPROVED, NEEDS, REFUSED, SEEN
from demo.seed.calendar import Calendar
from demo.seed.dossiers import Case
from demo.seed.files import certificate, upload_of
from demo.seed.people import applicant_actor, member_actor

ASKED, RULED = 14, 3  # days ago
ENROLLED_ASKED, ENROLLED_RULED = 190, 150
WITH_PASSPORT = 8


@dataclass(frozen=True)
class Desk:
    """The inclusion officer's, while it is filled with requests to one call."""

    cases: Sequence[Case]
    call: Call
    consortium: Consortium
    calendar: Calendar
    rng: random.Random

    @cached_property
    def officer(self) -> Actor:
        return member_actor("noemie", self.consortium, Wall.INCLUSION, self.calendar)

    def chosen(self, state: str, count: int) -> list[Case]:
        """So many of those whose dossier is in a state, by chance."""
        by_dossier = {case.dossier.pk: case for case in self.cases}
        with acting(Actor.system(self.consortium.pk)):
            rows = Dossier.objects.filter(call=self.call, state=state).order_by("reference")
            ids = list(rows.values_list("pk", flat=True))
        return [by_dossier[pk] for pk in self.rng.sample(ids, count)]

    def ask(self, case: Case, said: tuple[str, str], *, days: float) -> NeedsCase:
        wanted, health = said
        return needs.answer(
            case.dossier.pk,
            actor=applicant_actor(case.person, self.consortium),
            at=self.calendar.ago(days),
            asks="true",
            wanted=wanted,
            health=health,
        )

    def prove(self, case: Case, *, days: float) -> None:
        with acting(Actor.system(self.consortium.pk)):
            slot = DocumentRequirement.objects.get(call=self.call, kind="medical").code
        evidence.attach(
            case.dossier.pk,
            actor=applicant_actor(case.person, self.consortium),
            at=self.calendar.ago(days),
            requirement=slot,
            upload=upload_of(certificate(case.one)),
        )


def waiting(desk: Desk) -> None:
    """Five who apply: one waits for evidence, three for the ruling, one was refused."""
    at = desk.calendar.ago(RULED)
    for number, case in enumerate(desk.chosen("under_review", 5)):
        row = desk.ask(case, NEEDS[number], days=ASKED - number)
        if number not in {0, 3}:
            desk.prove(case, days=ASKED / 2)
        if number == 1:
            needs_rulings.read(row.pk, actor=desk.officer, at=at)
            needs_rulings.refuse(row.pk, actor=desk.officer, at=at, reason=REFUSED)
        elif number == 3:
            needs_rulings.hold_evidence(row.pk, actor=desk.officer, at=at, note=SEEN)


def supported(desk: Desk) -> None:
    """Two who study: their steps are approved, one of them is reported."""
    at = desk.calendar.ago(ENROLLED_RULED)
    for number, case in enumerate(desk.chosen("enrolled", 2)):
        row = desk.ask(case, NEEDS[-1 - number], days=ENROLLED_ASKED)
        desk.prove(case, days=ENROLLED_ASKED - 10)
        needs_rulings.read(row.pk, actor=desk.officer, at=at)
        amount = (6_000, 13_000)[number]
        needs_rulings.approve(row.pk, actor=desk.officer, at=at, amount=amount, reason=APPROVED)
        if number:
            needs_rulings.report(row.pk, actor=desk.officer, at=desk.calendar.ago(RULED))


def identify(cases: Sequence[Case], call: Call, consortium: Consortium, calendar: Calendar) -> None:
    """Most of those who took a place have said under which passport they travel."""
    people: Mapping[UUID, Case] = {case.dossier.pk: case for case in cases}
    with acting(Actor.system(consortium.pk)):
        rows = Dossier.objects.filter(call=call, state="enrolled").order_by("reference")
        taken = list(rows.values_list("pk", flat=True))
    for number, pk in enumerate(taken[:WITH_PASSPORT]):
        case = people[pk]
        at = calendar.ago(2) + timedelta(hours=3 * number)
        values = {
            "number": f"XX{case.one.number:07}",
            "country": case.one.person.country,
            "expires_on": (calendar.at.date() + timedelta(days=1000 + 40 * number)).isoformat(),
        }
        actor = applicant_actor(case.person, consortium)
        passports.give(pk, actor=actor, at=at, values=values)

"""Fill an empty database, all of it or nothing."""

import random
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from admissions.domain.calls import close_call
from admissions.models import Call
from admissions.reference_number import new_reference
from admissions.storing import stored_files
from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium, User
from demo.material.applicant import Applicant
from demo.seed import (
    admitted,
    arts,
    bases,
    classes,
    desks,
    first_round,
    needs,
    open_call,
    post,
    programmes,
    sharing,
    track_round,
)
from demo.seed.calendar import FOUNDED, Calendar
from demo.seed.cohorts import People, people
from demo.seed.dossiers import Case, Writer
from demo.seed.files import Shelf
from demo.seed.people import accounts, appoint_operator, appoint_staff
from mobility_tracks.models import Intake

ARTS_FOUNDED = 400
RESERVE, ARTS_RESERVE = 15, 10
# A sweep closes calls after this; the seed closes those of the past by the same act.
Tell = Callable[[int, int, str], None]


class Filling:
    """One run: `seed` chooses the people, `calendar` the days, `tell` hears how far it is."""

    def __init__(self, seed: int, at: datetime, tell: Tell) -> None:
        self.seed = seed
        self.document = programmes.read(programmes.ENERGY)
        self.calendar = Calendar(at, self.document.consortium.zone)
        self.people: People = people(seed, self.calendar)
        self.tell = tell
        self.users: Mapping[str, User] = {}
        self.done = 0

    def run(self) -> None:
        """Everything in one transaction; files of a run that failed are taken away again."""
        with stored_files() as kept, transaction.atomic():
            self.shelf = Shelf(kept)
            self.users = accounts(self.people.everybody)
            appoint_operator()
            energy = self._energy()
            travessia = self._arts()
            for consortium in (energy, travessia):
                post.deliver(consortium, self.calendar)
            self._mark(energy)

    def chance(self, part: str) -> random.Random:
        return random.Random(f"{self.seed}/{part}")

    def _energy(self) -> Consortium:
        calendar = self.calendar
        document = programmes.energy(self.document, calendar)
        at = calendar.ago(FOUNDED)
        consortium = programmes.load(document, at=at, reserve=RESERVE)
        appoint_staff(consortium, "energy", calendar, days=FOUNDED - 1)
        with acting(Actor.system(consortium.pk)):
            intakes = {row.year: row for row in Intake.objects.filter(consortium=consortium)}
        self._year_before(consortium)
        for make, group, year in (
            (classes.graduated, self.people.graduates, calendar.entry - 4),
            (classes.studying, self.people.students, calendar.entry - 1),
        ):
            rng = self.chance(make.__name__)
            make(group, intakes[year], consortium, self.users, calendar, rng)
        self._first_round(consortium)
        self._open_call(consortium)
        sharing.agree(consortium, calendar)
        bases.record_them(consortium, calendar)
        return consortium

    def _year_before(self, consortium: Consortium) -> None:
        call = self._call(consortium, programmes.class_of(self.calendar.entry - 1))
        cases = self._dossiers(call, self.people.students)
        self._close(call)
        admitted.select(cases, call, consortium, self.calendar, self.chance("year before"))
        rng = self.chance("needs of students")
        needs.supported(needs.Desk(cases, call, consortium, self.calendar, rng))
        needs.identify(cases, call, consortium, self.calendar)

    def _first_round(self, consortium: Consortium) -> None:
        call = self._call(consortium, programmes.first_round(self.calendar.entry))
        cases = self._dossiers(call, self.people.first_round)
        self._close(call)
        self.tell(0, 1, "reviews")
        first_round.select(cases, call, consortium, self.calendar, self.chance("first round"))
        rng = self.chance("needs")
        needs.waiting(needs.Desk(cases, call, consortium, self.calendar, rng))

    def _open_call(self, consortium: Consortium) -> None:
        call = self._call(consortium, programmes.class_of(self.calendar.entry))
        amina, *others = self.people.open_call
        cases = self._dossiers(call, others)
        reference = new_reference(self.chance("amina"))
        person = self.users[amina.person.email]
        open_call.amina(amina, person, call, consortium, self.calendar, reference)
        open_call.ito(cases, consortium, self.calendar)
        desks.energy(consortium, call, self.calendar)

    def _arts(self) -> Consortium:
        document = programmes.arts(programmes.read(programmes.ARTS), self.calendar)
        at = self.calendar.ago(ARTS_FOUNDED)
        consortium = programmes.load(document, at=at, reserve=ARTS_RESERVE)
        appoint_staff(consortium, "arts", self.calendar, days=ARTS_FOUNDED - 1)
        call = self._call(consortium, document.calls[0].key)
        cases = self._dossiers(call, self.people.arts)
        self._close(call)
        arts.select(cases, call, consortium, self.calendar, self.chance("arts"))
        track_round.opened(consortium, self.calendar, self.chance("tracks"))
        desks.arts(consortium, self.calendar)
        needs.identify(cases, call, consortium, self.calendar)
        return consortium

    def _call(self, consortium: Consortium, slug: str) -> Call:
        with acting(Actor.system(consortium.pk)):
            rows = Call.objects.select_related("consortium", "intake")
            return rows.get(consortium=consortium, slug=slug)

    def _dossiers(self, call: Call, group: tuple[Applicant, ...] | list[Applicant]) -> list[Case]:
        people = self.people
        applicants = (people.students, people.first_round, people.open_call, people.arts)
        total, before = sum(map(len, applicants)), self.done
        writer = Writer(
            call=call,
            consortium=call.consortium,
            now=self.calendar.at,
            rng=self.chance(call.slug),
            shelf=self.shelf,
            users=self.users,
        )
        cases = writer.write(group, lambda n: self.tell(before + n, total, "dossiers"))
        self.done += len(group)
        return cases

    def _close(self, call: Call) -> None:
        close_call(call.pk, actor=Actor.system(call.consortium_id), at=call.closes_at)

    def _mark(self, consortium: Consortium) -> None:
        """The last row: who finds it finds everything. Its facts say how to make the same again."""
        call = self._call(consortium, programmes.class_of(self.calendar.entry))
        system = Actor.system(consortium.pk, "Demonstration")
        with acting(system):
            facts = {"seed": self.seed, "at": self.calendar.at.isoformat()}
            journal.record(MARK, call, actor=system, at=self.calendar.at, facts=facts)


MARK = "demo.seed"

"""Classes that were admitted before their consortium used Itinera: students and where they were."""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from admissions.reference_number import new_reference
from consortium.actor import Actor
from consortium.models import Consortium, User
from demo.material.applicant import Applicant
from demo.seed.columns import columns
from demo.seed.history import History
from demo.seed.people import applicant_actor
from mobility_tracks.domain.stays import new_stay
from mobility_tracks.models import Enrolment, Intake, Offering, Placement
from partners.models import Partnership

# A recognised stay has gone through all of these.
COMPLETED = ("announce", "accept", "arrive", "depart", "recognise")


@dataclass
class Class:
    """Writes one intake's students and their stays; `now` is the first morning."""

    intake: Intake
    consortium: Consortium
    now: datetime
    rng: random.Random
    users: Mapping[str, User]
    sending: Partnership

    def enrol(self, people: Sequence[Applicant], history: History) -> list[Enrolment]:
        """Enrolled students, by name, each at a moment of the summer before they begin."""
        summer = datetime(self.intake.year, 6, 1, 8, tzinfo=UTC)
        enrolments = []
        for one in people:
            values = columns(one, routes=())
            person = self.users[one.person.email]
            at = summer + timedelta(hours=self.rng.randrange(24 * 40))
            enrolment = Enrolment(
                consortium_id=self.consortium.pk,
                intake=self.intake,
                student=person,
                reference=new_reference(self.rng),
                person_name=f"{values['given_names']} {values['family_name']}".strip()[:200],
                person_email=person.email,
                nationality=values["nationality"],
                residence_country=values["residence_country"],
                enrolled_at=at,
            )
            history.advance(enrolment, "enrol", by=applicant_actor(person, self.consortium), at=at)
            enrolments.append(enrolment)
        return enrolments

    def path(
        self,
        enrolment: Enrolment,
        offerings: Iterable[Offering],
        events: tuple[str, ...],
        history: History,
    ) -> Iterator[Placement]:
        """A stay at each of `offerings` in turn: each host sends the student to the next."""
        sending = self.sending
        for offering in offerings:
            yield self.stay(enrolment, offering, events, history, sending=sending)
            sending = offering.host if offering.host.awards_degree else sending

    def stay(
        self,
        enrolment: Enrolment,
        offering: Offering,
        events: Iterable[str],
        history: History,
        *,
        sending: Partnership,
    ) -> Placement:
        """An unsaved stay that has gone through those of `events` whose day has come."""
        placement = new_stay(enrolment, offering, sending=sending, year=self.intake.year)
        self.follow(placement, events, history)
        return placement

    def follow(self, placement: Placement, events: Iterable[str], history: History) -> None:
        """Move a stay, in memory, through those of `events` whose day has come."""
        for event in events:
            at = self._day(placement, event)
            if at > self.now:
                break
            history.advance(placement, event, by=self._office, at=at)

    def graduate(self, enrolments: Sequence[Enrolment], history: History) -> None:
        ceremony = datetime(self.intake.year + 2, 9, 19, 14, tzinfo=UTC)
        for enrolment in enrolments:
            for event, days in (("complete", 30), ("graduate", 0)):
                at = ceremony - timedelta(days=days)
                history.advance(enrolment, event, by=self._office, at=at)

    def _day(self, placement: Placement, event: str) -> datetime:
        starts, ends = placement.starts_on, placement.ends_on
        if starts is None or ends is None:
            return self.now
        spread = self.rng.randrange(9 * 60)
        day, minutes = {
            "announce": (self._announced(starts), 0),
            "accept": (starts - timedelta(days=60), 0),
            "arrive": (starts - timedelta(days=self.rng.randrange(6)), spread),
            "depart": (ends, spread),
            "recognise": (ends + timedelta(days=35), 0),
        }[event]
        return datetime.combine(day, time(8), tzinfo=UTC) + timedelta(minutes=minutes)

    def _announced(self, starts: date) -> date:
        """The first year's hosts are told at enrolment, the others a season before."""
        in_first_year = starts < date(self.intake.year + 1, 8, 1)
        return date(self.intake.year, 7, 20) if in_first_year else starts - timedelta(days=90)

    @property
    def _office(self) -> Actor:
        return Actor.system(self.consortium.pk)


def offerings_of(intake: Intake) -> dict[str, Offering]:
    rows = Offering.objects.filter(period__version_id=intake.version_id)
    return {row.code: row for row in rows.select_related("period", "host")}


def write(enrolments: Sequence[Enrolment], stays: Sequence[Placement], history: History) -> None:
    """Insert a class. Needs the context of the consortium."""
    Enrolment.objects.bulk_create(enrolments)
    Placement.objects.bulk_create(stays)
    history.write()

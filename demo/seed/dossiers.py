"""The dossiers of a call in bulk: submitted ones with real files, drafts as far as they are."""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from admissions import names
from admissions.models import Call, Document, DocumentRequirement, Dossier, TrackPreference
from admissions.reference_number import new_reference
from consortium.access import acting
from consortium.actor import Actor
from consortium.models import Consortium, User
from demo.material.applicant import Applicant
from demo.material.staff import ITO_EMAIL
from demo.seed.columns import PARTS, columns
from demo.seed.files import Shelf, slots_of
from demo.seed.history import History
from demo.seed.people import applicant_actor
from demo.seed.references import Letters, ask
from mobility_tracks.models import Track

MINUTE = timedelta(minutes=1)
SHARE_SUBMITTED = 0.56  # of a call that is open for six more days
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """An applicant and their dossier."""

    one: Applicant
    person: User
    dossier: Dossier


@dataclass
class Writer:
    """Writes the dossiers of one call; `now` is the first morning."""

    call: Call
    consortium: Consortium
    now: datetime
    rng: random.Random
    shelf: Shelf
    users: Mapping[str, User]
    history: History = field(default_factory=History)
    letters: Letters = field(default_factory=Letters)
    documents: list[Document] = field(default_factory=list)
    wishes: list[TrackPreference] = field(default_factory=list)
    slots: list[DocumentRequirement] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def write(self, people: Sequence[Applicant], tell: Tell) -> list[Case]:
        """Insert them all, with documents, references, wishes and history."""
        with acting(Actor.system(self.consortium.pk)):
            self.slots = slots_of(self.call)
            self.tracks = list(Track.objects.filter(version__intakes=self.call.intake_id))
            cases = []
            for number, one in enumerate(people, 1):
                cases.append(self._case(one))
                if number % 20 == 0:
                    tell(number)
            Dossier.objects.bulk_create((case.dossier for case in cases), batch_size=100)
            Document.objects.bulk_create(self.documents, batch_size=500)
            self.letters.write()
            TrackPreference.objects.bulk_create(self.wishes, batch_size=500)
            self.history.write()
        return cases

    def _case(self, one: Applicant) -> Case:
        person = self.users[one.person.email]
        is_sent = self._is_sent(one)
        end = min(self.call.closes_at - 5 * MINUTE, self.now - 20 * MINUTE)
        saved = _before(self.rng, end, self.call.opens_at)
        started = _before(self.rng, saved, self.call.opens_at, days=9)
        values = columns(one, routes=tuple(route["code"] for route in self.call.routes))
        if not is_sent:
            values = self._typed_so_far(values, one)
        dossier = self._dossier(person, values, started, saved)
        owner = applicant_actor(person, self.consortium)
        self.history.note("dossier.start", dossier, by=owner, at=started)
        if is_sent:
            self._complete(one, dossier, owner)
        elif dossier.statement:
            self._ask(one, dossier)
        return Case(one, person, dossier)

    def _is_sent(self, one: Applicant) -> bool:
        lacks = any(problem.startswith("missing_") for problem in one.problems)
        if lacks or one.state == "draft":
            return False
        is_over = self.call.closes_at <= self.now
        asks_ito = any(referee.email == ITO_EMAIL for referee in one.referees)
        return is_over or asks_ito or self.rng.random() < SHARE_SUBMITTED

    def _typed_so_far(self, values: dict[str, object], one: Applicant) -> dict[str, object]:
        """Some sections from the first on, all of them where only a paper is missing."""
        count = len(PARTS) if one.problems else self.rng.randint(1, len(PARTS))
        known = {name for part in PARTS[:count] for name in part}
        return {name: value for name, value in values.items() if name in known}

    def _dossier(
        self, person: User, values: Mapping[str, object], started: datetime, saved: datetime
    ) -> Dossier:
        dossier = Dossier(
            consortium_id=self.consortium.pk,
            call=self.call,
            applicant=person,
            reference=self._reference(),
            started_at=started,
            saved_at=saved,
            **values,
        )
        dossier.sort_name = names.sort_name(dossier.latin_name, dossier.name)
        return dossier

    def _reference(self) -> str:
        while (drawn := new_reference(self.rng)) in self.taken:
            pass
        self.taken.add(drawn)
        return drawn

    def _complete(self, one: Applicant, dossier: Dossier, owner: Actor) -> None:
        dossier.declared_true = True
        dossier.submitted_at = dossier.saved_at
        uploaded = dossier.saved_at - timedelta(hours=1)
        self.documents += self.shelf.documents(one, dossier, self.slots, uploaded)
        self.wishes += self._preferences(one, dossier)
        self._ask(one, dossier)
        self.history.advance(dossier, "submit", by=owner, at=dossier.saved_at)

    def _ask(self, one: Applicant, dossier: Dossier) -> None:
        ask(
            one,
            dossier,
            asked=dossier.started_at + (dossier.saved_at - dossier.started_at) / 4,
            by=min(self.call.closes_at, self.now) - MINUTE,
            rng=self.rng,
            history=self.history,
            shelf=self.shelf,
            letters=self.letters,
        )

    def _preferences(self, one: Applicant, dossier: Dossier) -> Iterable[TrackPreference]:
        by_code = {track.code: track for track in self.tracks}
        wanted = [by_code[code] for code in one.preferences if code in by_code]
        wanted = wanted or self.rng.sample(self.tracks, 3)
        return [
            TrackPreference(
                consortium_id=self.consortium.pk, dossier=dossier, track=track, rank=rank
            )
            for rank, track in enumerate(wanted, 1)
        ]


def _before(rng: random.Random, end: datetime, earliest: datetime, *, days: float = 6) -> datetime:
    """An instant before `end`, most often shortly before, never before `earliest`."""
    room = (end - earliest).total_seconds()
    back = min(rng.expovariate(1 / (days * 86400)), room * 0.9)
    return (end - timedelta(seconds=back)).replace(microsecond=0)

"""What a round holds a student to before seats are given: the options, the rules, the way so far.

Deciding a round and showing a student what is open to them both ask here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mobility_tracks.domain.allocation.course import course_for
from mobility_tracks.domain.allocation.judging import Judging, Said
from mobility_tracks.domain.allocation.rules import Reading, read_rules
from mobility_tracks.domain.allocation.scene import Scene, scene_of
from mobility_tracks.models import AllocationRound, Enrolment, Offering, Placement, RoundSeats
from mobility_tracks.placement import Option, Seats, Student, Verdict


@dataclass(frozen=True)
class Ground:
    """`offerings` on offer, by code; `options` are the same as the pure package takes them."""

    scene: Scene
    reading: Reading
    judging: Judging
    offerings: Mapping[str, Offering]
    options: tuple[Option, ...]

    def student(self, enrolment: Enrolment, stays: Iterable[Placement]) -> Student:
        """Without wishes. `stays`: announced ones in other periods."""
        return Student(
            id=enrolment.reference,
            residence_country=enrolment.residence_country,
            visited=tuple(self.scene.stay(stay) for stay in stays),
        )

    def fenced(self, student: Student, stays: Iterable[Placement]) -> dict[str, Verdict]:
        """By option, what closes it to the student beside the version's rules: tracks that lead
        elsewhere. One on a path that no track describes is fenced from nothing."""
        home = student.residence_country
        onward = self.judging.leads(taken_in(stays), self.scene.period.code, home)
        rule = _("A stay follows from those before by one of the programme's tracks.")
        fact = _("no track leads there from the path so far")
        remedy = _("A place by hand, for a reason of the board")
        shut = (option.id for option in self.options if onward and option.id not in onward)
        return dict.fromkeys(shut, Verdict(rule, fact, "", remedy))

    def said(
        self, student: Student, stays: Iterable[Placement], fenced: Collection[str]
    ) -> dict[str, Said]:
        """By option that is not fenced, what the version's rules say of the student there."""
        taken = taken_in(stays)
        return {
            option.id: self.judging.said(taken, option.id, student.residence_country)
            for option in self.options
            if option.id not in fenced
        }

    def closed(self, student: Student, stays: Iterable[Placement]) -> dict[str, Verdict]:
        """By option, the first thing that closes it to the student, whatever wishes there are."""
        path = list(stays)
        fenced = self.fenced(student, path)
        said = self.said(student, path, fenced)
        return fenced | {o: s.closings[0].verdict for o, s in said.items() if s.closings}


def taken_in(stays: Iterable[Placement]) -> tuple[str, ...]:
    """Needs `offering`."""
    return tuple(stay.offering.code for stay in stays)


def ground_of(round_: AllocationRound, seats: Mapping[str, Seats] | None = None) -> Ground:
    """Needs an `acting` context that sees the round and its programme version. As many queries for
    many offerings and rules as for one.

    `seats`: what is left at each offering; as the round says, where nobody counts them.
    """
    rows = (
        RoundSeats.objects.filter(round=round_)
        .select_related("offering__period", "offering__host__institution")
        .order_by("offering__position", "offering__code")
    )
    room = {row.offering.code: Seats(most=row.most, least=row.least) for row in rows}
    offerings = {row.offering.code: row.offering for row in rows}
    scene = scene_of(round_.period, list(offerings.values()))
    reading = read_rules(scene)
    options = tuple(_options(scene, offerings, room | dict(seats or {}), reading))
    return Ground(scene, reading, Judging(course_for(scene.version)), offerings, options)


def _options(
    scene: Scene, offerings: Mapping[str, Offering], seats: Mapping[str, Seats], reading: Reading
) -> Iterator[Option]:
    for code, offering in offerings.items():
        room = seats[code]
        if code in reading.opens_with:
            least = min(room.most, max(room.least, reading.opens_with[code]))
            room = replace(room, least=least, may_stay_closed=True)
        yield Option(code, (scene.stay(offering),), room)

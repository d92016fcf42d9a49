"""What a round holds a student to before seats are given: the options, the rules, the way so far.

Deciding a round and showing a student what is open to them both ask here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mobility_tracks.domain.allocation.rules import Reading, in_residence, read_rules
from mobility_tracks.domain.allocation.scene import Scene, scene_of
from mobility_tracks.domain.allocation.tracks import Ways, ways_of
from mobility_tracks.models import AllocationRound, Enrolment, Offering, Placement, RoundSeats
from mobility_tracks.placement import Option, Seats, Student, Verdict
from mobility_tracks.placement.rules import judge


@dataclass(frozen=True)
class Ground:
    """`offerings` on offer, by code; `options` are the same as the pure package takes them."""

    scene: Scene
    reading: Reading
    ways: Ways
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
        """By option, what closes it to the student beside the rules that the solver reads itself:
        stays at home that are counted, and tracks that lead elsewhere."""
        found = dict(self._at_home(student))
        path = {stay.period.code: stay.offering.code for stay in stays}
        onward = self.ways.onward(path, self.scene.period.code)
        if onward is not None:
            rule = _("A stay follows from those before by one of the programme's tracks.")
            fact = _("no track leads there from the path so far")
            remedy = _("A place by hand, for a reason of the board")
            for option in self.options:
                if option.id not in onward:
                    found.setdefault(option.id, Verdict(rule, fact, "", remedy))
        return found

    def closed(self, student: Student, stays: Iterable[Placement]) -> dict[str, Verdict]:
        """By option, the first thing that closes it to the student, whatever wishes there are."""
        found = self.fenced(student, stays)
        for option in self.options:
            for rule in sorted(self.reading.rules, key=lambda row: row.id):
                verdict = judge(rule, student, option)
                if verdict is not None:
                    found.setdefault(option.id, verdict)
        return found

    def _at_home(self, student: Student) -> Iterator[tuple[str, Verdict]]:
        countries = {option.id: option.countries[0] for option in self.options}
        sources = {told["sentence"]: told["source"] for told in self.reading.residence}
        for option, sentence in in_residence(self.reading, student, countries):
            fact = _("%(country)s is the country of residence") % {"country": countries[option]}
            remedy = _("A corrected country of residence with its evidence")
            yield option, Verdict(sentence, fact, sources[sentence], remedy)


def ground_of(round_: AllocationRound, seats: Mapping[str, Seats] | None = None) -> Ground:
    """Needs an `acting` context that sees the round and its programme version. Six queries.

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
    return Ground(scene, reading, ways_of(round_.period), offerings, options)


def _options(
    scene: Scene, offerings: Mapping[str, Offering], seats: Mapping[str, Seats], reading: Reading
) -> Iterator[Option]:
    for code, offering in offerings.items():
        room = seats[code]
        if code in reading.opens_with:
            least = min(room.most, max(room.least, reading.opens_with[code]))
            room = replace(room, least=least, may_stay_closed=True)
        yield Option(code, (scene.stay(offering),), room)

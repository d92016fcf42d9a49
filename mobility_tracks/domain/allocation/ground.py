"""What a round holds a student to before seats are given: the options, the rules, the way so far.

Deciding a round and showing a student what is open to them both ask here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from mobility_tracks.domain.allocation.choices import OnOffer, on_offer
from mobility_tracks.domain.allocation.closing import Said
from mobility_tracks.domain.allocation.course import judging_for
from mobility_tracks.domain.allocation.judging import Judging
from mobility_tracks.domain.allocation.rules import Reading, read_rules
from mobility_tracks.domain.allocation.scene import Scene, scene_of, seats_id
from mobility_tracks.models import AllocationRound, Enrolment, Placement
from mobility_tracks.placement import Group, Option, Seats, Student, Verdict


@dataclass(frozen=True)
class Ground:
    """`options` are the choices on offer as the pure package takes them; `groups` what binds several
    of them. `period`: the code of the one the round is for; none in a round for tracks."""

    scene: Scene
    reading: Reading
    judging: Judging
    offered: OnOffer
    options: tuple[Option, ...]
    groups: tuple[Group, ...]
    period: str

    def student(self, enrolment: Enrolment, stays: Iterable[Placement]) -> Student:
        """Without wishes. `stays`: announced ones that the round does not decide on."""
        return Student(
            id=enrolment.reference,
            residence_country=enrolment.residence_country,
            visited=tuple(self.scene.stay(stay) for stay in stays),
        )

    def fenced(self, enrolment: Enrolment, stays: Iterable[Placement]) -> dict[str, Verdict]:
        """By option, what closes it to the student beside the version's rules: the student's own
        track, and tracks that lead elsewhere. One on a path that no track describes is fenced from
        nothing."""
        taken, home = taken_in(stays), enrolment.residence_country
        if self.period:
            onward = self.judging.leads(taken, self.period, home)
        else:
            onward = self.judging.fitting(taken, home)
        verdict = _no_way_there() if self.period else _not_along_it()
        shut = {o.id: verdict for o in self.options if onward and o.id not in onward}
        return self._off_track(enrolment, taken) | shut

    def said(
        self, enrolment: Enrolment, stays: Iterable[Placement], fenced: Collection[str]
    ) -> dict[str, Said]:
        """By option that is not fenced, what the version's rules say of the student there."""
        taken, home = taken_in(stays), enrolment.residence_country
        open_ = (option.id for option in self.options if option.id not in fenced)
        if not self.period:
            return {track: self.judging.said_of_track(taken, track, home) for track in open_}
        own = self._track(enrolment)
        return {option: self.judging.said(taken, option, home, track=own) for option in open_}

    def closed(self, enrolment: Enrolment, stays: Iterable[Placement]) -> dict[str, Verdict]:
        """By option, the first thing that closes it to the student, whatever wishes there are."""
        path = list(stays)
        fenced = self.fenced(enrolment, path)
        said = self.said(enrolment, path, fenced)
        return fenced | {o: s.closings[0].verdict for o, s in said.items() if s.closings}

    def _off_track(self, enrolment: Enrolment, taken: Collection[str]) -> dict[str, Verdict]:
        """Where the student's own track does not lead. Whom the board has put off it, it binds no
        more."""
        code, home = self._track(enrolment), enrolment.residence_country
        own = self.judging.leads(taken, self.period, home, track=code) if code else frozenset()
        if not own or enrolment.track is None:
            return {}
        verdict = Verdict(
            _("A student goes the track that was settled."),
            _("the track “%(track)s” leads elsewhere") % {"track": enrolment.track.title},
            "",
            _("Another track, or a place by hand, for a reason of the board"),
        )
        return {option.id: verdict for option in self.options if option.id not in own}

    def _track(self, enrolment: Enrolment) -> str:
        """That binds the student in a round for a period; where tracks are chosen, none does."""
        return enrolment.track.code if self.period and enrolment.track else ""


def _not_along_it() -> Verdict:
    return Verdict(
        _("A track is chosen that agrees with the stays so far."),
        _("the stays so far are not on this track"),
        "",
        _("A decision of the board"),
    )


def _no_way_there() -> Verdict:
    return Verdict(
        _("A stay follows from those before by one of the programme's tracks."),
        _("no track leads there from the path so far"),
        "",
        _("A place by hand, for a reason of the board"),
    )


def taken_in(stays: Iterable[Placement]) -> tuple[str, ...]:
    """Needs `offering`."""
    return tuple(stay.offering.code for stay in stays)


def ground_of(round_: AllocationRound, seats: Mapping[str, Seats] | None = None) -> Ground:
    """Needs an `acting` context that sees the round and its programme version. As many queries for
    many choices and rules as for one.

    `seats`: what is left of each choice, and of each offering that tracks pass, by code; as the
    round says, where nobody counts them.
    """
    offered = on_offer(round_)
    scene = scene_of(round_.intake.version_id, offered)
    reading = read_rules(scene)
    left = dict(seats or {})
    return Ground(
        scene,
        reading,
        judging_for(round_.intake),
        offered,
        tuple(_options(scene, offered, left, reading)),
        (*reading.groups, *_rooms(scene, offered, left, reading)),
        round_.period.code if round_.period else "",
    )


def _options(
    scene: Scene, offered: OnOffer, left: Mapping[str, Seats], reading: Reading
) -> Iterator[Option]:
    for code, choice in offered.choices.items():
        room = left.get(code, Seats(choice.most, choice.least))
        opens_with = None if choice.track else reading.opens_with.get(code)
        stays = tuple(scene.stay(offering) for offering in choice.stays)
        yield Option(code, stays, _opening(room, opens_with))


def _rooms(
    scene: Scene, offered: OnOffer, left: Mapping[str, Seats], reading: Reading
) -> Iterator[Group]:
    """Seats at the offerings that tracks pass, for all tracks together."""
    for code, room in offered.rooms.items():
        if code in scene.through:
            seats = _opening(
                left.get(code, Seats(room.most, room.least)), reading.opens_with.get(code)
            )
            told = seats_told(code, seats.most)
            yield Group(seats_id(code), scene.through[code], seats, sentence=told)


def seats_told(code: str, most: int) -> str:
    """What a host's limit on all tracks together is called in reasons and conflicts. In English, as
    all that is kept with a plan."""
    return f"{code} has {most} seats for all tracks together"


def _opening(room: Seats, opens_with: int | None) -> Seats:
    """`opens_with`: the least number with which the version's rules let it open at all."""
    if opens_with is None:
        return room
    least = min(room.most, max(room.least, opens_with))
    return replace(room, least=least, may_stay_closed=True)

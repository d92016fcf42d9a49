"""What the students of a round choose among: the hosts of a period, or whole tracks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from mobility_tracks.domain.stays import STOPS
from mobility_tracks.models import AllocationRound, Offering, RoundSeats, Track, TrackStep


@dataclass(frozen=True)
class Choice:
    """An option of a round. `stays`: the offerings that it settles, in the order of study, with
    `period` and `host__institution`. What a track leaves open is not among them."""

    code: str
    title: str
    stays: tuple[Offering, ...]
    least: int
    most: int
    track: Track | None = None

    @property
    def offering(self) -> Offering:
        """Of a choice that is one stay: that one; of a track the first."""
        return self.stays[0]


@dataclass(frozen=True)
class Room:
    """Seats at an offering that several tracks of a round pass."""

    offering: Offering
    least: int
    most: int


@dataclass(frozen=True)
class OnOffer:
    """`choices`: by code. `rooms`: by offering code; none in a round for one period, whose choices
    have the seats themselves."""

    choices: Mapping[str, Choice]
    rooms: Mapping[str, Room]

    @property
    def names(self) -> dict[str, str]:
        """By code of a choice, and of an offering that one settles: what people call it."""
        on_way = (stay for c in self.choices.values() if c.track for stay in c.stays)
        called = {stay.code: name_on_way(stay) for stay in on_way}
        return called | {code: choice.title for code, choice in self.choices.items()}


def on_offer(round_: AllocationRound) -> OnOffer:
    """Needs an `acting` context that sees the round. One query, of tracks two."""
    rows = (
        RoundSeats.objects.filter(round=round_)
        .select_related("track", "offering__period", "offering__host__institution")
        .order_by("track__position", "offering__position", "offering__code")
    )
    seats = list(rows)
    if not round_.is_of_tracks:
        return OnOffer({row.offering.code: _of_offering(row) for row in seats if row.offering}, {})
    settled = settled_by(row.track for row in seats if row.track)
    return OnOffer(
        {row.track.code: _of_track(row, row.track, settled) for row in seats if row.track},
        {
            row.offering.code: Room(row.offering, row.least, row.most)
            for row in seats
            if row.offering
        },
    )


def settled_by(tracks: Iterable[Track]) -> dict[str, tuple[Offering, ...]]:
    """By track code, its semesters, terms and thesis with one host, in the order of study. One query.

    A period with several hosts to choose from, or with any, is settled later.
    """
    rows = (
        TrackStep.objects.filter(
            track__in=list(tracks), period__kind__in=STOPS, period__parent=None
        )
        .select_related("track", "period", "offering__period", "offering__host__institution")
        .order_by("track__position", "track_id", "period__position")
    )
    found: dict[str, list[Offering]] = {}
    for (code, _period), steps in groupby(rows, lambda step: (step.track.code, step.period_id)):
        first, *others = steps
        stays = found.setdefault(code, [])
        if first.offering is not None and not others:
            stays.append(first.offering)
    return {code: tuple(stays) for code, stays in found.items()}


def passing(choices: Mapping[str, Choice]) -> dict[str, tuple[str, ...]]:
    """By code of an offering that a choice settles, the codes of all choices that do."""
    found: dict[str, list[str]] = {}
    for code, stay in _settled(choices):
        found.setdefault(stay.code, []).append(code)
    return {offering: tuple(codes) for offering, codes in found.items()}


def by_period(choices: Mapping[str, Choice]) -> dict[str, tuple[str, ...]]:
    """By code of a period, the offerings that choices settle there, each once."""
    found: dict[str, dict[str, None]] = {}
    for _code, stay in _settled(choices):
        found.setdefault(stay.period.code, {})[stay.code] = None
    return {period: tuple(codes) for period, codes in found.items()}


def settled_by_all(choices: Mapping[str, Choice]) -> dict[str, tuple[str, ...]]:
    """By code of a period that every choice settles, its offerings: each student goes to one."""
    through = passing(choices)
    return {
        period: codes
        for period, codes in by_period(choices).items()
        if {choice for code in codes for choice in through[code]} == choices.keys()
    }


def name_of(offering: Offering) -> str:
    """Its title; who offers it, where it has none."""
    return offering.title or offering.host.institution.name


def name_on_way(offering: Offering) -> str:
    """A track may pass a host in several periods."""
    return f"{name_of(offering)} ({offering.period.title})"


def _settled(choices: Mapping[str, Choice]) -> Iterator[tuple[str, Offering]]:
    return ((code, stay) for code, choice in choices.items() for stay in choice.stays)


def _of_offering(row: RoundSeats) -> Choice:
    offering = row.offering
    assert offering is not None  # the caller saw to it
    return Choice(offering.code, name_of(offering), (offering,), row.least, row.most)


def _of_track(row: RoundSeats, track: Track, settled: Mapping[str, tuple[Offering, ...]]) -> Choice:
    stays = settled.get(track.code, ())
    return Choice(track.code, track.title, stays, row.least, row.most, track)

"""What a round can be about, and the rows of seats that its form begins with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from consortium.actor import Actor
from mobility_tracks.domain.allocation.choices import Choice, settled_by
from mobility_tracks.domain.seats import confirmed
from mobility_tracks.models import (
    AllocationRound,
    Enrolment,
    Intake,
    Offering,
    Period,
    RoundSeats,
    SeatConfirmation,
    Track,
)
from web.choices import Shown, host_shown, shown_of

# In an address and a form, in place of a period's code; no key of a programme file has a star.
WHOLE_TRACKS = "*"

Confirmed = Mapping[UUID, SeatConfirmation]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A choice, or with `is_room` a host on the way of tracks, and the seats to begin with.

    `passes`: of a track, codes of the offerings that it settles.
    """

    shown: Shown
    least: int
    most: int | None
    is_room: bool = False
    passes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.shown.code

    def field(self, side: str) -> str:
        return f"room-{side}-{self.code}" if self.is_room else f"{side}-{self.code}"


@dataclass(frozen=True)
class Scope:
    """`period`: None where whole tracks are chosen."""

    intake: Intake
    period: Period | None
    rows: tuple[SeatRow, ...]
    rooms: tuple[SeatRow, ...] = ()

    @property
    def key(self) -> str:
        return self.period.code if self.period else WHOLE_TRACKS

    @property
    def title(self) -> str:
        about = self.period.title if self.period else _("Tracks")
        return f"{about}, {self.intake.name}"


class Scopes:
    """What rounds of an intake can be about. Needs an `acting` context."""

    def __init__(self, intake: Intake, actor: Actor) -> None:
        self.intake, self.actor = intake, actor
        rows = Offering.objects.for_actor(actor, "view").for_listing()
        offered: dict[str, list[Offering]] = {}
        for each in rows.filter(period__version=intake.version_id):
            offered.setdefault(each.period.code, []).append(each)
        self._all = offered
        # Only where there is something to choose.
        self.offered = {code: rows for code, rows in offered.items() if len(rows) > 1}
        tracks = Track.objects.for_actor(actor, "view").filter(version=intake.version_id)
        self.tracks = list(tracks.order_by("position"))

    @property
    def periods(self) -> list[Period]:
        return [rows[0].period for rows in self.offered.values()]

    @property
    def has_tracks(self) -> bool:
        return len(self.tracks) > 1

    def scope(self, asked: str) -> Scope | None:
        """The one asked for, the first where it is none of them, None where there is none."""
        if asked in self.offered:
            return self._of_period(self.offered[asked])
        if self.has_tracks and (asked == WHOLE_TRACKS or not self.offered):
            return self._of_tracks()
        first = next(iter(self.offered.values()), None)
        return self._of_period(first) if first else None

    def of_round(self, round_: AllocationRound) -> Scope | None:
        """What a draft is about, whether or not a new round would be; with the seats it has."""
        if round_.period is None:
            found = self._of_tracks() if self.tracks else None
        else:
            offerings = self._all.get(round_.period.code)
            found = self._of_period(offerings) if offerings else None
        return found and self._as_drafted(found, round_)

    def _as_drafted(self, scope: Scope, round_: AllocationRound) -> Scope:
        rows = RoundSeats.objects.for_actor(self.actor, "view").filter(round=round_)
        dressed = rows.select_related("track", "offering__period", "offering__host__institution")
        drafted = {(row.track_id is None, row.code): row for row in dressed}
        known = {room.code for room in scope.rooms}
        more = (
            SeatRow(host_shown(row.offering), row.least, row.most, is_room=True)
            for row in drafted.values()
            if scope.period is None and row.offering and row.code not in known
        )

        def with_seats(row: SeatRow) -> SeatRow:
            found = drafted.get((row.is_room or scope.period is not None, row.code))
            least, most = (found.least, found.most) if found else (0, None)
            return replace(row, least=least, most=most)

        return replace(
            scope,
            rows=tuple(map(with_seats, scope.rows)),
            rooms=(*map(with_seats, scope.rooms), *more),
        )

    def _of_period(self, offerings: list[Offering]) -> Scope:
        counted = confirmed(self.intake, actor=self.actor)
        choices = {row.code: Choice(row.code, str(row), (row,), 0, 0) for row in offerings}
        shown = shown_of(choices, self.intake.version_id, actor=self.actor)
        rows = tuple(SeatRow(shown[row.code], *_seats(row, counted)) for row in offerings)
        return Scope(self.intake, offerings[0].period, rows)

    def _of_tracks(self) -> Scope:
        """A track has as many seats as the smallest host that it settles; as students wait, where
        nobody counted them."""
        counted, settled = confirmed(self.intake, actor=self.actor), settled_by(self.tracks)
        going = {t.code: t for t in self.tracks if settled.get(t.code)}
        choices = {
            code: Choice(code, track.title, settled[code], 0, 0, track)
            for code, track in going.items()
        }
        shown = shown_of(choices, self.intake.version_id, actor=self.actor)
        waiting = self._waiting()
        rows = (
            SeatRow(
                shown[code],
                0,
                min(_known(settled[code], counted), default=waiting),
                passes=tuple(stay.code for stay in settled[code]),
            )
            for code in going
        )
        passed = {stay.code: stay for code in going for stay in settled[code]}
        rooms = (
            SeatRow(host_shown(stay), *_seats(stay, counted), is_room=True)
            for stay in sorted(passed.values(), key=lambda each: each.period.position)
            if stay.period.code in self.offered
        )
        return Scope(self.intake, None, tuple(rows), tuple(rooms))

    def _waiting(self) -> int:
        rows = Enrolment.objects.for_actor(self.actor, "view").filter(intake=self.intake)
        return rows.filter(state="enrolled", track=None).count()


def _seats(offering: Offering, counted: Confirmed) -> tuple[int, int | None]:
    """Those that the host confirmed for the intake, else the programme's."""
    if offering.pk in counted:
        return counted[offering.pk].least, counted[offering.pk].most
    return offering.min_seats or 0, offering.max_seats


def _known(stays: Iterable[Offering], counted: Confirmed) -> list[int]:
    seats = (_seats(stay, counted)[1] for stay in stays)
    return [most for most in seats if most is not None]

"""The programme as data, its intakes, and who studies where."""

from mobility_tracks.models.document import ProgrammeDocument
from mobility_tracks.models.enrolment import Enrolment, Intake
from mobility_tracks.models.grants import (
    OfferingGroupGrant,
    OfferingUserGrant,
    TrackGroupGrant,
    TrackUserGrant,
)
from mobility_tracks.models.placement import Placement
from mobility_tracks.models.programme import Offering, Period, ProgrammeVersion
from mobility_tracks.models.round import AllocationRound, Preference, RoundSeats
from mobility_tracks.models.seats import SeatConfirmation
from mobility_tracks.models.track import Track, TrackStep

__all__ = [
    "AllocationRound",
    "Enrolment",
    "Intake",
    "Offering",
    "OfferingGroupGrant",
    "OfferingUserGrant",
    "Period",
    "Placement",
    "Preference",
    "ProgrammeDocument",
    "ProgrammeVersion",
    "RoundSeats",
    "SeatConfirmation",
    "Track",
    "TrackGroupGrant",
    "TrackStep",
    "TrackUserGrant",
]

"""Row security of programmes, intakes, enrolments, rounds and placements."""

from consortium.actor import Wall
from consortium.rowsecurity import STAFF_ALL, TENANT, Opening, TableWall, own, party, read, through

_READERS = (Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.REFEREE, Wall.PUBLIC)
_PUBLISHED = "state <> 'draft'"
_ANNOUNCED = "state <> 'planned'"
# Everything but `result`, which names every student with their wishes and reasons.
_ROUND_WITHOUT_PLAN = (
    *("id", "consortium_id", "intake_id", "period_id", "title", "opens_at", "closes_at", "zone"),
    *("policy", "seed", "fingerprint", "state", "published_at"),
)


def _part(parent: str, column: str) -> TableWall:
    """A part of a programme version: as visible as its parent."""
    return TableWall(
        {Wall.STAFF: STAFF_ALL, **dict.fromkeys(_READERS, read(through(parent, column)))}
    )


WALLS = {
    "ProgrammeVersion": TableWall(
        {Wall.STAFF: STAFF_ALL, **dict.fromkeys(_READERS, read(_PUBLISHED))}
    ),
    "Period": _part("mobility_tracks_programmeversion", "version_id"),
    "Offering": _part("mobility_tracks_period", "period_id"),
    "Track": _part("mobility_tracks_programmeversion", "version_id"),
    "TrackStep": _part("mobility_tracks_track", "track_id"),
    "Intake": TableWall(
        {Wall.STAFF: STAFF_ALL, **dict.fromkeys(_READERS, Opening("SELECT", TENANT))}
    ),
    "Enrolment": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: Opening(
                "SELECT UPDATE", f"{TENANT} AND {own('student_id')}", updates=("track_id",)
            ),
            Wall.PARTNER: read(
                through(
                    "mobility_tracks_placement", "mobility_tracks_enrolment.id", key="enrolment_id"
                )
            ),
        }
    ),
    "AllocationRound": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: read(_PUBLISHED, *_ROUND_WITHOUT_PLAN),
            Wall.PARTNER: read(_PUBLISHED, *_ROUND_WITHOUT_PLAN),
        }
    ),
    "RoundSeats": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: read(through("mobility_tracks_allocationround", "round_id")),
            Wall.PARTNER: read(through("mobility_tracks_allocationround", "round_id")),
        }
    ),
    "Preference": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: Opening(
                "SELECT INSERT DELETE",
                f"{TENANT} AND {through('mobility_tracks_enrolment', 'enrolment_id')}",
            ),
        }
    ),
    "Placement": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: read(
                f"{_ANNOUNCED} AND {through('mobility_tracks_enrolment', 'enrolment_id')}"
            ),
            Wall.PARTNER: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND {_ANNOUNCED} AND {party('host_id')}",
                updates=("state",),
            ),
        }
    ),
}

"""Row security of programmes, intakes, enrolments, rounds and placements."""

from consortium.actor import Wall
from consortium.rowsecurity import (
    NOTHING,
    READ_TENANT,
    READERS,
    STAFF_ALL,
    TENANT,
    USER,
    Opening,
    TableWall,
    container,
    hosting,
    office,
    own,
    party,
    read,
    receiving,
    through,
)
from mobility_tracks.visibility import STUDENTS

_PUBLISHED = "state <> 'draft'"
_OWN_STAYS = STUDENTS.sql(Wall.APPLICANT, "placement")
# Everything but `result`, which names every student with their wishes and reasons.
_ROUND_WITHOUT_PLAN = (
    *("id", "consortium_id", "intake_id", "period_id", "title", "opens_at", "closes_at", "zone"),
    *("policy", "merit_basis", "seed", "fingerprint", "state", "published_at"),
)
# Who is funded, and nothing of where they come from, live or study.
_FUNDED = (
    *("id", "consortium_id", "intake_id", "reference", "person_name", "state", "enrolled_at"),
)

# Students with a stay that the audience may see: STUDENTS opens both in the same states.
_PLACED_HERE = through(
    "mobility_tracks_placement", "mobility_tracks_enrolment.id", key="enrolment_id"
)
# A delegate reads an enrolment through its placements; asked the other way round, for the student's
# track, the two policies would chase each other. So the owner answers, once for each statement.
ON_HELD_TRACKS = f"""
CREATE OR REPLACE FUNCTION itinera_enrolments_on_held_tracks() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(id), '{{}}') FROM mobility_tracks_enrolment
   WHERE {TENANT} AND {container("track_id")}
$$
"""
_HANDED = (
    f"{STUDENTS.sql(Wall.DELEGATE, 'placement')} AND {party('host_id')}"
    f" AND {receiving('host_id')} AND ({container('offering_id')}"
    " OR enrolment_id = ANY ((SELECT itinera_enrolments_on_held_tracks())::uuid[]))"
)


# Live: announced, and neither cancelled nor refused.
_LIVE = STUDENTS.sql(Wall.PARTNER, "name", relation="sender")
_SENDER = f"{hosting('sending_id')} AND {receiving('sending_id')}"
# Students whose senders give an item to the actor's partners; by the owner, as `itinera_given` is.
PASSING = f"""
CREATE OR REPLACE FUNCTION itinera_passing(item text)
RETURNS TABLE (enrolment_id uuid, giver_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT placement.enrolment_id, given.giver_id
    FROM itinera_given(itinera_passing.item) AS given
    JOIN mobility_tracks_placement AS placement
      ON placement.sending_id = given.giver_id AND placement.host_id = given.receiver_id
   WHERE placement.{TENANT} AND placement.{_LIVE}
$$
"""
SENT = f"""
CREATE OR REPLACE FUNCTION itinera_sent() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT enrolment_id FROM mobility_tracks_placement WHERE {TENANT} AND {_LIVE} AND {_SENDER}
$$
"""
STAYS_GIVEN = f"""
CREATE OR REPLACE FUNCTION itinera_stays_given() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(array_agg(stay.id), '{{}}')
    FROM mobility_tracks_placement AS stay
   WHERE stay.{TENANT} AND {STUDENTS.sql(Wall.PARTNER, "placement", "stay.", relation="agreed")}
     AND EXISTS (SELECT 1 FROM itinera_passing('path') AS passing
                  WHERE passing.enrolment_id = stay.enrolment_id
                    AND passing.giver_id IN (stay.host_id, stay.sending_id))
$$
"""
_AT_HOST = STUDENTS.sql(Wall.PARTNER, "placement", relation="host")
_AT_HOST = f"{_AT_HOST} AND {party('host_id')} AND {receiving('host_id')}"
_HOSTED = f"{TENANT} AND {_AT_HOST}"
_SENT_THERE = STUDENTS.sql(Wall.PARTNER, "placement", relation="sender")
# Read by the host, by who sends there, and by the next host where the sender agreed to it.
_FOLLOWED = (
    f"{TENANT} AND (({_AT_HOST}) OR ({_SENT_THERE} AND {_SENDER})"
    " OR id = ANY ((SELECT itinera_stays_given())::uuid[]))"
)


_OF_ITS_OFFERINGS = through("mobility_tracks_offering", "offering_id", rows=party("parent.host_id"))

# Wishes and plans are for those who run rounds; who only looks at the office does not.
_PLANNERS = {Wall.STAFF: STAFF_ALL}


def user_grants_on(table: str) -> dict[Wall, Opening]:
    """Grants of people on what a partner hands on and takes back; each reads their own."""
    written = Opening("SELECT INSERT DELETE", through(table, "content_object_id"))
    return {
        Wall.STAFF: written,
        Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
    }


def group_grants_on(table: str) -> dict[Wall, Opening]:
    """Grants of departments; their people read them."""
    written = Opening("SELECT INSERT DELETE", through(table, "content_object_id"))
    mine = "EXISTS (SELECT 1 FROM consortium_department AS own WHERE own.group_id = {t}.group_id)"
    return {
        Wall.STAFF: written,
        Wall.PERSON: Opening("SELECT", mine.format(t=f"{table}groupgrant")),
    }


def _part(parent: str, column: str) -> TableWall:
    """A part of a programme version: as visible as its parent."""
    return TableWall({**office("true"), **dict.fromkeys(READERS, read(through(parent, column)))})


WALLS = {
    "ProgrammeVersion": TableWall({**office("true"), **dict.fromkeys(READERS, read(_PUBLISHED))}),
    # Notes for editors are in it, and drafts: for the office alone.
    "ProgrammeDocument": TableWall(office("true")),
    "Period": _part("mobility_tracks_programmeversion", "version_id"),
    "Offering": _part("mobility_tracks_period", "period_id"),
    "Track": _part("mobility_tracks_programmeversion", "version_id"),
    "TrackUserGrant": TableWall(user_grants_on("mobility_tracks_track")),
    "TrackGroupGrant": TableWall(group_grants_on("mobility_tracks_track")),
    "OfferingUserGrant": TableWall(user_grants_on("mobility_tracks_offering")),
    "OfferingGroupGrant": TableWall(group_grants_on("mobility_tracks_offering")),
    "TrackStep": _part("mobility_tracks_track", "track_id"),
    "Intake": TableWall({**office("true"), **dict.fromkeys(READERS, Opening("SELECT", TENANT))}),
    "Enrolment": TableWall(
        {
            **office(),
            # To lock the row while wishes are saved; nothing in it is theirs to write.
            Wall.APPLICANT: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND {own('student_id')}",
                new=NOTHING,
                updates=("track_id",),
            ),
            Wall.FINANCE: Opening("SELECT", TENANT, columns=_FUNDED),
            Wall.PARTNER: read(_PLACED_HERE),
            Wall.DELEGATE: read(_PLACED_HERE),
        }
    ),
    "AllocationRound": TableWall(
        {
            **_PLANNERS,
            Wall.APPLICANT: read(_PUBLISHED, *_ROUND_WITHOUT_PLAN),
            Wall.PARTNER: read(_PUBLISHED, *_ROUND_WITHOUT_PLAN),
            Wall.DELEGATE: read(_PUBLISHED, *_ROUND_WITHOUT_PLAN),
        }
    ),
    "RoundSeats": TableWall(
        {
            **office(),
            Wall.APPLICANT: read(through("mobility_tracks_allocationround", "round_id")),
            Wall.PARTNER: read(through("mobility_tracks_allocationround", "round_id")),
            Wall.DELEGATE: read(through("mobility_tracks_allocationround", "round_id")),
        }
    ),
    "SeatConfirmation": TableWall(
        {
            **office("true", writes=READ_TENANT),
            Wall.PARTNER: Opening("SELECT INSERT", f"{TENANT} AND {_OF_ITS_OFFERINGS}"),
            Wall.DELEGATE: Opening(
                "SELECT INSERT",
                f"{TENANT} AND {_OF_ITS_OFFERINGS} AND {container('offering_id')}",
            ),
        },
        append_only=True,
    ),
    "Preference": TableWall(
        {
            **_PLANNERS,
            Wall.APPLICANT: Opening(
                "SELECT INSERT DELETE",
                f"{TENANT} AND {through('mobility_tracks_enrolment', 'enrolment_id')}",
            ),
        }
    ),
    "Placement": TableWall(
        {
            **office(),
            Wall.APPLICANT: read(
                f"{_OWN_STAYS} AND {through('mobility_tracks_enrolment', 'enrolment_id')}"
            ),
            Wall.PARTNER: Opening(
                "SELECT UPDATE",
                _FOLLOWED,
                changing=_HOSTED,
                updates=("state",),
            ),
            Wall.DELEGATE: Opening("SELECT UPDATE", f"{TENANT} AND {_HANDED}", updates=("state",)),
        },
        functions=(ON_HELD_TRACKS, PASSING, SENT, STAYS_GIVEN),
    ),
}

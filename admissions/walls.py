"""Row security of calls, dossiers, references, reviews, rankings and offers."""

from consortium.actor import Wall
from consortium.rowsecurity import (
    STAFF_ALL,
    TENANT,
    TOKEN,
    Opening,
    TableWall,
    own,
    principals,
    read,
    through,
    work,
)

_READERS = (Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.REFEREE, Wall.PUBLIC)
_DOSSIER = through("admissions_dossier", "dossier_id")
_ASSIGNMENT = through("admissions_assignment", "assignment_id")
_REVIEW = through("admissions_review", "review_id")
_OF_CALL = TableWall(
    {
        Wall.STAFF: STAFF_ALL,
        **dict.fromkeys(_READERS, read(through("admissions_call", "call_id"))),
    }
)

# The assignment is the right. Recomputed rather than appended, so that removals count too; as the
# owner, because a reviewer who declares a conflict may not write the dossier.
VISIBLE_TO = """
CREATE OR REPLACE FUNCTION itinera_visible_to() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE admissions_dossier AS dossier
     SET visible_to = coalesce(
           (SELECT array_agg(DISTINCT reviewer_id ORDER BY reviewer_id)
              FROM admissions_assignment AS assignment
             WHERE assignment.consortium_id = dossier.consortium_id
               AND assignment.dossier_id = dossier.id
               AND assignment.state <> 'conflicted'),
           '{}')
    FROM (SELECT DISTINCT consortium_id, dossier_id FROM touched) AS hit
   WHERE dossier.consortium_id = hit.consortium_id AND dossier.id = hit.dossier_id;
  RETURN NULL;
END $$
"""


def _visible_to(event: str, rows: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER visible_to_{event.lower()} AFTER {event}"
        f" ON admissions_assignment REFERENCING {rows} TABLE AS touched"
        " FOR EACH STATEMENT EXECUTE FUNCTION itinera_visible_to()"
    )


WALLS = {
    "Call": TableWall({Wall.STAFF: STAFF_ALL, **dict.fromkeys(_READERS, read("state <> 'draft'"))}),
    "DocumentRequirement": _OF_CALL,
    "Criterion": _OF_CALL,
    "EligibilityRule": _OF_CALL,
    "Dossier": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: work(own("applicant_id")),
            Wall.REVIEWER: read(principals("visible_to")),
        }
    ),
    "TrackPreference": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: work(_DOSSIER, "SELECT INSERT UPDATE DELETE"),
            Wall.REVIEWER: read(_DOSSIER),
        }
    ),
    "Document": TableWall(
        {Wall.STAFF: STAFF_ALL, Wall.APPLICANT: work(_DOSSIER), Wall.REVIEWER: read(_DOSSIER)}
    ),
    "ReferenceRequest": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: work(_DOSSIER),
            Wall.REVIEWER: read(_DOSSIER),
            Wall.REFEREE: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND token_digest = {TOKEN}",
                updates=("state", "received_at"),
            ),
        }
    ),
    "ReferenceLetter": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.REVIEWER: read(_DOSSIER),
            Wall.REFEREE: work(through("admissions_referencerequest", "request_id")),
        }
    ),
    "Assignment": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.REVIEWER: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND {own('reviewer_id')}",
                updates=("state", "conflict_reason"),
            ),
        },
        triggers=(
            VISIBLE_TO,
            _visible_to("INSERT", "NEW"),
            _visible_to("UPDATE", "NEW"),
            _visible_to("DELETE", "OLD"),
        ),
    ),
    "Review": TableWall({Wall.STAFF: STAFF_ALL, Wall.REVIEWER: work(_ASSIGNMENT)}),
    "Score": TableWall(
        {Wall.STAFF: STAFF_ALL, Wall.REVIEWER: work(_REVIEW, "SELECT INSERT UPDATE DELETE")}
    ),
    "EligibilityCheck": TableWall({Wall.STAFF: STAFF_ALL, Wall.APPLICANT: read(_DOSSIER)}),
    "RankingRun": TableWall({Wall.STAFF: STAFF_ALL}),
    "RankedDossier": TableWall({Wall.STAFF: STAFF_ALL}),
    "Offer": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.APPLICANT: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND state <> 'prepared' AND {_DOSSIER}",
                updates=("state", "answered_at", "answer_note"),
            ),
        }
    ),
}

"""Row security of calls, dossiers, references, reviews, rankings and offers."""

from admissions import sharing_sql
from admissions.sharing_sql import one_of
from consortium.actor import Wall
from consortium.rowsecurity import (
    IN_PERSON,
    READERS,
    TENANT,
    TOKEN,
    USER,
    Opening,
    TableWall,
    container,
    office,
    own,
    party,
    principals,
    read,
    through,
    work,
)

_DOSSIER = through("admissions_dossier", "dossier_id")
_ASSIGNMENT = through("admissions_assignment", "assignment_id")
# A private draft is its author's alone, whoever looks through the author's eyes.
_TOLD = f"({IN_PERSON} OR submitted_at IS NOT NULL)"
_REVIEW = through("admissions_review", "review_id")
_OF_CALL = TableWall(
    {
        **office(through("admissions_call", "call_id")),
        **dict.fromkeys(READERS, read(through("admissions_call", "call_id"))),
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

# How much work a partner's reviewers have and have done: counts for the partner's own door, so that
# no row of theirs need be opened there.
REVIEW_WORK = f"""
CREATE OR REPLACE FUNCTION itinera_review_work(moment timestamptz)
RETURNS TABLE (party_id bigint, reviewer_id bigint, assigned bigint, submitted bigint, overdue bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT work.party_id, work.reviewer_id, count(*),
         count(*) FILTER (WHERE work.state IN ('submitted', 'locked')),
         count(*) FILTER (WHERE work.state NOT IN ('submitted', 'locked') AND work.due_at <= moment)
    FROM admissions_assignment AS work
   WHERE work.{TENANT} AND {party("work.party_id")} AND work.state <> 'conflicted'
     AND current_setting('role', true) = '{Wall.PARTNER.role}'
   GROUP BY work.party_id, work.reviewer_id
$$
"""


def _visible_to(event: str, rows: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER visible_to_{event.lower()} AFTER {event}"
        f" ON admissions_assignment REFERENCING {rows} TABLE AS touched"
        " FOR EACH STATEMENT EXECUTE FUNCTION itinera_visible_to()"
    )


WALLS = {
    "Call": TableWall(
        {**office(container("id")), **dict.fromkeys(READERS, read("state <> 'draft'"))}
    ),
    "CallUserGrant": TableWall(
        {
            Wall.STAFF: Opening(
                "SELECT INSERT DELETE", through("admissions_call", "content_object_id")
            ),
            Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
        }
    ),
    "DocumentRequirement": _OF_CALL,
    "Criterion": _OF_CALL,
    "EligibilityRule": _OF_CALL,
    "Dossier": TableWall(
        {
            **office(),
            Wall.COMMITTEE: work(container("call_id"), "SELECT UPDATE"),
            # The number that leads from an offer to its student, and nothing else of a dossier.
            Wall.FINANCE: read(
                "state IN ('accepted', 'enrolled')", "id", "consortium_id", "reference"
            ),
            Wall.APPLICANT: work(own("applicant_id")),
            Wall.REVIEWER: read(principals("visible_to")),
            # To find a student's papers by; both columns stand on the enrolment too.
            Wall.PARTNER: read(one_of("itinera_dossiers_seen"), "id", "consortium_id", "reference"),
        },
        functions=(sharing_sql.DOSSIERS_SEEN,),
    ),
    "TrackPreference": TableWall(
        {
            **office(_DOSSIER),
            Wall.APPLICANT: work(_DOSSIER, "SELECT INSERT UPDATE DELETE"),
            Wall.REVIEWER: read(_DOSSIER),
        }
    ),
    "Document": TableWall(
        {
            **office(_DOSSIER),
            Wall.APPLICANT: work(_DOSSIER),
            Wall.REVIEWER: read(_DOSSIER),
            Wall.PARTNER: read(one_of("itinera_papers_seen")),
        },
        functions=(sharing_sql.PAPERS_SEEN,),
    ),
    "ReferenceRequest": TableWall(
        {
            **office(_DOSSIER),
            Wall.APPLICANT: work(_DOSSIER),
            Wall.REVIEWER: read(_DOSSIER),
            Wall.REFEREE: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND token_digest = {TOKEN}",
                updates=("state", "received_at"),
            ),
            # Who wrote a letter that is given.
            Wall.PARTNER: read(
                through(
                    "admissions_referenceletter",
                    "admissions_referencerequest.id",
                    key="request_id",
                ),
                *("id", "consortium_id", "referee_name", "referee_institution"),
            ),
        }
    ),
    "ReferenceLetter": TableWall(
        {
            **office(_DOSSIER),
            Wall.REVIEWER: read(_DOSSIER),
            Wall.REFEREE: work(through("admissions_referencerequest", "request_id")),
            Wall.PARTNER: read(one_of("itinera_letters_seen")),
        },
        functions=(sharing_sql.LETTERS_SEEN,),
    ),
    "Assignment": TableWall(
        {
            **office(_DOSSIER),
            Wall.REVIEWER: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND {own('reviewer_id')}",
                updates=("state", "conflict_reason"),
            ),
            # Whose reviewers read which dossier; never who, nor why somebody stood back.
            Wall.PARTNER: read(
                one_of("itinera_assignments_seen"),
                *("id", "consortium_id", "dossier_id", "party_id", "state"),
            ),
        },
        functions=(sharing_sql.ASSIGNMENTS_SEEN, REVIEW_WORK),
        triggers=(
            VISIBLE_TO,
            _visible_to("INSERT", "NEW"),
            _visible_to("UPDATE", "NEW"),
            _visible_to("DELETE", "OLD"),
        ),
    ),
    "Review": TableWall(
        {
            **office(_ASSIGNMENT),
            Wall.REVIEWER: work(f"{_ASSIGNMENT} AND {_TOLD}"),
            Wall.PARTNER: read(one_of("itinera_reviews_seen")),
        },
        functions=(sharing_sql.REVIEWS_SEEN,),
    ),
    "Score": TableWall(
        {
            **office(_REVIEW),
            Wall.REVIEWER: work(_REVIEW, "SELECT INSERT UPDATE DELETE"),
            Wall.PARTNER: read(_REVIEW),
        }
    ),
    "EligibilityCheck": TableWall({**office(_DOSSIER), Wall.APPLICANT: read(_DOSSIER)}),
    "RankingRun": TableWall(
        {**office(), Wall.COMMITTEE: work(container("call_id"), "SELECT UPDATE")}
    ),
    "RankedDossier": TableWall(office(through("admissions_rankingrun", "run_id"))),
    "Offer": TableWall(
        {
            **office(_DOSSIER),
            Wall.FINANCE: read(
                "state = 'accepted'", "id", "consortium_id", "dossier_id", "route", "state"
            ),
            Wall.APPLICANT: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND state <> 'prepared' AND {_DOSSIER}",
                updates=("state", "answered_at", "answer_note"),
            ),
        }
    ),
}

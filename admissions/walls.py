"""Row security of calls, dossiers, references, reviews, rankings and offers.

What depends on the state of a dossier is taken from the table in `visibility.py`; the parts of a
dossier ask the dossier's own policy.
"""

from collections.abc import Mapping

from admissions import sharing_sql, vault_walls
from admissions.part_walls import ALL, LOOKING, OF_DOSSIER, WRITES, parts, rows_of
from admissions.review_work import REVIEW_WORK
from admissions.sharing_sql import one_of
from admissions.visibility import DOSSIER, DOSSIERS
from admissions.visible_to import KEPT, READ_NOW, READS_AS, TRIGGERS
from consortium.actor import Wall
from consortium.rowsecurity import (
    IN_PERSON,
    ITSELF,
    READERS,
    TENANT,
    TOKEN,
    USER,
    Opening,
    TableWall,
    container,
    office,
    own,
    read,
    through,
    work,
)

_OF_STATE = (Wall.STAFF, *LOOKING, Wall.REVIEWER)
_ASSIGNMENT = through("admissions_assignment", "assignment_id")
_REVIEW = through("admissions_review", "review_id")
# A private draft is its author's alone, whoever looks through the author's eyes.
_SUBMITTED = "submitted_at IS NOT NULL"
_TOLD = f"({IN_PERSON} OR {_SUBMITTED})"
_OF_CALL = TableWall(
    {
        **office(through("admissions_call", "call_id")),
        **dict.fromkeys(READERS, read(through("admissions_call", "call_id"))),
    }
)


def _dossiers() -> Mapping[Wall, Opening]:
    """The house itself works with every row; people with those that the table opens."""
    closed = DOSSIERS.closed(DOSSIER)
    rows = {wall: DOSSIERS.sql(wall, "standing") for wall in _OF_STATE}
    return {
        Wall.STAFF: work(f"({ITSELF} OR ({rows[Wall.STAFF]}))", ALL),
        Wall.OBSERVER: read(rows[Wall.OBSERVER]),
        Wall.COMMITTEE: work(f"{container('call_id')} AND {rows[Wall.COMMITTEE]}", "SELECT UPDATE"),
        # The number that leads from an offer or a paper to its student, and the state that opens it.
        Wall.FINANCE: read(DOSSIERS.sql(Wall.FINANCE, "number"), *_NUMBER),
        Wall.PARTNER: read(one_of("itinera_dossiers_seen"), *_NUMBER),
        Wall.APPLICANT: work(own("applicant_id"), closed=closed[Wall.APPLICANT]),
        Wall.REVIEWER: read(f"{READ_NOW} AND {rows[Wall.REVIEWER]}", closed=closed[Wall.REVIEWER]),
    }


_NUMBER = ("id", "consortium_id", "reference", "state")


def _judgements(rows: str, group: str) -> dict[Wall, Opening]:
    """Reviews and marks: the office reads what was submitted."""
    told = {wall: read(rows) for wall in LOOKING if DOSSIERS.sight(wall, group)}
    return {Wall.STAFF: work(f"({ITSELF} OR {rows})", ALL), **told}


# Who else judges is for those who assign: the rows are there for what hangs on them, nameless.
_NAMELESS = read(OF_DOSSIER, "id", "consortium_id", "dossier_id", "state")

WALLS = {
    **vault_walls.WALLS,
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
        _dossiers(), functions=(sharing_sql.DOSSIERS_SEEN, READS_AS), triggers=KEPT
    ),
    "TrackPreference": TableWall(parts("TrackPreference", "wishes", applicant=ALL)),
    "ReferenceRequest": TableWall(
        {
            **parts("ReferenceRequest", "referees", applicant=WRITES),
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
            **parts("ReferenceLetter", "letters"),
            Wall.REFEREE: work(through("admissions_referencerequest", "request_id")),
            Wall.PARTNER: read(one_of("itinera_letters_seen")),
        },
        functions=(sharing_sql.LETTERS_SEEN,),
    ),
    "Assignment": TableWall(
        {
            **parts("Assignment", "reviewers"),
            **dict.fromkeys(LOOKING, _NAMELESS),
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
        triggers=TRIGGERS,
    ),
    "Review": TableWall(
        {
            **_judgements(f"({_SUBMITTED} AND {_ASSIGNMENT})", "reviews"),
            Wall.REVIEWER: work(f"{_ASSIGNMENT} AND {_TOLD}"),
            Wall.PARTNER: read(one_of("itinera_reviews_seen")),
        },
        functions=(sharing_sql.REVIEWS_SEEN,),
    ),
    "Score": TableWall(
        {
            **_judgements(_REVIEW, "reviews"),
            Wall.REVIEWER: work(_REVIEW, ALL),
            Wall.PARTNER: read(_REVIEW),
        }
    ),
    "EligibilityCheck": TableWall(parts("EligibilityCheck", "eligibility")),
    "RankingRun": TableWall(
        {**office(), Wall.COMMITTEE: work(container("call_id"), "SELECT UPDATE")}
    ),
    "RankedDossier": TableWall(parts("RankedDossier", "ranking")),
    "Offer": TableWall(
        {
            **parts("Offer", "offer"),
            Wall.FINANCE: read(
                f"state = 'accepted' AND {rows_of(Wall.FINANCE, 'funding')}",
                *("id", "consortium_id", "dossier_id", "route", "state"),
            ),
            Wall.APPLICANT: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND state <> 'prepared' AND {rows_of(Wall.APPLICANT, 'offer')}",
                updates=("state", "answered_at", "answer_note"),
            ),
        }
    ),
}

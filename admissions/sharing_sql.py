"""Functions by which row security opens parts of dossiers to partners: ids, for one statement.

The owner answers, for what a partner may read of a dossier hangs on placements, enrolments and
agreements, whose own policies would otherwise chase one another. Each says what the condition of
the same name in sharing.py says.
"""

from admissions.sharing import PAPERS
from admissions.visibility import DOSSIERS
from consortium.actor import Wall
from consortium.rowsecurity import CONSORTIUM
from partners.items import Item


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS uuid[]"
        " LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$"
        f" {body} $$"
    )


def _passing(*items: Item) -> str:
    """(enrolment_id, giver_id) of students of whom one of `items` is given."""
    return " UNION ".join(
        f"SELECT enrolment_id, giver_id FROM itinera_passing('{item.value}')" for item in items
    )


# The dossier of a student is found by its reference, which is unique in a consortium.
_OF_STUDENT = (
    "JOIN mobility_tracks_enrolment AS student ON student.consortium_id = dossier.consortium_id"
    " AND student.reference = dossier.reference"
)
_OF_DOSSIER = "JOIN admissions_dossier AS dossier ON dossier.id = part.dossier_id " + _OF_STUDENT


def _studying(group: str, relation: str = "agreed") -> str:
    """In the stages of a dossier that the table in visibility.py opens."""
    return DOSSIERS.sql(Wall.PARTNER, group, "dossier.", relation=relation)


_READ_BY_GIVER = (
    "EXISTS (SELECT 1 FROM admissions_assignment AS reading"
    " WHERE reading.dossier_id = dossier.id AND reading.party_id = passing.giver_id"
    " AND reading.state <> 'conflicted')"
)
_PAPER_GIVEN = " OR ".join(
    f"(slot.kind = '{kind.value}' AND {_studying('study_papers')}"
    f" AND student.id IN (SELECT enrolment_id FROM itinera_passing('{item.value}')))"
    for item, kind in PAPERS.items()
)
_PAPER = ", ".join(f"'{kind.value}'" for kind in PAPERS.values())

PAPERS_SEEN = _function(
    "itinera_papers_seen",
    f"""SELECT coalesce(array_agg(part.id), '{{}}')
      FROM admissions_document AS part {_OF_DOSSIER}
      JOIN admissions_documentrequirement AS slot ON slot.id = part.requirement_id
     WHERE part.consortium_id = {CONSORTIUM} AND part.replaced_at IS NULL
       AND ({_PAPER_GIVEN} OR (slot.kind IN ({_PAPER})
            AND {_studying("study_papers", "sender")} AND student.id IN (SELECT itinera_sent())))""",
)
DOSSIERS_SEEN = _function(
    "itinera_dossiers_seen",
    f"""SELECT coalesce(array_agg(dossier.id), '{{}}')
      FROM admissions_dossier AS dossier {_OF_STUDENT}
     WHERE dossier.consortium_id = {CONSORTIUM} AND (
       {_studying("number")}
       AND student.id IN (SELECT enrolment_id FROM ({_passing(*Item)}) AS passing)
       OR {_studying("number", "sender")} AND student.id IN (SELECT itinera_sent()))""",
)
ASSIGNMENTS_SEEN = _function(
    "itinera_assignments_seen",
    f"""SELECT coalesce(array_agg(part.id), '{{}}')
      FROM admissions_assignment AS part {_OF_DOSSIER}
      JOIN ({_passing(Item.LETTERS, Item.REVIEWS)}) AS passing
        ON passing.enrolment_id = student.id AND passing.giver_id = part.party_id
     WHERE part.consortium_id = {CONSORTIUM} AND part.state <> 'conflicted'
       AND {_studying("reviewing")}""",
)
LETTERS_SEEN = _function(
    "itinera_letters_seen",
    f"""SELECT coalesce(array_agg(part.id), '{{}}')
      FROM admissions_referenceletter AS part {_OF_DOSSIER}
     WHERE part.consortium_id = {CONSORTIUM} AND part.replaced_at IS NULL
       AND {_studying("letters")}
       AND EXISTS (SELECT 1 FROM itinera_passing('letters') AS passing
                    WHERE passing.enrolment_id = student.id AND {_READ_BY_GIVER})""",
)
REVIEWS_SEEN = _function(
    "itinera_reviews_seen",
    f"""SELECT coalesce(array_agg(review.id), '{{}}')
      FROM admissions_review AS review
      JOIN admissions_assignment AS part ON part.id = review.assignment_id {_OF_DOSSIER}
      JOIN itinera_passing('reviews') AS passing
        ON passing.enrolment_id = student.id AND passing.giver_id = part.party_id
     WHERE review.consortium_id = {CONSORTIUM} AND review.submitted_at IS NOT NULL
       AND part.state <> 'conflicted' AND {_studying("reviews")}""",
)


def one_of(function: str) -> str:
    """Rows whose id a function names: asked once for each statement."""
    return f"id = ANY ((SELECT {function}())::uuid[])"

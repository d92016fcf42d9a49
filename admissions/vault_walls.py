"""Row security of documents, passports and individual needs: what stays closed to most."""

from collections.abc import Iterable
from dataclasses import replace

from admissions import sharing_sql
from admissions.document_kinds import MEDICAL, opened_to
from admissions.part_walls import OF_DOSSIER, WRITES, parts
from admissions.sharing_sql import one_of
from admissions.vault_policies import SUPPORTED, TAKEN, UNASKED
from consortium.actor import Wall
from consortium.rowsecurity import (
    CONSORTIUM,
    IN_PERSON,
    TENANT,
    Opening,
    TableWall,
    read,
    through,
    work,
)


def _of_kinds(kinds: Iterable[str]) -> str:
    """Documents whose slot is of one of `kinds`.

    A role that may not read the slot may not read the document either: what is unknown is closed.
    """
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return (
        "EXISTS (SELECT 1 FROM admissions_documentrequirement AS slot"
        f" WHERE slot.id = requirement_id AND slot.consortium_id = {CONSORTIUM}"
        f" AND slot.kind IN ({listed}))"
    )


def _states(words: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{word}'" for word in words) + ")"


# The inclusion officer's role reads no dossiers, so the owner answers for one whether it has ended:
# who was not selected, or declined, is nobody's case any more.
TAKES_PART = f"""
CREATE OR REPLACE FUNCTION itinera_takes_part(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM admissions_dossier
                  WHERE id = asked AND {TENANT} AND state IN {_states(SUPPORTED)})
$$
"""
_TAKES_PART = "itinera_takes_part(dossier_id)"

_EVIDENCE = _of_kinds(MEDICAL)
_ASKED = f"state NOT IN {_states(UNASKED)}"
# Asked of the case, not of the dossier: the inclusion officer's role reads no dossiers.
_OF_A_CASE = through("admissions_needscase", "dossier_id", key="dossier_id")
_OF_A_PLACE_TAKEN = (
    "EXISTS (SELECT 1 FROM admissions_dossier AS parent WHERE parent.id = dossier_id"
    f" AND parent.consortium_id = {CONSORTIUM} AND parent.state IN {_states(TAKEN)})"
)
# An applicant may ask and take back; a step is approved by nobody but the inclusion officer.
_WRITABLE = f"state IN {_states(('noted', 'requested', 'evidence_held', 'refused', 'withdrawn'))}"


def _documents() -> dict[Wall, Opening]:
    """Each audience's documents, by dossier and kind. Of evidence the house itself reads nothing."""
    openings = {}
    for wall, opening in parts("Document", "documents", applicant=WRITES).items():
        kinds = f" AND {_of_kinds(opened_to(wall))}"
        openings[wall] = replace(opening, rows=opening.rows + kinds)
    return openings


WALLS = {
    "Document": TableWall(
        {
            **_documents(),
            Wall.PARTNER: read(one_of("itinera_papers_seen")),
            Wall.INCLUSION: read(f"{_EVIDENCE} AND {_OF_A_CASE}"),
        },
        functions=(sharing_sql.PAPERS_SEEN,),
    ),
    "Passport": TableWall(
        {
            Wall.STAFF: read(_OF_A_PLACE_TAKEN),
            Wall.APPLICANT: Opening(
                "SELECT INSERT UPDATE",
                f"{TENANT} AND {OF_DOSSIER} AND {IN_PERSON}",
                new=f"{TENANT} AND {_OF_A_PLACE_TAKEN} AND {IN_PERSON}",
                updates=("number", "country", "expires_on", "saved_at"),
            ),
        }
    ),
    "NeedsCase": TableWall(
        {
            Wall.APPLICANT: Opening(
                "SELECT INSERT UPDATE",
                f"{TENANT} AND {OF_DOSSIER} AND {IN_PERSON}",
                new=f"{TENANT} AND {OF_DOSSIER} AND {IN_PERSON} AND {_WRITABLE}",
            ),
            Wall.INCLUSION: Opening(
                "SELECT UPDATE",
                f"{TENANT} AND {_ASKED} AND {_TAKES_PART} AND {IN_PERSON}",
                updates=("state", "evidence_note", "reason", "ruled_at", "ruled_by"),
            ),
        },
        functions=(TAKES_PART,),
    ),
    "NeedsStep": TableWall(
        {
            Wall.STAFF: read(_TAKES_PART),
            Wall.FINANCE: read(_TAKES_PART),
            Wall.INCLUSION: work(_OF_A_CASE, "SELECT INSERT UPDATE DELETE"),
            Wall.APPLICANT: read(OF_DOSSIER),
        }
    ),
}

"""`Dossier.visible_to` follows the assignments and the parties they are for: triggers, as SQL.

Each element stands for one person who reviews for one party, so that the array alone says whether a
dossier is open to somebody who may review for some parties and not for others.
"""

from consortium.rowsecurity import TENANT, USER, receives, reviewing


def reader(party: str, person: str) -> str:
    """SQL of the number of a person who reviews for a party; ids beyond 2^31 - 1 are refused."""
    return f"(({party}::int::bigint << 32) | {person}::int)"


# The assignment is the right, as long as there is a basis for the transfer to the reviewer's party.
# Recomputed rather than appended, so that removals count too; as the owner, because a reviewer who
# declares a conflict may not write the dossier.
_UPDATE = f"""
  UPDATE admissions_dossier AS dossier
     SET visible_to = coalesce(
           (SELECT array_agg(DISTINCT {reader("assignment.party_id", "reviewer_id")}
                             ORDER BY {reader("assignment.party_id", "reviewer_id")})
              FROM admissions_assignment AS assignment
              JOIN consortium_party AS party ON party.id = assignment.party_id
             WHERE assignment.consortium_id = dossier.consortium_id
               AND assignment.dossier_id = dossier.id
               AND assignment.state <> 'conflicted'
               AND party.receives_personal),
           '{{}}')
    FROM (SELECT DISTINCT consortium_id, dossier_id FROM %(touched)s) AS hit
   WHERE dossier.consortium_id = hit.consortium_id AND dossier.id = hit.dossier_id;
"""  # noqa: S608  # of constants
_FUNCTION = """
CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
%(body)s
  RETURN NULL;
END $$
"""
_OF_ASSIGNMENTS = _FUNCTION % {
    "name": "itinera_visible_to",
    "body": _UPDATE % {"touched": "touched"},
}
_OF_PARTIES = _FUNCTION % {
    "name": "itinera_visible_to_of_parties",
    "body": _UPDATE
    % {
        "touched": "admissions_assignment WHERE party_id IN (SELECT now_.id FROM touched AS now_"
        " JOIN before AS then_ ON then_.id = now_.id"
        " WHERE then_.receives_personal <> now_.receives_personal)"
    },
}


def _after(event: str, rows: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER visible_to_{event.lower()} AFTER {event}"
        f" ON admissions_assignment REFERENCING {rows} TABLE AS touched"
        " FOR EACH STATEMENT EXECUTE FUNCTION itinera_visible_to()"
    )


_AFTER_PARTIES = (
    "CREATE OR REPLACE TRIGGER visible_to_update AFTER UPDATE ON consortium_party"
    " REFERENCING NEW TABLE AS touched OLD TABLE AS before"
    " FOR EACH STATEMENT EXECUTE FUNCTION itinera_visible_to_of_parties()"
)
TRIGGERS = (
    _OF_ASSIGNMENTS,
    _after("INSERT", "NEW"),
    _after("UPDATE", "NEW"),
    _after("DELETE", "OLD"),
    _OF_PARTIES,
    _AFTER_PARTIES,
)

# The second wall goes by the array, so that nobody but these functions may write it.
_KEPT = """
CREATE OR REPLACE FUNCTION itinera_visible_to_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'visible_to follows the assignments: % is refused', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END $$
"""


def _before(event: str, changed: str, columns: str = "") -> str:
    return (
        f"CREATE OR REPLACE TRIGGER visible_to_{event.lower()} BEFORE {event}{columns}"
        f" ON admissions_dossier FOR EACH ROW WHEN ({changed} AND current_user <> 'itinera_owner')"
        " EXECUTE FUNCTION itinera_visible_to_kept()"
    )


KEPT = (
    _KEPT,
    _before("INSERT", "NEW.visible_to <> '{}'"),
    _before("UPDATE", "NEW.visible_to IS DISTINCT FROM OLD.visible_to", " OF visible_to"),
)

# As whom the reviewer at the wall reads now: for the parties for which they review and to which
# personal data may go at this moment, whatever the array still says. Of the owner, so that no policy
# of parties is planned into every statement; plpgsql, whose plans a session keeps on every server.
READS_AS = f"""
CREATE OR REPLACE FUNCTION itinera_reads_as() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN (SELECT array_agg({reader("party.id", USER)}) FROM consortium_party AS party
           WHERE party.{TENANT} AND {reviewing("party.id")} AND {receives("party")});
END $$
"""  # noqa: S608  # of constants
# Asked once for each statement.
READ_NOW = "visible_to && (SELECT itinera_reads_as())"

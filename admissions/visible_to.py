"""`Dossier.visible_to` follows the assignments and the parties they are for: triggers, as SQL."""

# The assignment is the right, as long as there is a basis for the transfer to the reviewer's party.
# Recomputed rather than appended, so that removals count too; as the owner, because a reviewer who
# declares a conflict may not write the dossier.
_UPDATE = """
  UPDATE admissions_dossier AS dossier
     SET visible_to = coalesce(
           (SELECT array_agg(DISTINCT reviewer_id ORDER BY reviewer_id)
              FROM admissions_assignment AS assignment
              JOIN consortium_party AS party ON party.id = assignment.party_id
             WHERE assignment.consortium_id = dossier.consortium_id
               AND assignment.dossier_id = dossier.id
               AND assignment.state <> 'conflicted'
               AND party.receives_personal),
           '{}')
    FROM (SELECT DISTINCT consortium_id, dossier_id FROM %(touched)s) AS hit
   WHERE dossier.consortium_id = hit.consortium_id AND dossier.id = hit.dossier_id;
"""
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

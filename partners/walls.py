"""Row security of institutions, partnerships and what partners agree on."""

from consortium.actor import Wall
from consortium.rowsecurity import (
    CONSORTIUM,
    HOSTS,
    MOMENT,
    PARTIES,
    READ_TENANT,
    READERS,
    TENANT,
    Opening,
    TableWall,
    office,
    party,
    read,
    receives,
)
from partners.items import ITEMS

_RIGHTS = ", ".join(f"('{item.value}', '{told.right}')" for item, told in ITEMS.items())
# Who gives an item to the actor's partners, now. The owner answers, because what a partner sees of
# students hangs on it, and students' tables asked from within one another would chase themselves.
# Both sides need a basis for personal data, and the giver the right that the item asks for.
GIVEN = f"""
CREATE OR REPLACE FUNCTION itinera_given(item text)
RETURNS TABLE (giver_id bigint, receiver_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT agreement.giver_id, agreement.receiver_id
    FROM partners_sharingagreement AS agreement
    JOIN consortium_party AS giver ON giver.id = agreement.giver_id
    JOIN consortium_party AS receiver ON receiver.id = agreement.receiver_id
    JOIN (VALUES {_RIGHTS}) AS asks (item, codename) ON asks.item = itinera_given.item
   WHERE agreement.consortium_id = {CONSORTIUM} AND agreement.receiver_id = ANY ({HOSTS})
     AND agreement.state = 'accepted' AND agreement.starts_at <= {MOMENT}
     AND coalesce(agreement.ends_at > {MOMENT}, true)
     AND itinera_given.item = ANY (agreement.items::text[])
     AND {receives("giver")} AND {receives("receiver")}
     AND EXISTS (SELECT 1 FROM consortium_partygroupgrant AS held
                   JOIN auth_permission AS permission ON permission.id = held.permission_id
                  WHERE held.content_object_id = giver.id AND held.group_id = giver.group_id
                    AND permission.codename = asks.codename)
$$
"""
_MINE = f"{TENANT} AND ARRAY[giver_id, receiver_id] && {PARTIES}"
# What happens to an agreement; its terms never change.
_FATE = (
    *("state", "starts_at", "answered_at", "answered_by", "answered_by_name"),
    *("ended_at", "ended_by", "ended_by_name", "reason"),
)
# What comes after what, which a policy cannot compare.
MOVES = f"""
CREATE OR REPLACE FUNCTION itinera_sharing_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state NOT IN ('proposed', 'accepted') OR (OLD.state, NEW.state) = ('accepted', 'proposed')
  THEN
    RAISE EXCEPTION 'an agreement that has ended stays ended'
      USING ERRCODE = 'insufficient_privilege';
  ELSIF (OLD.state, NEW.state) = ('proposed', 'accepted') AND {party("NEW.proposer_id")}
  THEN
    RAISE EXCEPTION 'only the other side accepts' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$
"""
ON_UPDATE = (
    "CREATE OR REPLACE TRIGGER moves BEFORE UPDATE ON partners_sharingagreement"
    " FOR EACH ROW EXECUTE FUNCTION itinera_sharing_moves()"
)

WALLS = {
    "Institution": TableWall(
        {
            **{wall: Opening("SELECT", "true") for wall in Wall},
            Wall.STAFF: Opening("SELECT INSERT UPDATE", "true"),
        }
    ),
    "Partnership": TableWall({**office("true"), **dict.fromkeys(READERS, READ_TENANT)}),
    "TransferBasis": TableWall(
        {
            **office(),
            Wall.PARTNER: read(party("party_id")),
            Wall.DELEGATE: read(party("party_id")),
        }
    ),
    "SharingAgreement": TableWall(
        {
            **office("true", writes=Opening("SELECT INSERT UPDATE", TENANT)),
            Wall.PARTNER: Opening(
                "SELECT INSERT UPDATE",
                _MINE,
                adding=f"{_MINE} AND state = 'proposed' AND {party('proposer_id')}",
                updates=_FATE,
            ),
        },
        functions=(GIVEN,),
        triggers=(
            MOVES,
            ON_UPDATE,
        ),
    ),
}

"""Row security of the tenant's own tables."""

from consortium.actor import Wall
from consortium.rowsecurity import (
    APPEND,
    CONSORTIUM,
    READ_TENANT,
    STAFF_ALL,
    TENANT,
    USER,
    Opening,
    TableWall,
    through,
)

_WRITERS = (Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.REFEREE)
_EVERY_READER = (Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.REFEREE, Wall.PUBLIC)
_APPEND_AND_READ = Opening("SELECT INSERT", TENANT)

WALLS = {
    "Consortium": TableWall(
        {
            **{wall: Opening("SELECT", "true") for wall in Wall},
            Wall.OPERATOR: Opening("SELECT INSERT UPDATE", "true"),
        }
    ),
    "Party": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.PERSON: Opening("SELECT", "true"),
            Wall.OPERATOR: Opening("SELECT", "true"),
            **dict.fromkeys(_EVERY_READER, READ_TENANT),
        }
    ),
    "Membership": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
            Wall.OPERATOR: Opening("SELECT", "true", columns=("id", "consortium_id", "role")),
        }
    ),
    "ConsortiumUserGrant": TableWall(
        {
            Wall.STAFF: Opening("SELECT INSERT DELETE", f"content_object_id = {CONSORTIUM}"),
            Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
        }
    ),
    "PartyUserGrant": TableWall(
        {
            Wall.STAFF: Opening(
                "SELECT INSERT DELETE", through("consortium_party", "content_object_id")
            ),
            Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
        }
    ),
    "PartyGroupGrant": TableWall(
        {
            Wall.STAFF: Opening(
                "SELECT INSERT DELETE", through("consortium_party", "content_object_id")
            ),
            Wall.PERSON: Opening("SELECT", "true"),
        }
    ),
    "JournalEntry": TableWall(
        {Wall.STAFF: _APPEND_AND_READ, **dict.fromkeys(_WRITERS, APPEND)}, append_only=True
    ),
    "Transition": TableWall(
        {Wall.STAFF: _APPEND_AND_READ, **dict.fromkeys(_WRITERS, APPEND)}, append_only=True
    ),
    "OutboxMessage": TableWall(
        {
            Wall.STAFF: STAFF_ALL,
            **dict.fromkeys(_WRITERS, APPEND),
            Wall.OPERATOR: Opening(
                "SELECT",
                "true",
                columns=("id", "consortium_id", "created_at", "due_at", "sent_at", "attempts"),
            ),
        }
    ),
}

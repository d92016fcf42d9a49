"""Row security of the tenant's own tables."""

from consortium.actor import Wall
from consortium.models.journal import LOOK
from consortium.policies import KEPT_APART
from consortium.rowsecurity import (
    APPEND,
    CONSORTIUM,
    IN_PERSON,
    ITSELF,
    READ_TENANT,
    READERS,
    STAFF_ALL,
    TENANT,
    USER,
    VIEWER,
    Opening,
    TableWall,
    office,
    party,
    through,
)

_WRITERS = (Wall.COMMITTEE, *(wall for wall in READERS if wall is not Wall.PUBLIC))
_EVERY_READER = (*_WRITERS, Wall.OBSERVER, Wall.PUBLIC)
_APART = "(" + ", ".join(f"'{subject}'" for subject in KEPT_APART) + ")"
_TOLD = f"{TENANT} AND subject NOT IN {_APART}"
# What an act leaves behind: everybody who acts appends, the office reads.
_POSTED: dict[Wall, Opening] = {
    **dict.fromkeys(_WRITERS, APPEND),
    **office(writes=STAFF_ALL),
    Wall.COMMITTEE: Opening("SELECT INSERT", "false", new=TENANT),
}
_TRACES: dict[Wall, Opening] = {
    **_POSTED,
    Wall.STAFF: Opening("SELECT INSERT", _TOLD, new=TENANT),
    Wall.OBSERVER: Opening("SELECT", _TOLD),
    Wall.INCLUSION: Opening("SELECT INSERT", f"{TENANT} AND subject IN {_APART}", new=TENANT),
}
_OF_PARTY = f"{TENANT} AND {party('party_id')}"
_THROUGH_PARTY = through("consortium_party", "content_object_id")
# What a partner of the consortium was granted as a whole; never what it handed to a department.
_OF_A_PARTY_ITSELF = (
    "EXISTS (SELECT 1 FROM consortium_party AS whose WHERE whose.id = content_object_id"
    f" AND whose.consortium_id = {CONSORTIUM}"
    " AND whose.group_id = consortium_partygroupgrant.group_id)"
)
# A partner appoints its own reviewers and delegates: never coordinators, its own included.
_APPOINTED = f"{_OF_PARTY} AND role IN ('reviewer', 'delegate')"
# What was handed on to a person reaches them through a membership of theirs, which their own
# policy opens.
_HANDED_TO = (
    f"EXISTS (SELECT 1 FROM consortium_membership AS own WHERE own.user_id = {USER}"
    " AND (own.id = membership_id OR own.department_id = consortium_delegation.department_id))"
)
_MY_DEPARTMENT = (
    f"EXISTS (SELECT 1 FROM consortium_membership AS own WHERE own.user_id = {USER}"
    " AND own.department_id = consortium_department.id)"
)


def _as_oneself(wall: Wall) -> str:
    """Nobody writes into the journal by another's name or door.

    Who looks through another's eyes came through the office, and writes down looks alone.
    """
    in_person = f"wall = '{wall.value}' AND by_id IS NOT DISTINCT FROM {USER}"
    looking_on = f"wall = 'staff' AND by_id = {VIEWER} AND is_read"
    return f"{TENANT} AND CASE WHEN {IN_PERSON} THEN {in_person} ELSE {looking_on} END"


# Staff write for the product too, which is nobody.
_AS_STAFF = f"{TENANT} AND CASE WHEN {IN_PERSON} THEN true ELSE is_read END"
_JOURNAL: dict[Wall, Opening] = {
    **{wall: Opening("INSERT", _as_oneself(wall)) for wall in _WRITERS},
    # The house itself reads all of it, to verify the chain.
    Wall.STAFF: Opening("SELECT INSERT", f"({_TOLD} OR {TENANT} AND {ITSELF})", new=_AS_STAFF),
    Wall.OBSERVER: Opening("SELECT INSERT", _TOLD, new=f"{_as_oneself(Wall.OBSERVER)} AND is_read"),
    Wall.COMMITTEE: Opening("SELECT INSERT", "false", new=_as_oneself(Wall.COMMITTEE)),
    Wall.INCLUSION: Opening(
        "SELECT INSERT", f"{TENANT} AND subject IN {_APART}", new=_as_oneself(Wall.INCLUSION)
    ),
    Wall.APPLICANT: Opening(
        "SELECT INSERT",
        f"{TENANT} AND is_read AND for_id = {USER}",
        new=_as_oneself(Wall.APPLICANT),
        columns=LOOK,
    ),
}


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
    "Department": TableWall(
        {
            **office(),
            Wall.PARTNER: Opening("SELECT INSERT UPDATE", _OF_PARTY),
            Wall.PERSON: Opening("SELECT", _MY_DEPARTMENT),
        }
    ),
    "Membership": TableWall(
        {
            **office(),
            Wall.PARTNER: Opening("SELECT INSERT UPDATE", _OF_PARTY, new=_APPOINTED),
            Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
            Wall.OPERATOR: Opening("SELECT", "true", columns=("id", "consortium_id", "role")),
        }
    ),
    "Delegation": TableWall(
        {
            **office(),
            Wall.PARTNER: Opening("SELECT INSERT UPDATE", _OF_PARTY),
            Wall.PERSON: Opening("SELECT", _HANDED_TO),
        }
    ),
    "Viewing": TableWall(
        {
            **office(),
            Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
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
            Wall.STAFF: Opening("SELECT INSERT DELETE", _THROUGH_PARTY),
            Wall.PERSON: Opening("SELECT", f"user_id = {USER}"),
        }
    ),
    "PartyGroupGrant": TableWall(
        {
            Wall.STAFF: Opening("SELECT INSERT DELETE", _THROUGH_PARTY),
            Wall.PARTNER: Opening(
                "SELECT", f"{party('content_object_id')} OR {_OF_A_PARTY_ITSELF}"
            ),
            Wall.PERSON: Opening("SELECT", "true"),
        }
    ),
    "JournalEntry": TableWall(_JOURNAL, append_only=True),
    "JournalLink": TableWall(office(writes=READ_TENANT), append_only=True),
    "Transition": TableWall(_TRACES, append_only=True),
    "OutboxMessage": TableWall(
        {
            **_POSTED,
            Wall.OPERATOR: Opening(
                "SELECT",
                "true",
                columns=("id", "consortium_id", "created_at", "due_at", "sent_at", "attempts"),
            ),
        }
    ),
}

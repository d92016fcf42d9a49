"""Row security of institutions and partnerships."""

from consortium.actor import Wall
from consortium.rowsecurity import READ_TENANT, STAFF_ALL, Opening, TableWall

_READERS = (Wall.PARTNER, Wall.REVIEWER, Wall.APPLICANT, Wall.REFEREE, Wall.PUBLIC)

WALLS = {
    "Institution": TableWall(
        {
            **{wall: Opening("SELECT", "true") for wall in Wall},
            Wall.STAFF: Opening("SELECT INSERT UPDATE", "true"),
        }
    ),
    "Partnership": TableWall({Wall.STAFF: STAFF_ALL, **dict.fromkeys(_READERS, READ_TENANT)}),
}

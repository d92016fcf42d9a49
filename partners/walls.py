"""Row security of institutions and partnerships."""

from consortium.actor import Wall
from consortium.rowsecurity import READ_TENANT, READERS, Opening, TableWall, office

WALLS = {
    "Institution": TableWall(
        {
            **{wall: Opening("SELECT", "true") for wall in Wall},
            Wall.STAFF: Opening("SELECT INSERT UPDATE", "true"),
        }
    ),
    "Partnership": TableWall({**office("true"), **dict.fromkeys(READERS, READ_TENANT)}),
}

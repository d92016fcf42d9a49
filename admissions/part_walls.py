"""Row security of what hangs on a dossier: as open as the table in `visibility.py` says."""

from admissions.visibility import DOSSIERS
from consortium.actor import Wall
from consortium.rowsecurity import ITSELF, Opening, through, work

WRITES = "SELECT INSERT UPDATE"
ALL = f"{WRITES} DELETE"
LOOKING = (Wall.OBSERVER, Wall.COMMITTEE)
OF_DOSSIER = through("admissions_dossier", "dossier_id")


def rows_of(wall: Wall, group: str) -> str:
    """Parts of dossiers: as open as the dossier, or less where the table says so."""
    if DOSSIERS.alike(wall, group, "standing"):
        return OF_DOSSIER
    more = DOSSIERS.sql(wall, group, "parent.")
    return through("admissions_dossier", "dossier_id", rows=more)


def parts(model: str, group: str, *, applicant: str = "") -> dict[Wall, Opening]:
    """A table of parts of dossiers. applicant: the commands of its owner, `SELECT` by default."""
    openings = {Wall.STAFF: work(f"({ITSELF} OR {rows_of(Wall.STAFF, group)})", ALL)}
    closed = DOSSIERS.closed(f"admissions.{model}")
    for wall in (*LOOKING, Wall.APPLICANT, Wall.REVIEWER):
        if DOSSIERS.sight(wall, group):
            commands = applicant if wall is Wall.APPLICANT and applicant else "SELECT"
            openings[wall] = work(rows_of(wall, group), commands, closed=closed.get(wall, ()))
    return openings

"""Data register of institutions and partnerships."""

from consortium.register import Entry

ENTRIES = {
    "Institution": Entry(
        purpose="name the organisations of the field",
        retention="as long as a consortium refers to it",
        public="id key name kind city country erasmus_code schac website note",
    ),
    "Partnership": Entry(
        purpose="say who takes part in a consortium as what",
        retention="as long as the consortium exists",
        public="party consortium institution kind awards_degree attached_to role_note code colour"
        " shape position",
    ),
}

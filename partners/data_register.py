"""Data register of institutions, partnerships and what partners agree on."""

from consortium.register import EVERYBODY, GRANT, LOGIN, OFFICE, Entry, Ground

ENTRIES = {
    "Institution": Entry(
        purpose="name the organisations of the field",
        retention="as long as a consortium refers to it",
        ground=Ground.NONE,
        readers=f"{EVERYBODY} person operator {LOGIN}",
        public="id key name kind city country erasmus_code schac website note",
    ),
    "Partnership": Entry(
        purpose="say who takes part in a consortium as what",
        retention="as long as the consortium exists",
        ground=Ground.NONE,
        readers=EVERYBODY,
        public="party consortium institution kind awards_degree attached_to role_note code colour"
        " shape position",
    ),
    "SharingAgreement": Entry(
        purpose="show who lets whom see what, since when and why",
        retention=GRANT,
        ground=Ground.OBLIGATION,
        readers=f"{OFFICE} partner",
        internal="id consortium giver receiver items starts_at ends_at version replaces note state"
        " proposer proposed_at proposed_by answered_at answered_by ended_at ended_by reason",
        personal="proposed_by_name answered_by_name ended_by_name",
    ),
    "TransferBasis": Entry(
        purpose="show on which basis personal data goes to a partner",
        retention=GRANT,
        ground=Ground.OBLIGATION,
        readers="staff observer partner delegate",
        internal="id consortium party kind document dated note starts_at ends_at recorded_by",
        personal="recorded_by_name",
    ),
}

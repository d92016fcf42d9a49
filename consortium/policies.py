"""Who may do what with the rows of the tenant itself."""

from consortium.actor import Wall
from consortium.policy import Policy, everyone, office, own

PARTY = Policy(
    "party",
    {
        "view": everyone("the institutions of a consortium are public"),
        "manage": (office("manage_programmes"),),
    },
)

MEMBERSHIP = Policy(
    "membership",
    {
        "view": (
            office("enter_office"),
            own(Wall.PERSON, "user_id", "the person's own roles"),
        ),
        "appoint": (office("manage_people"),),
        "dismiss": (office("manage_people"),),
    },
)

JOURNAL = Policy("journal entry", {"view": (office("view_journal"),)})
TRANSITION = Policy("transition", {"view": (office("view_dossiers"),)})
OUTBOX = Policy("message", {"view": (office("view_journal"),), "retry": (office("manage_calls"),)})

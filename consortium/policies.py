"""Who may do what with the rows of the tenant itself."""

from django.db.models import Q

from consortium.actor import Wall
from consortium.policy import Policy, everyone, office, own, partner
from consortium.roles import OF_PARTNERS

PARTY = Policy(
    "party",
    {
        "view": (everyone("the institutions of a consortium are public"),),
        "manage": (office("manage_programmes"),),
        "transfer": (office("manage_transfers"),),
        "delegate": (partner("delegate_rights", "pk", "the partner's own"),),
    },
)
# Who works here is for those who see the whole consortium: the committee of one call does not.
DEPARTMENT = Policy(
    "department",
    {
        "view": (
            office("view_dossiers"),
            partner("delegate_rights", "party", "of the partner"),
        ),
        "delegate": (partner("delegate_rights", "party", "of the partner"),),
    },
)

_APPOINTED = Q(role__in=sorted(OF_PARTNERS))
MEMBERSHIP = Policy(
    "membership",
    {
        "view": (
            office("view_dossiers"),
            own(Wall.PERSON, "user_id", "the person's own roles"),
            partner("delegate_rights", "party", "of the partner"),
        ),
        "appoint": (office("manage_people"),),
        "dismiss": (
            office("manage_people"),
            partner("delegate_rights", "party", "whom a partner appoints itself", _APPOINTED),
        ),
    },
)
DELEGATION = Policy(
    "delegation",
    {
        "view": (
            office("view_dossiers"),
            partner("delegate_rights", "party", "by the partner"),
        ),
        "take_back": (partner("delegate_rights", "party", "by the partner"),),
    },
)
VIEWING = Policy(
    "look as somebody else",
    {
        "view": (
            office("view_journal"),
            own(Wall.PERSON, "user_id", "looks as the person"),
        ),
        "stop": (office("view_as"),),
    },
)

JOURNAL = Policy(
    "journal entry",
    {
        "view": (
            office("view_journal"),
            own(Wall.APPLICANT, "for_id", "looks at the person's own file", Q(is_read=True)),
        )
    },
)
JOURNAL_LINK = Policy("link of the journal", {"view": (office("view_journal"),)})
TRANSITION = Policy("transition", {"view": (office("view_dossiers"),)})
OUTBOX = Policy("message", {"view": (office("view_journal"),), "retry": (office("manage_calls"),)})

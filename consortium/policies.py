"""Who may do what with the rows of the tenant itself."""

from django.db.models import Q

from consortium.actor import Wall
from consortium.policy import Policy, desk, everyone, office, own, partner
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

# Subjects whose traces tell of somebody's health by being there at all: the model's label in the
# journal, the lifecycle's subject among transitions. The office reads neither.
KEPT_APART = ("admissions.needscase", "needs case")
_OF_NEEDS = Q(subject__in=KEPT_APART)
JOURNAL = Policy(
    "journal entry",
    {
        "view": (
            office("view_journal", ~_OF_NEEDS, "but of individual needs"),
            desk(Wall.INCLUSION, "open_vault", "of individual needs", _OF_NEEDS),
            own(Wall.APPLICANT, "for_id", "looks at the person's own file", Q(is_read=True)),
        )
    },
)
JOURNAL_LINK = Policy("link of the journal", {"view": (office("view_journal"),)})
TRANSITION = Policy(
    "transition",
    {
        "view": (
            office("view_dossiers", ~_OF_NEEDS, "but of individual needs"),
            desk(Wall.INCLUSION, "open_vault", "of individual needs", _OF_NEEDS),
        )
    },
)
# A mail whose key begins so tells of individual needs by its hour alone. The second wall cannot
# close it: the sender wears the office's role.
APART = "apart:"
_OF_OFFICE = ~Q(key__startswith=APART)
OUTBOX = Policy(
    "message",
    {
        "view": (office("view_journal", _OF_OFFICE, "but of individual needs"),),
        "retry": (office("manage_calls", _OF_OFFICE, "but of individual needs"),),
    },
)

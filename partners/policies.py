"""Who may do what with partnerships. Institutions themselves are public and belong to nobody."""

from consortium.policy import Policy, everyone, office

PARTNERSHIP = Policy(
    "partnership",
    {
        "view": (everyone("who takes part in a consortium is public"),),
        "manage": (office("manage_programmes"),),
    },
)

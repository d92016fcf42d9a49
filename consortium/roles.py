"""The one table: role -> container -> what it may do there.

`consortium/domain/memberships.py` writes the grants together with the membership; nobody else
assigns permissions. Codenames on a consortium are verbs with a plural noun; a codename on a party
holds for what concerns that party alone.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    COORDINATOR = "coordinator", _("Consortium coordinator")
    OFFICER = "officer", _("Office officer")
    COMMITTEE = "committee", _("Selection committee member")
    REVIEWER = "reviewer", _("Reviewer")
    PARTNER = "partner", _("Partner coordinator")


CONSORTIUM_RIGHTS: dict[str, str] = {
    "enter_office": "Work in the consortium office",
    "view_dossiers": "See every dossier of the consortium",
    "manage_programmes": "Load, publish and revise programme versions",
    "manage_calls": "Open, extend and close calls",
    "manage_people": "Invite, appoint and dismiss people",
    "rule_eligibility": "Rule on the eligibility of dossiers",
    "assign_reviewers": "Assign dossiers to reviewers",
    "compute_rankings": "Compute a ranking",
    "approve_rankings": "Approve a ranking",
    "make_offers": "Prepare and send offers",
    "enrol_students": "Enrol students and withdraw them",
    "run_rounds": "Open allocation rounds and run them",
    "publish_rounds": "Publish the plan of a round",
    "view_journal": "Read the journal",
}
PARTY_RIGHTS: dict[str, str] = {
    "review_dossiers": "Review the dossiers assigned to it",
    "host_students": "See and receive the students placed with it",
    "confirm_seats": "Confirm its seats per period",
}

OFFICE_WORK = frozenset(
    {
        "enter_office",
        "view_dossiers",
        "rule_eligibility",
        "assign_reviewers",
        "compute_rankings",
        "enrol_students",
        "run_rounds",
        "view_journal",
    }
)
CONSORTIUM_GRANTS: dict[Role, frozenset[str]] = {
    Role.COORDINATOR: frozenset(CONSORTIUM_RIGHTS),
    Role.OFFICER: OFFICE_WORK,
    Role.COMMITTEE: frozenset({"enter_office", "view_dossiers", "approve_rankings"}),
    Role.REVIEWER: frozenset(),
    Role.PARTNER: frozenset(),
}
PARTY_GRANTS: dict[Role, frozenset[str]] = {
    Role.COORDINATOR: frozenset(),
    Role.OFFICER: frozenset(),
    Role.COMMITTEE: frozenset(),
    Role.REVIEWER: frozenset({"review_dossiers"}),
    Role.PARTNER: frozenset({"host_students", "confirm_seats"}),
}
NEEDS_PARTY = frozenset({Role.REVIEWER, Role.PARTNER})

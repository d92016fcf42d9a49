"""The one table: role -> container -> what it may do there.

`consortium/domain/grants.py` writes the grants together with the membership or the delegation that
gives the reason; nobody else assigns permissions. Codenames are verbs with a plural noun. A right
on a party holds for what concerns that party alone, one on a call, track or offering for that one.
Roles: domain.md 6.4.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop


class Container(StrEnum):
    """What a grant can be on; everything else inherits through its keys."""

    CONSORTIUM = "consortium"
    PARTY = "party"
    CALL = "call"
    TRACK = "track"
    OFFERING = "offering"


class Role(TextChoices):
    COORDINATOR = "coordinator", _("Consortium coordinator")
    OFFICER = "officer", _("Office officer")
    COMMITTEE = "committee", _("Selection committee member")
    FINANCE = "finance", _("Finance officer")
    INCLUSION = "inclusion", _("Inclusion officer")
    OBSERVER = "observer", _("Observer")
    REVIEWER = "reviewer", _("Reviewer")
    PARTNER = "partner", _("Partner coordinator")
    DELEGATE = "delegate", _("Department delegate")


CONSORTIUM_RIGHTS: dict[str, str] = {
    "enter_office": noop("Work in the consortium office"),
    "view_dossiers": noop("See every dossier of the consortium"),
    "manage_programmes": noop("Load, publish and revise programme versions"),
    "manage_calls": noop("Open, extend and close calls"),
    "manage_people": noop("Invite, appoint and dismiss people"),
    "manage_transfers": noop("Record on which basis personal data goes to a partner"),
    "rule_eligibility": noop("Rule on the eligibility of dossiers"),
    "assign_reviewers": noop("Assign dossiers to reviewers"),
    "compute_rankings": noop("Compute a ranking"),
    "approve_rankings": noop("Approve a ranking"),
    "make_offers": noop("Prepare and send offers"),
    "enrol_students": noop("Enrol students and withdraw them"),
    "run_rounds": noop("Open allocation rounds and run them"),
    "publish_rounds": noop("Publish the plan of a round"),
    "view_journal": noop("Read the journal"),
    "view_as": noop("Look at pages as somebody else sees them, with a reason"),
    "view_funding": noop("See who is funded from which line"),
    "appoint_inclusion": noop("Appoint inclusion officers, without seeing what they see"),
    "open_vault": noop("Read answers on individual needs, and rule on them"),
}
PARTY_RIGHTS: dict[str, str] = {
    "review_dossiers": noop("Review the dossiers assigned to it"),
    "host_students": noop("See and receive the students placed with it"),
    "confirm_seats": noop("Confirm its seats per period"),
    "delegate_rights": noop("Hand its rights on, and appoint its reviewers"),
    "negotiate_sharing": noop("Agree with another partner on what each sees"),
}
CALL_RIGHTS: dict[str, str] = {
    "view_dossiers": noop("See the dossiers of this call"),
    "approve_rankings": noop("Approve the ranking of this call"),
}
TRACK_RIGHTS: dict[str, str] = {"host_students": noop("See and receive the students of this track")}
OFFERING_RIGHTS: dict[str, str] = {
    "host_students": noop("See and receive the students of this offering"),
    "confirm_seats": noop("Confirm the seats of this offering"),
}
RIGHTS: dict[Container, dict[str, str]] = {
    Container.CONSORTIUM: CONSORTIUM_RIGHTS,
    Container.PARTY: PARTY_RIGHTS,
    Container.CALL: CALL_RIGHTS,
    Container.TRACK: TRACK_RIGHTS,
    Container.OFFERING: OFFERING_RIGHTS,
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
Grants = Mapping[Container, frozenset[str]]

# A coordinator appoints inclusion officers and cannot read what they read: the office is told to
# keep medical evidence away from itself (domain.md 1.4).
GRANTS: dict[Role, Grants] = {
    Role.COORDINATOR: {Container.CONSORTIUM: frozenset(CONSORTIUM_RIGHTS) - {"open_vault"}},
    Role.OFFICER: {Container.CONSORTIUM: OFFICE_WORK},
    Role.COMMITTEE: {
        Container.CONSORTIUM: frozenset({"enter_office", "view_dossiers", "approve_rankings"})
    },
    Role.FINANCE: {Container.CONSORTIUM: frozenset({"view_funding"})},
    Role.INCLUSION: {Container.CONSORTIUM: frozenset({"open_vault"})},
    Role.OBSERVER: {
        Container.CONSORTIUM: frozenset({"enter_office", "view_dossiers", "view_journal"})
    },
    Role.REVIEWER: {Container.PARTY: frozenset({"review_dossiers"})},
    Role.PARTNER: {Container.PARTY: frozenset(PARTY_RIGHTS) - {"review_dossiers"}},
    Role.DELEGATE: {},
}
# A committee of one call: the door of the office, and that call alone behind it.
OF_ONE_CALL: Grants = {
    Container.CONSORTIUM: frozenset({"enter_office"}),
    Container.CALL: frozenset(CALL_RIGHTS),
}
# What a partner may hand on, and on what. Reviewing is personal and never handed on.
DELEGABLE: Grants = {
    Container.PARTY: frozenset({"host_students", "confirm_seats"}),
    Container.TRACK: frozenset(TRACK_RIGHTS),
    Container.OFFERING: frozenset(OFFERING_RIGHTS),
}
# Rights of a partner that show it people: without a legal basis for the transfer they do not count.
PERSONAL = frozenset({"review_dossiers", "host_students"})
# Holding the second of these is as good as holding the first, for appointing somebody to it.
TO_APPOINT = {"open_vault": "appoint_inclusion"}
NEEDS_PARTY = frozenset({Role.REVIEWER, Role.PARTNER, Role.DELEGATE})
NEEDS_END = frozenset({Role.OBSERVER})
OF_PARTNERS = frozenset({Role.REVIEWER, Role.DELEGATE})  # whom a partner appoints for itself
LONGEST_OBSERVATION_DAYS = 366


def granted(role: Role, *, one_call: bool = False) -> Grants:
    """What the role holds, container by container; `one_call`: appointed for a single call."""
    return OF_ONE_CALL if one_call and role is Role.COMMITTEE else GRANTS[role]

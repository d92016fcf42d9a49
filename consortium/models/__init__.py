"""Tenant, people, time, journal and outbox."""

from consortium.models.grants import ConsortiumUserGrant, PartyGroupGrant, PartyUserGrant
from consortium.models.journal import JournalEntry, Transition
from consortium.models.membership import Membership
from consortium.models.outbox import OutboxMessage
from consortium.models.person import User
from consortium.models.tenant import Consortium, Party, TenantForeignKey, TenantModel

__all__ = [
    "Consortium",
    "ConsortiumUserGrant",
    "JournalEntry",
    "Membership",
    "OutboxMessage",
    "Party",
    "PartyGroupGrant",
    "PartyUserGrant",
    "TenantForeignKey",
    "TenantModel",
    "Transition",
    "User",
]

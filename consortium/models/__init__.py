"""Tenant, people, time, journal and outbox."""

from consortium.models.account import ApiToken, CacheEntry
from consortium.models.delegation import Delegation
from consortium.models.grants import (
    ConsortiumUserGrant,
    GroupGrant,
    PartyGroupGrant,
    PartyUserGrant,
    UserGrant,
)
from consortium.models.journal import JournalEntry, JournalLink, Transition
from consortium.models.membership import Membership
from consortium.models.outbox import OutboxMessage
from consortium.models.person import User
from consortium.models.sealed import SealedTextField, opened, put, sealed_fields, sealed_only
from consortium.models.tenant import (
    Consortium,
    Department,
    Party,
    TenantForeignKey,
    TenantModel,
)
from consortium.models.viewing import Viewing

__all__ = [
    "ApiToken",
    "CacheEntry",
    "Consortium",
    "ConsortiumUserGrant",
    "Delegation",
    "Department",
    "GroupGrant",
    "JournalEntry",
    "JournalLink",
    "Membership",
    "OutboxMessage",
    "Party",
    "PartyGroupGrant",
    "PartyUserGrant",
    "SealedTextField",
    "TenantForeignKey",
    "TenantModel",
    "Transition",
    "User",
    "UserGrant",
    "Viewing",
    "opened",
    "put",
    "sealed_fields",
    "sealed_only",
]

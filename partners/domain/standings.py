"""How it stands with each partner: what it is, what it was granted, whether personal data goes there."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from consortium.access import acting
from consortium.actor import Actor
from consortium.models import PartyGroupGrant
from consortium.roles import PERSONAL
from partners.adequacy import Decision, Derived, derived, partial
from partners.models import Partnership, TransferBasis


@dataclass(frozen=True, slots=True)
class Standing:
    """One partner at one moment.

    granted: codenames of the partner as a whole. by_country: what the country alone gives; limited:
    a decision that covers others there. recorded: the record in force. receives: whether personal
    data goes there now, and `until` when.
    """

    partnership: Partnership
    granted: frozenset[str]
    by_country: Derived | None
    limited: Decision | None
    recorded: TransferBasis | None
    receives: bool
    until: datetime | None

    @property
    def withheld(self) -> frozenset[str]:
        """Rights that do not count, because they would show it people."""
        return frozenset() if self.receives else self.granted & PERSONAL

    @property
    def counts(self) -> frozenset[str]:
        return self.granted - self.withheld


def standings(
    *, actor: Actor, at: datetime, parties: frozenset[int] | None = None
) -> list[Standing]:
    """Every partner, or those of `parties`, in the consortium's order; three queries.

    Runs in the actor's context; what partners were granted is public within the consortium, so the
    house looks it up.
    """
    rows = Partnership.objects.for_actor(actor, "view").for_listing().select_related("party")
    if parties is not None:
        rows = rows.filter(pk__in=sorted(parties))
    held = TransferBasis.objects.for_actor(actor, "view").current(at).select_related("party")
    recorded = {basis.party_id: basis for basis in held}
    return list(_standings(list(rows), recorded, _granted(actor), at))


def _granted(actor: Actor) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    with acting(Actor.system(actor.tenant)):
        # The party's own, not what it handed to a department.
        grants = PartyGroupGrant.objects.filter(
            content_object__consortium_id=actor.tenant, group_id=F("content_object__group_id")
        )
        for party, codename in grants.values_list("content_object_id", "permission__codename"):
            found[party].add(codename)
    return found


def _standings(
    rows: list[Partnership],
    recorded: dict[int, TransferBasis],
    granted: dict[int, set[str]],
    at: datetime,
) -> Iterator[Standing]:
    for row in rows:
        country = row.institution.country
        yield Standing(
            partnership=row,
            granted=frozenset(granted.get(row.pk, ())),
            by_country=derived(country),
            limited=partial(country),
            recorded=recorded.get(row.pk),
            receives=row.party.receives(at),
            until=row.party.receives_until,
        )

"""Admit an institution to a consortium: its party, its group, what it was granted."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.contrib.auth.models import Group, Permission

from consortium import journal
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.errors import NotAllowed
from consortium.models.grants import PartyGroupGrant
from consortium.models.tenant import Consortium, Party
from consortium.roles import PARTY_RIGHTS
from partners.adequacy import derived
from partners.models import Institution, Partnership


@dataclass(frozen=True, slots=True)
class Station:
    """How a partner appears everywhere: code, colour index 1-12, shape, place in the order."""

    code: str
    colour: int = 1
    shape: str = "circle"
    position: int = 0


# Associates host thesis work; they neither review nor enrol (domain.md 1.1, "Partner kinds").
RIGHTS = {
    Partnership.Kind.COORDINATOR: frozenset(PARTY_RIGHTS),
    Partnership.Kind.FULL: frozenset(PARTY_RIGHTS),
    Partnership.Kind.ASSOCIATED: frozenset({"host_students", "confirm_seats"}),
}


def admit(
    institution: Institution,
    *,
    actor: Actor,
    at: datetime,
    consortium: Consortium,
    kind: Partnership.Kind,
    station: Station,
    awards_degree: bool = False,
    role_note: str = "",
) -> Partnership:
    """Make `institution` a partner: writes party, group, grants, partnership and a journal row.

    Outside the EEA and adequate countries no personal data goes there until a basis is recorded.
    """
    if not actor.may("manage_programmes"):
        raise NotAllowed("Only who manages programmes may admit partners.")
    with acting(actor):
        with as_login():
            group, _ = Group.objects.get_or_create(name=f"{institution.key}@{consortium.slug}")
        by_country = derived(institution.country)
        party = Party.objects.create(
            consortium=consortium,
            group=group,
            code=station.code,
            name=institution.name,
            receives_personal=by_country is not None,
            receives_until=by_country.until if by_country else None,
        )
        grant_to_party(party, RIGHTS[kind])
        partnership = Partnership.objects.create(
            party=party,
            consortium=consortium,
            institution=institution,
            kind=kind,
            awards_degree=awards_degree,
            role_note=role_note,
            **asdict(station),
        )
        journal.record(
            "partnership.admit", partnership, actor=actor, at=at, facts={"kind": kind.value}
        )
    return partnership


def grant_to_party(party: Party, codenames: frozenset[str]) -> None:
    """Bring what a party as a whole was granted to exactly `codenames`."""
    held = PartyGroupGrant.objects.filter(group_id=party.group_id, content_object=party)
    held.exclude(permission__codename__in=codenames).delete()
    permissions = Permission.objects.filter(
        content_type__app_label="consortium",
        content_type__model="party",
        codename__in=codenames,
    )
    PartyGroupGrant.objects.bulk_create(
        [
            PartyGroupGrant(group_id=party.group_id, permission=permission, content_object=party)
            for permission in permissions
        ],
        ignore_conflicts=True,
    )

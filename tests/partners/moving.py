"""A partner moves to a country to which personal data may not go by itself."""

from consortium.access import acting
from consortium.models import Party
from partners.domain.transfers import settle
from partners.models import Institution
from tests.world import NOON, World


def move(world: World, code: str = "LJU", country: str = "US") -> Party:
    """The institution of a partner is in `country` from now on; the party stands accordingly."""
    partnership = world.partnership(code)
    with acting(world.system()):
        Institution.objects.filter(pk=partnership.institution_id).update(country=country)
        party = Party.objects.get(pk=partnership.pk)
        settle(party, NOON)
    return party

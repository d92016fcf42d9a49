"""Publish a programme version: from then on everybody sees it."""

from datetime import datetime

from django.utils.translation import gettext as _

from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Incomplete
from consortium.lifecycle import advance
from mobility_tracks.models import Offering, ProgrammeVersion


def publish_version(version_id: object, *, actor: Actor, at: datetime) -> ProgrammeVersion:
    """Show a draft to the public. Writes the state.

    Needs `manage_programmes`. Raises WrongState unless it is a draft, Incomplete while no host
    offers anything in it.
    """
    with acting(actor):
        version = ProgrammeVersion.objects.locked(actor, "manage", version_id)
        if not Offering.objects.filter(period__version=version).exists():
            raise Incomplete(
                _("A version is published with what its hosts offer."),
                fact=_("%(title)s has no offering.") % {"title": version.title},
                next_step=_("Add offerings to the file and load it again."),
            )
        advance(version, "publish", actor=actor, at=at)
    return version

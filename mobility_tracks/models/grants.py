"""Rights that a partner handed on for one track or one offering: see consortium/models/grants.py."""

from django.db import models

from consortium.models import GroupGrant, UserGrant
from consortium.roles import Container
from mobility_tracks.models.programme import Offering
from mobility_tracks.models.track import Track


class TrackUserGrant(UserGrant):
    """A right of one person on the students of a track, at the partner that handed it on."""

    container = Container.TRACK
    content_object = models.ForeignKey(Track, on_delete=models.CASCADE)

    class Meta(UserGrant.Meta):
        abstract = False


class TrackGroupGrant(GroupGrant):
    """The same for a department."""

    container = Container.TRACK
    content_object = models.ForeignKey(Track, on_delete=models.CASCADE)

    class Meta(GroupGrant.Meta):
        abstract = False


class OfferingUserGrant(UserGrant):
    """A right of one person on an offering of the partner that handed it on."""

    container = Container.OFFERING
    content_object = models.ForeignKey(Offering, on_delete=models.CASCADE)

    class Meta(UserGrant.Meta):
        abstract = False


class OfferingGroupGrant(GroupGrant):
    """The same for a department."""

    container = Container.OFFERING
    content_object = models.ForeignKey(Offering, on_delete=models.CASCADE)

    class Meta(GroupGrant.Meta):
        abstract = False

"""Rights of people on one call: see consortium/models/grants.py."""

from django.db import models

from admissions.models.call import Call
from consortium.models import UserGrant
from consortium.roles import Container


class CallUserGrant(UserGrant):
    """A right of a committee member on one call."""

    container = Container.CALL
    content_object = models.ForeignKey(Call, on_delete=models.CASCADE)

    class Meta(UserGrant.Meta):
        abstract = False

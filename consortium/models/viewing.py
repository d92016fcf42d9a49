"""Somebody looks at pages as somebody else sees them: who, as whom, why, until when."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import TenantModel
from consortium.policies import VIEWING
from consortium.scoping import ScopedQuerySet


class ViewingQuerySet(ScopedQuerySet["Viewing"]):
    policy = VIEWING

    def current(self, at: datetime) -> Self:
        return self.filter(starts_at__lte=at, ends_at__gt=at)


class Viewing(TenantModel):
    """One time that `viewer_name` looked as `user` does. The person reads it on their account page."""

    concerns = "user"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(_("as"), max_length=200)
    viewer_id = models.BigIntegerField(_("by"))
    viewer_name = models.CharField(_("by"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    objects = ViewingQuerySet.as_manager()

    class Meta:
        verbose_name = _("look as somebody else")
        verbose_name_plural = _("looks as somebody else")
        indexes = [models.Index(fields=["user", "-starts_at"], name="viewing_of_user")]

    def __str__(self) -> str:
        return f"{self.viewer_name}: {self.person_name}"

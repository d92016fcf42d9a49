"""What belongs to an account and to no consortium's rows: API tokens; counters that processes share."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consortium.models.tenant import Consortium

LONGEST = timedelta(days=365)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def alive(self, at: datetime) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=at, owner__is_active=True)


class ApiToken(models.Model):
    """Lets a program act as its owner in one consortium, within the rights they hold at that moment.

    Of the secret only its SHA-256 is kept; `prefix` is its beginning, by which people tell tokens
    apart. `minute` and `used` count the requests of the running minute.
    """

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # Not named `consortium`: that column makes a row of the tenant, and this one is the person's.
    for_consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("beginning"), max_length=12)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    scope = models.CharField(_("may"), max_length=5, choices=Scope.choices, default=Scope.READ)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("ends"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    minute = models.DateTimeField(_("running minute"), null=True)
    used = models.PositiveIntegerField(_("requests in that minute"), default=0)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "for_consortium", "name"],
                condition=models.Q(revoked_at__isnull=True),
                name="apitoken_name_once",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    expires_at__gt=models.F("created_at"),
                    expires_at__lte=models.F("created_at") + LONGEST,
                ),
                name="apitoken_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def consortium_id(self) -> int:
        """For the journal, which files an entry under its subject's consortium."""
        return self.for_consortium_id

    @property
    def may_write(self) -> bool:
        return self.scope == self.Scope.WRITE


class CacheEntry(models.Model):
    """The table of Django's database cache, so that a migration makes it: counters of attempts.

    Read and written by Django's cache alone.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        default_permissions = ()

    def __str__(self) -> str:
        return self.cache_key

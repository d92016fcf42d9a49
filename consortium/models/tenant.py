"""The tenant, the parties that act in it, and the base of every row that belongs to it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _
from uuid_utils import compat as uuid_utils

from consortium.policies import DEPARTMENT, PARTY
from consortium.roles import CONSORTIUM_RIGHTS, PARTY_RIGHTS
from consortium.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from consortium.lifecycle import Lifecycle

RESERVED_SLUGS = frozenset(
    {"account", "admin", "api", "demo", "i18n", "livez", "media", "operator", "readyz", "static"}
)


def new_id() -> UUID:
    """A time-ordered identifier (UUIDv7). It names a row; it is never a secret."""
    identifier: UUID = uuid_utils.uuid7()
    return identifier


class Consortium(models.Model):
    """The tenant: a group of institutions that run one joint programme under one agreement.

    Its own row is public. `invented` marks consortia that exist only for demonstration.
    """

    slug = models.SlugField(
        _("address"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]+$")],
    )
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("full title"), max_length=300, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=8, default="en")
    contact_email = models.EmailField(_("contact address"), blank=True)
    invented = models.BooleanField(_("invented"), default=False)

    class Meta:
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)), name="consortium_slug_free"
            )
        ]
        default_permissions = ()
        permissions = tuple(CONSORTIUM_RIGHTS.items())

    def __str__(self) -> str:
        return self.name


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]  # generic only in stubs
    """A reference within one consortium.

    The database constraint is the composite one on (consortium_id, id) which the wall registry
    installs: a plain one looks past row security and would accept another tenant's row.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(*args, **kwargs)


class TenantModel(models.Model):
    """A row of one consortium. Subclasses name a ScopedQuerySet, a wall and register entries.

    concerns: the way to the account that a row is about, as `dossier__applicant`; the journal tells
    by it for whom an act was. Empty where a row is about nobody in particular.
    """

    concerns: ClassVar[str] = ""

    if TYPE_CHECKING:
        consortium_id: int
        state: str
        lifecycle: ClassVar[Lifecycle]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


def receiving(path: str, at: datetime | None) -> models.Q:
    """Parties to which personal data may go at `at`; `path` leads from the model to the party."""
    until = f"{path}receives_until"
    ended = {f"{until}__gt": at or Now()}
    no_end = models.Q(**{f"{until}__isnull": True}) | models.Q(**ended)
    return models.Q(**{f"{path}receives_personal": True}) & no_end


class PartyQuerySet(ScopedQuerySet["Party"]):
    policy = PARTY


class Party(models.Model):
    """Those of one institution, in one consortium, who act together: a principal of rights.

    `group` carries the grants; `partners.Partnership` says what the institution is here.
    `receives_personal`: there is a legal basis for personal data to go there, or none is needed
    (partners/domain/transfers.py), until `receives_until` where that has an end; without it both
    walls keep people's data from the party.
    """

    consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="+")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="party")
    code = models.CharField(_("station code"), max_length=3)
    name = models.CharField(_("name"), max_length=200)
    receives_personal = models.BooleanField(_("may receive personal data"), default=True)
    receives_until = models.DateTimeField(_("until"), null=True, blank=True)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        default_permissions = ()
        permissions = tuple(PARTY_RIGHTS.items())
        constraints = [
            models.UniqueConstraint(fields=["consortium", "code"], name="party_code_once")
        ]

    def __str__(self) -> str:
        return self.name

    def receives(self, at: datetime | None) -> bool:
        """Whether personal data may go there at `at`; the period is half-open."""
        ended = self.receives_until is not None and (at is None or at >= self.receives_until)
        return self.receives_personal and not ended


class DepartmentQuerySet(ScopedQuerySet["Department"]):
    policy = DEPARTMENT


class Department(TenantModel):
    """A department to which a party hands rights on: a principal within that party's rights.

    `group` carries what was handed to it; its people hold that through their memberships.
    """

    party = TenantForeignKey(Party, on_delete=models.PROTECT, related_name="departments")
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="department")
    name = models.CharField(_("name"), max_length=200)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]
        constraints = [models.UniqueConstraint("party", Lower("name"), name="department_name_once")]

    def __str__(self) -> str:
        return self.name

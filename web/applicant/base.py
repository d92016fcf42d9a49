"""What the applicant's pages share: the stops, and the own dossier of the address."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from admissions.models import Dossier
from admissions.reference_number import canonical, spell
from consortium.access import acting
from consortium.errors import NotFound
from mobility_tracks.models import Enrolment
from web.base import ApplicantPage, NavItem


class OwnPage(ApplicantPage):
    """Any page of a person about themselves in one consortium."""

    stop = "apply"

    def nav(self) -> Iterable[NavItem]:
        """Runs inside the actor's context."""
        at = [self.consortium.slug]
        yield NavItem(
            _("My applications"), reverse("applicant:dashboard", args=at), self.stop == "apply"
        )
        if Enrolment.objects.for_actor(self.actor, "view").exists():
            yield NavItem(
                _("My studies"), reverse("applicant:study", args=at), self.stop == "study"
            )
        yield NavItem(_("The programme"), reverse("public:programme", args=at))


class DossierPage(OwnPage):
    """A page under one own dossier; somebody else's does not exist."""

    dossier: Dossier

    def admit(self) -> None:
        super().admit()
        number = canonical(self.kwargs["ref"])
        if number is None:
            raise NotFound
        with acting(self.actor):
            rows = Dossier.objects.all().select_related("call__intake", "call__consortium")
            self.dossier = rows.reach(self.actor, "view", reference=spell(number))

    def at_url(self, name: str, **more: Any) -> str:
        """The address of a page of this dossier."""
        values = {"consortium": self.consortium.slug, "ref": self.dossier.reference, **more}
        return reverse(f"applicant:{name}", kwargs=values)

    @property
    def is_open(self) -> bool:
        """Whether the draft can be changed now."""
        return self.dossier.state == "draft" and self.dossier.call.is_taking_dossiers(self.at)

    def page(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        shared = {
            "dossier": self.dossier,
            "call": self.dossier.call,
            "is_open": self.is_open,
            "list_url": self.at_url("dossier"),
        }
        return super().page({**shared, **context}, status=status)

"""An organisation of the world: shared by every consortium it sits in, and public."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Institution(models.Model):
    """A university, research centre, company or network.

    Codes are optional: research networks have no Erasmus code, PIC or SCHAC identifier.
    """

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("University")
        RESEARCH = "research", _("Research centre")
        COMPANY = "company", _("Company")
        NETWORK = "network", _("Network")

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1 alpha-2"))
    erasmus_code = models.CharField(_("Erasmus code"), max_length=20, blank=True)
    schac = models.CharField(_("SCHAC domain"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

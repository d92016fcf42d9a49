"""The basis on which personal data goes to a partner, in words, for the office and the partner."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from consortium.roles import RIGHTS, Container
from partners.domain.standings import Standing
from web.countries import country_name


@dataclass(frozen=True, slots=True)
class BasisWords:
    """label: the basis in a phrase. source: law or document. why: what stands in the way."""

    standing: Standing
    label: str | Promise
    source: str
    tone: str
    until: datetime | None
    why: str
    country: str
    counts: list[str]
    withheld: list[str]


def in_words(standing: Standing) -> BasisWords:
    """The record before the country: whoever recorded one relies on it."""
    label, source = _basis(standing)
    return BasisWords(
        standing=standing,
        label=label if standing.receives else _("no basis"),
        source=source if standing.receives else "",
        tone="done" if standing.receives else "problem",
        until=standing.until if standing.receives else None,
        why="" if standing.receives else _why(standing),
        country=country_name(standing.partnership.institution.country),
        counts=_rights(standing.counts),
        withheld=_rights(standing.withheld),
    )


def _basis(standing: Standing) -> tuple[str | Promise, str]:
    if standing.recorded is not None:
        dated = f"{standing.recorded.dated:%Y-%m-%d}"
        return standing.recorded.get_kind_display(), f"{standing.recorded.document}, {dated}"
    if standing.by_country is not None:
        return standing.by_country.label, standing.by_country.source
    return _("none"), ""


def _why(standing: Standing) -> str:
    country = country_name(standing.partnership.institution.country)
    if standing.limited is not None:
        return _("The adequacy decision for %(country)s, %(source)s, covers only %(only)s.") % {
            "country": country,
            "source": standing.limited.source,
            "only": standing.limited.only,
        }
    if standing.until is not None:
        return _("The basis ended on %(day)s.") % {"day": f"{standing.until:%Y-%m-%d}"}
    return _("%(country)s is outside the European Economic Area and has no adequacy decision.") % {
        "country": country
    }


def _rights(codenames: frozenset[str]) -> list[str]:
    return [words for name, words in RIGHTS[Container.PARTY].items() if name in codenames]

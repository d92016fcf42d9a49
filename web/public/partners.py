"""The partners of a programme, by what they are in it. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mobility_tracks.models import Offering, Period
from partners.models import Partnership
from web.pictures.adapters import station_of

# Associates, by what they host.
_TEACHES, _RESEARCHES, _ASSISTS = "teaches", "researches", "assists"


def groups_of(partners: Sequence[Partnership], offerings: Iterable[Offering]) -> list[Any]:
    """Groups (title, hosts); associates say whose teaching they take part in."""
    kinds: dict[object, set[str]] = {}
    for offering in offerings:
        kinds.setdefault(offering.host_id, set()).add(offering.period.kind)
    names = {row.pk: row.code for row in partners}
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in partners:
        groups.setdefault(_group(row, kinds.get(row.pk, set())), []).append(
            {"row": row, "station": station_of(row), "with": names.get(row.attached_to_id, "")}
        )
    titles = {
        Partnership.Kind.COORDINATOR: _("Coordinates"),
        Partnership.Kind.FULL: _("Teach and award the degree"),
        _TEACHES: _("Teach, and award no degree"),
        _RESEARCHES: _("Host research and theses"),
        _ASSISTS: _("Take part"),
    }
    return [
        {"title": title, "hosts": groups[kind]} for kind, title in titles.items() if kind in groups
    ]


def _group(row: Partnership, kinds: set[str]) -> str:
    if row.kind != Partnership.Kind.ASSOCIATED:
        return row.kind
    if kinds - {Period.Kind.THESIS}:
        return _TEACHES
    return _RESEARCHES if kinds else _ASSISTS

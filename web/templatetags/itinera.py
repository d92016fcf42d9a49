"""The few words that templates lack: station, symbol, status, deadline."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from web.moments import moment
from web.stations import Station
from web.stations import station as identity

register = template.Library()

TONES = {"todo", "doing", "done", "time", "problem", "blocked", "closed"}


def _station(given: Station | str) -> Station:
    return identity(given) if isinstance(given, str) else given


@register.simple_tag
def symbol(given: Station | str) -> SafeString:
    """The coloured shape alone; whoever uses it writes the code beside it."""
    station = _station(given)
    return format_html(
        '<svg class="symbol {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        station.css,
        station.path,
    )


@register.inclusion_tag("components/station.html")
def station(given: Station | str, *, name: bool = False, url: str = "") -> dict[str, Any]:
    """Chip: shape and code; `name=True` writes the institution's name out."""
    return {"station": _station(given), "with_name": name, "url": url}


@register.simple_tag
def status(word: str, tone: str = "todo") -> SafeString:
    """An adjective with the mark of its tone: one of TONES."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"{tone!r} is no tone; there are {sorted(TONES)}.")
    return format_html('<span class="status status--{}">{}</span>', tone, word)


@register.inclusion_tag("components/deadline.html", takes_context=True)
def deadline(
    context: template.Context, at: datetime, zone: str = "", *, distance: bool = True
) -> dict[str, Any]:
    """UTC, distance by the page's clock, and the wall clock in the announced zone."""
    now = context.get("clock") if distance else None
    return {"moment": moment(at, now=now, zone=zone)}


@register.filter
def first_control(field: Any) -> str:
    """Where a link from the error summary lands: the control that can take the focus."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)

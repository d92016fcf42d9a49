"""Words of the desks: states, countries, stations, names in their script, marks."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from admissions.names import is_latin
from web.countries import country_name
from web.moments import distance, moment
from web.office.words import said
from web.pictures.adapters import station_at, station_of
from web.stations import Station
from web.templatetags.itinera import status

register = template.Library()
_LINK = re.compile(r"https?://\S+")


@register.simple_tag
def state_of(row: Any) -> SafeString:
    """The state of anything that has states, as an adjective with its mark."""
    return status(*said(row.lifecycle.subject, row.state))


@register.simple_tag
def state_word(subject: str, state: str) -> str:
    return said(subject, state)[0]


@register.filter
def country(code: str) -> str:
    """FR as France, in the reader's language."""
    return country_name(code)


@register.filter
def host_station(partnership: Any) -> Station:
    """Needs the partnership with its institution."""
    return station_of(partnership)


@register.filter
def in_latin(name: str) -> bool:
    return is_latin(name)


@register.simple_tag(takes_context=True)
def ago(context: template.Context, at: datetime) -> str:
    """In 6 days, 2 hours ago, by the page's clock."""
    return distance(at, context["clock"])


@register.simple_tag(takes_context=True)
def day(context: template.Context, at: datetime) -> SafeString:
    """The day of an instant in the consortium's zone; the instant itself on the mark."""
    local = at.astimezone(ZoneInfo(context["consortium"].zone))
    utc_words = moment(at).utc
    words = date_format(local, "j M Y")
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), utc_words, words)


@register.filter
def utc(at: datetime) -> str:
    """The instant on its own, for dense tables."""
    return moment(at).utc


@register.filter
def at_key(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key, "")


@register.filter
def stop_station(stop: Any) -> Station:
    """The station of a stop of the track map."""
    return station_at(stop)


@register.filter
def media_kind(media_type: str) -> str:
    """application/pdf as PDF."""
    return media_type.rpartition("/")[2].upper()[:4]


@register.filter
def without_links(text: str) -> str:
    """A mail as the office may read it: a link can be the key of whom it was sent to."""
    return _LINK.sub("…", text)

"""Instants in words: always UTC first, then how far away, then the same minute elsewhere."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = timedelta(days=7)
HOUR, DAY = 60, 24 * 60  # minutes


def amount(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < HOUR:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 2 * DAY:
        hours = minutes // HOUR
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = minutes // DAY
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


def distance(at: datetime, now: datetime) -> str:
    """In 6 days, 2 hours ago: rounded down, so that nobody is promised time they lack."""
    if at >= now:
        return _("in %(span)s") % {"span": amount(at - now)}
    return _("%(span)s ago") % {"span": amount(now - at)}


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant, ready to be shown. `elsewhere` is the wall clock in the announced zone."""

    iso: str
    utc: str
    distance: str
    elsewhere: str
    zone: str
    soon: bool
    past: bool


def moment(at: datetime, *, now: datetime | None = None, zone: str = "") -> Moment:
    """Needs an aware `at`. Without `now` there is no distance, as on paper."""
    utc = at.astimezone(UTC)
    local = at.astimezone(ZoneInfo(zone)) if zone and zone != "UTC" else None
    return Moment(
        iso=utc.isoformat(timespec="minutes"),
        utc=date_format(utc, "D j M Y, H:i") + " UTC",
        distance=distance(at, now) if now else "",
        elsewhere=_elsewhere(utc, local) if local else "",
        zone=zone.rsplit("/", 1)[-1].replace("_", " ") if local else "",
        soon=bool(now and now <= at < now + SOON),
        past=bool(now and at < now),
    )


def _elsewhere(utc: datetime, local: datetime) -> str:
    same_day = utc.date() == local.date()
    return date_format(local, "H:i" if same_day else "D H:i")

"""When wishes can be given: half-open, by the instant at which the request arrived."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consortium.errors import WindowClosed
from mobility_tracks.models import AllocationRound


def told(instant: datetime, zone: str) -> str:
    """1 Mar 2028, 17:00 Europe/Paris (1 Mar 2028, 16:00 UTC)."""
    utc = f"{date_format(instant.astimezone(UTC), 'j M Y, H:i')} UTC"
    local = f"{date_format(instant.astimezone(ZoneInfo(zone)), 'j M Y, H:i')} {zone}"
    return utc if zone == "UTC" else f"{local} ({utc})"


def require_open(round_: AllocationRound, at: datetime) -> None:
    """Raises WindowClosed unless the round is open and `at` lies in its window."""
    if round_.state == "open" and round_.opens_at <= at < round_.closes_at:
        return
    words = {
        "opens": told(round_.opens_at, round_.zone),
        "closes": told(round_.closes_at, round_.zone),
        "at": told(at, "UTC"),
    }
    is_early = at < round_.opens_at and round_.state == "open"
    raise WindowClosed(
        _("Wishes can be given from the opening of a round until before its deadline."),
        fact=_("It opens on %(opens)s; your request arrived on %(at)s.") % words
        if is_early
        else _("The deadline was %(closes)s; your request arrived on %(at)s.") % words,
        next_step=_("Come back then.")
        if is_early
        else _("What you gave before counts. If something is wrong, write to the office."),
    )

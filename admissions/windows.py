"""Windows of time: half-open, judged by the instant at which the request arrived.

A deadline is shown in the zone it was announced in and in UTC; the comparison knows no zone.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from admissions.models import Call
from consortium.errors import WindowClosed


def told(instant: datetime, zone: str) -> str:
    """28 Feb 2027, 23:59 Europe/Paris (28 Feb 2027, 22:59 UTC); seconds only where there are any."""
    utc = _wall_clock(instant, "UTC")
    if zone == "UTC":
        return utc
    return f"{_wall_clock(instant, zone)} ({utc})"


def _wall_clock(instant: datetime, zone: str) -> str:
    local = instant.astimezone(UTC if zone == "UTC" else ZoneInfo(zone))
    return f"{date_format(local, 'j M Y, H:i:s' if local.second else 'j M Y, H:i')} {zone}"


def require_open(call: Call, at: datetime, *, route: str = "") -> None:
    """Raises WindowClosed unless `at` lies in the call's window, or in that of its `route`."""
    if at < call.opens_at:
        raise WindowClosed(
            _("Dossiers can be worked on from the opening of the call."),
            fact=_("It opens on %(when)s.") % {"when": told(call.opens_at, call.zone)},
            next_step=_("Come back then."),
        )
    deadline = deadline_of(call, route)
    if at >= deadline or call.state != "open":
        raise WindowClosed(
            _("A dossier can be changed, submitted and reopened only before the deadline."),
            fact=_("The deadline was %(deadline)s; your request arrived on %(at)s.")
            % {"deadline": told(deadline, call.zone), "at": told(at, "UTC")},
            next_step=_next_step(call, at),
        )


def deadline_of(call: Call, route: str = "") -> datetime:
    """The call's deadline, or the earlier one of the route that was chosen."""
    for each in call.routes:
        if each["code"] == route and each.get("closes_at"):
            return min(call.closes_at, datetime.fromisoformat(each["closes_at"]))
    return call.closes_at


def _next_step(call: Call, at: datetime) -> str:
    if call.state == "open" and at < call.closes_at:
        return _("Another way of funding is still open: choose it and submit again.")
    address = call.consortium.contact_email
    if address:
        return _(
            "What you entered is kept. If something outside your control held you up,"
            " write to the consortium office: %(address)s."
        ) % {"address": address}
    return _(
        "What you entered is kept. If something outside your control held you up,"
        " write to the consortium office."
    )

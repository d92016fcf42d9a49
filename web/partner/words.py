"""An agreement in one sentence, its days, and what a new version changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.items import ITEMS, Item
from partners.models import SharingAgreement

# What `SharingAgreement.standing` says: (word, tone of components/status.html).
STANDING = {
    "proposed": (gettext_lazy("proposed"), "time"),
    "agreed": (gettext_lazy("agreed, not begun"), "doing"),
    "in_force": (gettext_lazy("in force"), "done"),
    "expired": (gettext_lazy("expired"), "closed"),
    "superseded": (gettext_lazy("superseded"), "closed"),
    "revoked": (gettext_lazy("revoked"), "closed"),
    "declined": (gettext_lazy("declined"), "closed"),
    "withdrawn": (gettext_lazy("withdrawn"), "closed"),
}


def first_instant(day: date, zone: str) -> datetime:
    """The beginning of a day in a zone."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone))


def after(day: date, zone: str) -> datetime:
    """The instant at which a day is over, in a zone."""
    return first_instant(day + timedelta(days=1), zone)


def first_day(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


def last_day(instant: datetime, zone: str) -> date:
    """The last day of a period that excludes `instant`."""
    return first_day(instant - timedelta(microseconds=1), zone)


def listed(words: Sequence[str]) -> str:
    """Transcripts, diplomas and letters."""
    if len(words) < 2:
        return "".join(words)
    return _("%(some)s and %(last)s") % {"some": ", ".join(words[:-1]), "last": words[-1]}


def items_in_words(items: Iterable[str]) -> str:
    chosen = set(items)
    return listed([str(item.label) for item in Item if item in chosen])


def sentence(
    giver: str,
    receiver: str,
    items: Iterable[str],
    *,
    days: tuple[datetime | None, datetime | None],
    zone: str,
) -> str:
    """Who lets whom see what of whom, from when until when."""
    starts_at, ends_at = days
    since = (
        _("from %(day)s") % {"day": date_format(first_day(starts_at, zone), "j M Y")}
        if starts_at
        else _("from its acceptance")
    )
    until = (
        _("until %(day)s") % {"day": date_format(last_day(ends_at, zone), "j M Y")}
        if ends_at
        else _("until one of the two revokes it")
    )
    return _(
        "%(giver)s lets %(receiver)s see the %(items)s of the students it sends there,"
        " %(since)s %(until)s."
    ) % {
        "giver": giver,
        "receiver": receiver,
        "items": items_in_words(items),
        "since": since,
        "until": until,
    }


def sentence_of(agreement: SharingAgreement, zone: str) -> str:
    """Needs both sides with their institutions."""
    return sentence(
        agreement.giver.institution.name,
        agreement.receiver.institution.name,
        agreement.items,
        days=(agreement.starts_at, agreement.ends_at),
        zone=zone,
    )


def change(agreement: SharingAgreement) -> str:
    """What a version adds to the one it replaces, and what it leaves out; needs `replaces`."""
    before = agreement.replaces
    if before is None:
        return ""
    more = [item for item in Item if item in set(agreement.items) - set(before.items)]
    less = [item for item in Item if item in set(before.items) - set(agreement.items)]
    parts = []
    if more:
        parts.append(_("adds the %(items)s") % {"items": items_in_words(more)})
    if less:
        parts.append(_("leaves out the %(items)s") % {"items": items_in_words(less)})
    said = listed(parts) or _("changes days or note")
    return _("Instead of version %(n)d: %(change)s.") % {"n": before.version, "change": said}


@dataclass(frozen=True, slots=True)
class Line:
    """An agreement as a page shows it. since: when it was accepted, else proposed; until: its end."""

    agreement: SharingAgreement
    sentence: str
    change: str
    word: str
    tone: str
    since: datetime
    until: datetime | None


def line_of(agreement: SharingAgreement, *, at: datetime, zone: str) -> Line:
    word, tone = STANDING[agreement.standing(at)]
    refused = agreement.answered_at if agreement.state == "declined" else None
    return Line(
        agreement=agreement,
        sentence=sentence_of(agreement, zone),
        change=change(agreement),
        word=str(word),
        tone=tone,
        since=agreement.starts_at or agreement.proposed_at,
        until=agreement.ended_at or refused or agreement.ends_at,
    )


def explained(items: Iterable[str]) -> list[dict[str, Any]]:
    """Each item with what it holds and whose it is."""
    chosen = set(items)
    return [
        {"item": item, "label": capfirst(str(item.label)), "told": ITEMS[item]}
        for item in Item
        if item in chosen
    ]

"""The passport: asked once the place was taken, sealed, revealed to the office for a reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils.translation import gettext as _

from admissions.models import Dossier, Passport
from admissions.section_values import Asked, WrongValue, line, to_country, to_day
from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Incomplete, Invalid, NotAllowed, WrongState
from consortium.models import opened, put

FIELDS = ("number", "country", "expires_on")
NUMBER = re.compile(r"[A-Z0-9]{5,20}")


@dataclass(frozen=True, slots=True)
class Told:
    """What stands in a passport: number, ISO 3166 country, last day on which it is valid."""

    number: str
    country: str
    expires_on: date


def give(dossier_id: object, *, actor: Actor, at: datetime, values: Mapping[str, Any]) -> Passport:
    """Seal what the applicant typed of their own passport: all of FIELDS, again at any time.

    Raises WrongState before the place was taken, Invalid with a message for each field.
    """
    typed = _read(values, at)
    with acting(actor):
        dossier = _of_a_place_taken(actor, dossier_id)
        found = Passport.objects.for_actor(actor, "edit").filter(dossier=dossier)
        before = found.select_for_update(of=("self",), no_key=True).first()
        passport = before or Passport(consortium_id=dossier.consortium_id, dossier=dossier)
        put(passport, **typed)
        passport.saved_at = at
        # An applicant may update no other columns.
        passport.save(update_fields=[*FIELDS, "saved_at"] if before else None)
        journal.record("passport.give", passport, actor=actor, at=at)
    return passport


def own(dossier: Dossier, *, actor: Actor) -> Told | None:
    """What the applicant gave; one's own is no look. `dossier` was reached by `actor` before."""
    with acting(actor):
        passport = Passport.objects.for_actor(actor, "edit").filter(dossier=dossier).first()
        return None if passport is None else _told(passport)


def reveal(dossier_id: object, *, actor: Actor, at: datetime, reason: str) -> Told:
    """Open a passport for the office, which says why; the journal keeps who, when and the reason.

    Needs `enrol_students` and a dossier whose place was taken. Raises NotFound, Invalid without a
    reason, Incomplete where none was given yet.
    """
    why = reason.strip()
    if not why:
        raise Invalid(
            _("Whoever opens a passport says why."),
            fields={"reason": _("Say what you need it for.")},
        )
    with acting(actor):
        dossier = Dossier.objects.reach(actor, "enrol", pk=dossier_id)
        passport = Passport.objects.for_actor(actor, "reveal").filter(dossier=dossier).first()
        if passport is None:
            raise Incomplete(
                _("A passport is given by the applicant, once the place was taken."),
                fact=_("It was not given yet."),
                next_step=_("Ask the applicant to give it."),
            )
        told = _told(passport)
        facts = {"dossier": str(dossier.pk), "fields": list(FIELDS)}
        journal.record("vault.read", passport, actor=actor, at=at, reason=why[:500], facts=facts)
    return told


def _told(passport: Passport) -> Told:
    return Told(
        number=opened(passport, "number"),
        country=opened(passport, "country"),
        expires_on=date.fromisoformat(opened(passport, "expires_on")),
    )


def _of_a_place_taken(actor: Actor, dossier_id: object) -> Dossier:
    try:
        return Dossier.objects.locked(actor, "identify", dossier_id)
    except NotAllowed:
        raise WrongState(
            _("A passport is asked once the place was taken, not before."),
            fact=_("Nobody needs yours yet."),
            next_step=_("You are asked for it after you accept an offer."),
        ) from None


def _read(values: Mapping[str, Any], at: datetime) -> dict[str, str]:
    asked = Asked(at.astimezone(UTC).date(), ())
    typed: dict[str, str] = {}
    wrong = dict.fromkeys(values.keys() - set(FIELDS), _("This is not part of a passport."))
    for name, reader in _READERS.items():
        try:
            typed[name] = reader(values.get(name), asked)
        except WrongValue as refusal:
            wrong[name] = str(refusal)
    if wrong:
        raise Invalid(
            _("Nothing was saved, because some of it cannot be right."),
            next_step=_("Correct what is marked and save again."),
            fields=wrong,
        )
    return typed


def _number(value: Any, asked: Asked) -> str:
    text = re.sub(r"[\s-]", "", line(40)(value, asked)).upper()
    if not NUMBER.fullmatch(text):
        raise WrongValue(_("Write the number as on the document: 5 to 20 letters and digits."))
    return text


def _country(value: Any, asked: Asked) -> str:
    code = to_country(value, asked)
    if not code:
        raise WrongValue(_("Say which country issued it."))
    return code


def _expiry(value: Any, asked: Asked) -> str:
    last = to_day(value, asked)
    if last is None:
        raise WrongValue(_("Give the last day on which it is valid."))
    if last < asked.today:
        raise WrongValue(_("It has expired. Give the new one once you have it."))
    return last.isoformat()


_READERS: dict[str, Callable[[Any, Asked], str]] = {
    "number": _number,
    "country": _country,
    "expires_on": _expiry,
}

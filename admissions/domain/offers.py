"""Prepare and send offers; the applicant accepts or declines before they expire."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from admissions import messages
from admissions.models import Call, Dossier, Offer
from admissions.windows import told
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotFound, WindowClosed, WrongState
from consortium.models import Consortium
from mobility_tracks.domain.enrolments import enrol
from mobility_tracks.models import Track

LIVE = ("prepared", "sent", "accepted")
END_OF_DAY = time(23, 59)


def prepare(
    dossier_id: object,
    *,
    actor: Actor,
    at: datetime,
    track: Track | UUID | None = None,
    route: str = "",
    conditions: str = "",
    expires_at: datetime | None = None,
) -> Offer:
    """Write an offer that only the office sees, for a selected dossier.

    To be answered before `expires_at`: unless given, the end of the day (23:59) in the call's zone,
    `reply_days` after `at`. Raises WrongState unless the dossier is selected, Conflict for a second
    live offer, NotFound for an unknown track, Invalid for a track or route that is not the call's
    or an expiry in the past.
    """
    with acting(actor):
        dossier = Dossier.objects.locked(actor, "offer", dossier_id)
        _check_selected(dossier)
        expires_at = expires_at or reply_by(dossier.call, at)
        _check_terms(dossier.call, at, route, expires_at)
        offer = Offer.objects.create(
            consortium_id=dossier.consortium_id,
            dossier=dossier,
            track=_track(track, dossier.call, actor),
            route=route,
            conditions=conditions.strip(),
            expires_at=expires_at,
            zone=dossier.call.zone,
            prepared_at=at,
        )
        facts = {"dossier": str(dossier.pk), "expires_at": expires_at.isoformat()}
        journal.record("offer.prepare", offer, actor=actor, at=at, facts=facts)
    return offer


def send(offer_ids: Iterable[object], *, actor: Actor, at: datetime) -> list[Offer]:
    """Send prepared offers, all of them or none, and tell each applicant that there is news.

    Raises NotFound for an unknown offer, WrongState for one that is not prepared, WindowClosed for
    one that would have expired already.
    """
    ids = sorted(set(offer_ids), key=str)
    if not ids:
        raise Invalid(_("Choose at least one offer."), fields={"offers": _("None is chosen.")})
    with acting(actor):
        offers = [Offer.objects.locked(actor, "manage", pk) for pk in ids]
        dossiers = {
            o.dossier_id: Dossier.objects.locked(actor, "offer", o.dossier_id) for o in offers
        }
        for offer in offers:
            _check_open(offer, at)
            lifecycle.advance(offer, "send", actor=actor, at=at)
            offer.sent_at = at
            offer.save(update_fields=["sent_at"])
            facts = {"offer": str(offer.pk)}
            dossier = dossiers[offer.dossier_id]
            lifecycle.advance(dossier, "offer", actor=actor, at=at, facts=facts)
            messages.offer_news(offer, at=at)
    return offers


def withdraw(offer_id: object, *, actor: Actor, at: datetime, reason: str) -> Offer:
    """Take back an offer before it is sent, to prepare a better one. Raises WrongState after."""
    with acting(actor):
        offer = Offer.objects.locked(actor, "manage", offer_id)
        if offer.state != "prepared":
            raise WrongState(
                _("An offer is taken back only before it is sent."),
                fact=_("It is %(state)s.") % {"state": offer.state},
            )
        lifecycle.advance(offer, "withdraw", actor=actor, at=at, reason=reason.strip())
    return offer


def accept(offer_id: object, *, actor: Actor, at: datetime) -> Offer:
    """Take the place: the applicant's own answer makes them a student of the intake.

    Writes the answer as the applicant; dossier and enrolment follow as the system, on the
    applicant's behalf, which the journal says. Accepting twice is accepting once. Raises
    WindowClosed from `expires_at` on (half-open), WrongState after another answer.
    """
    with acting(actor):
        offer = Offer.objects.locked(actor, "answer", offer_id)
        if offer.state == "accepted":
            return offer
        _answer(offer, "accept", actor=actor, at=at)
        system = _on_behalf_of(actor)
        facts = {"offer": str(offer.pk), "on_behalf_of": actor.user_id}
        with acting(system):
            dossier = Dossier.objects.locked(system, "enrol", offer.dossier_id)
            lifecycle.advance(dossier, "accept", actor=system, at=at, facts=facts)
            enrolment = enrol(
                dossier.call.intake,
                actor=system,
                at=at,
                student_id=dossier.applicant_id,
                reference=dossier.reference,
                person_name=dossier.name[:200],
                person_email=dossier.email,
                nationality=dossier.nationality,
                residence_country=dossier.residence_country,
                track=offer.track,
            )
            facts |= {"enrolment": str(enrolment.pk)}
            lifecycle.advance(dossier, "enrol", actor=system, at=at, facts=facts)
    return offer


def decline(offer_id: object, *, actor: Actor, at: datetime, note: str = "") -> Offer:
    """Refuse the place. Nothing follows by itself; `figures.places` shows the vacancy.

    Declining twice is declining once. Raises WindowClosed from `expires_at` on, WrongState after
    another answer.
    """
    with acting(actor):
        offer = Offer.objects.locked(actor, "answer", offer_id)
        if offer.state == "declined":
            return offer
        offer.answer_note = note.strip()
        _answer(offer, "decline", actor=actor, at=at)
        system = _on_behalf_of(actor)
        facts = {"offer": str(offer.pk), "on_behalf_of": actor.user_id}
        with acting(system):
            dossier = Dossier.objects.locked(system, "offer", offer.dossier_id)
            lifecycle.advance(dossier, "decline", actor=system, at=at, facts=facts)
    return offer


def expire_due(consortium: Consortium, *, actor: Actor, at: datetime) -> list[Offer]:
    """Expire every sent offer of the consortium that nobody answered in time; returns them.

    Safe to repeat; an offer that is being answered at this moment is left to the next run.
    """
    if consortium.pk != actor.tenant:
        raise NotFound
    with acting(actor):
        rows = Offer.objects.for_actor(actor, "manage").filter(state="sent", expires_at__lte=at)
        offers = list(
            rows.select_for_update(no_key=True, of=("self",), skip_locked=True).order_by("pk")
        )
        ids = [offer.dossier_id for offer in offers]
        dossiers = Dossier.objects.filter(pk__in=ids).select_for_update(no_key=True, of=("self",))
        lifecycle.advance_all(offers, "expire", actor=actor, at=at)
        lifecycle.advance_all(list(dossiers.order_by("pk")), "expire", actor=actor, at=at)
        for offer in offers:
            messages.offer_news(offer, at=at)
    return offers


def reply_by(call: Call, at: datetime) -> datetime:
    """The end of the day, where the call was announced, `reply_days` after `at`."""
    zone = ZoneInfo(call.zone)
    day = at.astimezone(zone).date() + timedelta(days=call.reply_days)
    return datetime.combine(day, END_OF_DAY, tzinfo=zone).astimezone(UTC)


def _answer(offer: Offer, event: str, *, actor: Actor, at: datetime) -> None:
    if offer.state in {"sent", "expired"}:
        _check_open(offer, at, expired=offer.state == "expired")
    lifecycle.advance(offer, event, actor=actor, at=at)
    offer.answered_at = at
    offer.save(update_fields=["answered_at", "answer_note"])


def _on_behalf_of(actor: Actor) -> Actor:
    return Actor.system(actor.tenant, f"Itinera ({actor.name})")


def _track(track: Track | UUID | None, call: Call, actor: Actor) -> Track | None:
    if track is None:
        return None
    found = Track.objects.reach(actor, "view", pk=getattr(track, "pk", track))
    if found.version_id != call.intake.version_id:
        raise Invalid(
            _("A place is on a track of the programme version the call is for."),
            fact=_("%(track)s is not.") % {"track": found.title},
            fields={"track": _("Choose a track of this call.")},
        )
    return found


def _check_selected(dossier: Dossier) -> None:
    live = Offer.objects.filter(dossier=dossier, state__in=LIVE).first()
    if live is not None:
        raise Conflict(
            _("A dossier has one offer at a time."),
            fact=_("One is %(state)s.") % {"state": live.state},
            next_step=_("Use it, or withdraw it first."),
        )
    if dossier.state != "selected":
        raise WrongState(
            _("An offer is prepared for a dossier that the committee selected."),
            fact=_("It is %(state)s.") % {"state": dossier.state.replace("_", " ")},
            next_step=_("Approve the ranking first."),
        )


def _check_terms(call: Call, at: datetime, route: str, expires_at: datetime) -> None:
    wrong: dict[str, str] = {}
    if route and route not in {each["code"] for each in call.routes}:
        wrong["route"] = _("Choose a route of this call.")
    if expires_at <= at:
        wrong["expires_at"] = _("Choose a time that lies ahead.")
    if wrong:
        raise Invalid(_("An offer keeps to its call and leaves time to answer."), fields=wrong)


def _check_open(offer: Offer, at: datetime, *, expired: bool = False) -> None:
    if expired or at >= offer.expires_at:
        raise WindowClosed(
            _("An offer is sent and answered before it expires."),
            fact=_("It expired on %(when)s.") % {"when": told(offer.expires_at, offer.zone)},
            next_step=_("Write to the consortium office if something kept you from answering."),
        )

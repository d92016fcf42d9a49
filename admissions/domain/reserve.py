"""Fill a vacant place from the reserve list."""

from datetime import datetime

from django.utils.translation import gettext as _

from admissions import messages
from admissions.domain.figures import TAKEN
from admissions.models import Call, Dossier
from consortium import lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, WrongState


def promote(dossier_id: object, *, actor: Actor, at: datetime, reason: str = "") -> Dossier:
    """Select a dossier from the reserve list, because a place was declined or ran out of time.

    Whoever stands first is next; anybody else needs a reason (domain.md 6.3, "Offer"). Needs the
    right to approve rankings. Raises WrongState unless the dossier is in reserve, Conflict when no
    place is vacant, Invalid for another than the first without a reason.
    """
    with acting(actor):
        call_id = Dossier.objects.reach(actor, "decide", pk=dossier_id).call_id
        # The call's lock comes first: two promotions at once would both see the one vacancy.
        call = Call.objects.locked(actor, "view", call_id)
        dossier = Dossier.objects.locked(actor, "decide", dossier_id)
        _check_in_reserve(dossier)
        _check_vacancy(call)
        _check_turn(dossier, reason)
        facts = {"position": dossier.position}
        lifecycle.advance(dossier, "select", actor=actor, at=at, reason=reason.strip(), facts=facts)
        messages.result_news(dossier, at=at)
    return dossier


def _check_in_reserve(dossier: Dossier) -> None:
    if dossier.state != "reserve":
        raise WrongState(
            _("A vacant place goes to somebody on the reserve list."),
            fact=_("The dossier is %(state)s.") % {"state": dossier.state.replace("_", " ")},
        )


def _check_vacancy(call: Call) -> None:
    taken = Dossier.objects.filter(call=call, state__in=TAKEN).count()
    if taken >= call.places:
        raise Conflict(
            _("Places are never promised twice."),
            fact=_("All %(places)d are selected, offered or accepted.") % {"places": call.places},
            next_step=_("Wait until an offer is declined or expires."),
        )


def _check_turn(dossier: Dossier, reason: str) -> None:
    rows = Dossier.objects.filter(call_id=dossier.call_id, state="reserve").order_by("position")
    first = rows.first()
    if first is not None and first.pk != dossier.pk and not reason.strip():
        raise Invalid(
            _("The first of the reserve list is next; another one needs a reason."),
            fact=_("First is %(reference)s.") % {"reference": first.reference},
            fields={"reason": _("Say why this dossier goes before the first.")},
        )

"""Agree on what one partner lets another see: propose, accept, decline, withdraw, revoke.

Effective with the transaction: both walls ask the rows each time (partners/sharing.py, walls.py).
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, NotAllowed, WindowClosed
from consortium.lifecycle import advance
from partners.domain.sharing_terms import Pair, Terms, check_pair, check_reason, check_terms
from partners.messages import sharing_news
from partners.models import Partnership, SharingAgreement

__all__ = ["Pair", "Terms", "accept", "decline", "propose", "revoke", "withdraw"]


def propose(
    pair: Pair, *, actor: Actor, at: datetime, proposer_id: int, terms: Terms
) -> SharingAgreement:
    """Offer what one gives, or ask for what one would receive; the other side is told by mail.

    Needs `negotiate_sharing` for the proposer, one of the two. Where an agreement is in force, this
    proposes the version that replaces it, and nothing changes until it is accepted. Raises Invalid
    for terms or a pair that cannot be, Conflict while another proposal waits or where nothing would
    change.
    """
    with acting(actor):
        proposer = Partnership.objects.reach(actor, "negotiate", pk=proposer_id)
        check_pair(pair, proposer.pk, actor=actor)
        versions = SharingAgreement.objects.filter(
            consortium_id=actor.tenant, giver_id=pair.giver_id, receiver_id=pair.receiver_id
        )
        current = versions.filter(state="accepted").first()
        check_terms(terms, current, at)
        agreement = SharingAgreement(
            consortium_id=actor.tenant,
            giver_id=pair.giver_id,
            receiver_id=pair.receiver_id,
            items=terms.in_order,
            starts_at=terms.starts_at,
            ends_at=terms.ends_at,
            note=terms.note.strip(),
            version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
            replaces=current,
            proposer=proposer,
            proposed_at=at,
            proposed_by=actor.user_id,
            proposed_by_name=actor.name,
        )
        _add(agreement)
        facts = {"version": agreement.version, "items": terms.in_order}
        journal.record("sharing agreement.propose", agreement, actor=actor, at=at, facts=facts)
        sharing_news(agreement, to=agreement.answerer_id, event="propose", actor=actor, at=at)
    return agreement


def _add(agreement: SharingAgreement) -> None:
    try:
        with transaction.atomic():
            agreement.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict(
            _("Two partners have one proposal at a time on what one lets the other see."),
            fact=_("One waits for its answer."),
            next_step=_("Answer it, or withdraw it, and then propose."),
        ) from twice


def accept(agreement_id: object, *, actor: Actor, at: datetime) -> SharingAgreement:
    """Agree to what the other side proposed: in force at once, or from the day it names.

    The version in force until now is superseded, or marked expired where its day has passed.
    Raises NotFound or NotAllowed for the side that proposed, WindowClosed when the proposed end
    has passed, WrongState after another answer.
    """
    with acting(actor):
        agreement = SharingAgreement.objects.locked(actor, "answer", agreement_id)
        _check_answerer(agreement, actor)
        if agreement.ends_at is not None and agreement.ends_at <= at:
            raise WindowClosed(
                _("An agreement is accepted before it ends."),
                fact=_("What was proposed ended on %(day)s.")
                % {"day": f"{agreement.ends_at:%Y-%m-%d}"},
                next_step=_("Decline it, and propose one with a later day."),
            )
        if agreement.state == "proposed":
            _make_room(agreement, actor=actor, at=at)
            agreement.starts_at = max(at, agreement.starts_at or at)
            _answered(agreement, actor, at)
        advance(agreement, "accept", actor=actor, at=at, facts=_facts(agreement))
        sharing_news(agreement, to=agreement.proposer_id, event="accept", actor=actor, at=at)
    return agreement


def _make_room(agreement: SharingAgreement, *, actor: Actor, at: datetime) -> None:
    """End the version that this one takes the place of."""
    pair = {"giver_id": agreement.giver_id, "receiver_id": agreement.receiver_id}
    rows = SharingAgreement.objects.for_actor(actor, "revoke").filter(state="accepted", **pair)
    for earlier in rows.select_for_update(no_key=True, of=("self",)):
        _ended(earlier, actor, at)
        event = "expire" if earlier.standing(at) == "expired" else "supersede"
        advance(earlier, event, actor=actor, at=at, facts=_facts(earlier))


def decline(
    agreement_id: object, *, actor: Actor, at: datetime, reason: str = ""
) -> SharingAgreement:
    """Say no to what the other side proposed; what is in force stays so."""
    check_reason(reason)
    with acting(actor):
        agreement = SharingAgreement.objects.locked(actor, "answer", agreement_id)
        _check_answerer(agreement, actor)
        if agreement.state == "proposed":
            agreement.reason = reason.strip()
            _answered(agreement, actor, at)
        advance(agreement, "decline", actor=actor, at=at, reason=reason.strip())
        sharing_news(agreement, to=agreement.proposer_id, event="decline", actor=actor, at=at)
    return agreement


def withdraw(
    agreement_id: object, *, actor: Actor, at: datetime, reason: str = ""
) -> SharingAgreement:
    """Take back one's own proposal before it is answered. Raises WrongState after."""
    check_reason(reason)
    with acting(actor):
        agreement = SharingAgreement.objects.locked(actor, "withdraw", agreement_id)
        if agreement.state == "proposed":
            _ended(agreement, actor, at, reason)
        advance(agreement, "withdraw", actor=actor, at=at, reason=reason.strip())
        sharing_news(agreement, to=agreement.answerer_id, event="withdraw", actor=actor, at=at)
    return agreement


def revoke(agreement_id: object, *, actor: Actor, at: datetime, reason: str) -> SharingAgreement:
    """End an agreement at once, from either side: the other's next request shows nothing of it.

    Raises Invalid without a reason, WrongState unless it is accepted.
    """
    check_reason(reason, needed=True)
    with acting(actor):
        agreement = SharingAgreement.objects.locked(actor, "revoke", agreement_id)
        if agreement.state == "accepted":
            _ended(agreement, actor, at, reason)
        advance(
            agreement,
            "revoke",
            actor=actor,
            at=at,
            reason=reason.strip(),
            facts=_facts(agreement),
        )
        for side in (agreement.giver_id, agreement.receiver_id):
            if side not in actor.parties:
                sharing_news(agreement, to=side, event="revoke", actor=actor, at=at)
    return agreement


def _check_answerer(agreement: SharingAgreement, actor: Actor) -> None:
    if agreement.proposed_by is not None and agreement.proposed_by == actor.user_id:
        raise NotAllowed(
            _("Whoever proposed an agreement does not answer it."),
            next_step=_("Leave the answer to a colleague of the other partner."),
        )


def _answered(agreement: SharingAgreement, actor: Actor, at: datetime) -> None:
    agreement.answered_at = at
    agreement.answered_by, agreement.answered_by_name = actor.user_id, actor.name
    names = ["starts_at", "answered_at", "answered_by", "answered_by_name", "reason"]
    agreement.save(update_fields=names)


def _ended(agreement: SharingAgreement, actor: Actor, at: datetime, reason: str = "") -> None:
    agreement.ended_at, agreement.reason = at, reason.strip() or agreement.reason
    agreement.ended_by, agreement.ended_by_name = actor.user_id, actor.name
    agreement.save(update_fields=["ended_at", "ended_by", "ended_by_name", "reason"])


def _facts(agreement: SharingAgreement) -> dict[str, object]:
    return {"version": agreement.version, "items": [item.value for item in agreement.kinds]}

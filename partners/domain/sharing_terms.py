"""What can be agreed on at all: checks of a proposal that need no lock."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from consortium.actor import Actor
from consortium.errors import Conflict, Invalid, NotFound
from partners.domain.partnerships import RIGHTS
from partners.items import Item
from partners.models import Partnership, SharingAgreement
from partners.models.sharing import LONGEST_NOTE, LONGEST_REASON
from partners.policies import NEGOTIATE

# Kinds of partners that agree on anything at all.
NEGOTIATING = tuple(kind for kind, rights in RIGHTS.items() if NEGOTIATE in rights)


@dataclass(frozen=True, slots=True)
class Pair:
    """Ids of two parties: `receiver_id` hosts students whom `giver_id` sends."""

    giver_id: int
    receiver_id: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What is given (values of Item), from when (None: from acceptance) until when (excluded)."""

    items: frozenset[str]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    note: str = ""

    @property
    def in_order(self) -> list[str]:
        return [item.value for item in Item if item in self.items]


def check_pair(pair: Pair, proposer_id: int, *, actor: Actor) -> None:
    """Two partners of the consortium that negotiate, one of them the proposer."""
    if pair.giver_id == pair.receiver_id:
        raise Invalid(
            _("An agreement is between two partners."), fields={"partner": _("Choose another.")}
        )
    if proposer_id not in {pair.giver_id, pair.receiver_id}:
        raise Invalid(
            _("A partner proposes what it gives or what it receives."),
            fact=_("This is about two others."),
        )
    rows = Partnership.objects.for_actor(actor, "view").select_related("party", "institution")
    sides = list(rows.filter(pk__in=[pair.giver_id, pair.receiver_id]))
    if len(sides) < 2:
        raise NotFound
    for side in sides:
        _check_side(side, actor)


def _check_side(side: Partnership, actor: Actor) -> None:
    if side.kind not in NEGOTIATING:
        raise Invalid(
            _("Full partners agree on what they let each other see."),
            fact=_("%(partner)s is an associated partner.") % {"partner": side.institution.name},
            fields={"partner": _("Choose a full partner.")},
        )
    if not side.party.receives(actor.at):
        raise Conflict(
            _("Personal data goes where there is a legal basis for it."),
            fact=_("None is recorded for %(partner)s.") % {"partner": side.institution.name},
            next_step=_("Ask the consortium office to record it first."),
            fields={"partner": _("Choose another partner.")},
        )


def check_terms(terms: Terms, current: SharingAgreement | None, at: datetime) -> None:
    """Raises Invalid for terms that cannot be, Conflict where nothing would change."""
    wrong = _wrong(terms, current, at)
    if wrong:
        raise Invalid(_("An agreement says what, about whom, and for how long."), fields=wrong)
    if current is None or current.standing(at) == "expired":
        return
    same = set(current.items) == terms.items and current.ends_at == terms.ends_at
    if same and current.note == terms.note.strip():
        raise Conflict(
            _("A new version changes something."),
            fact=_("Version %(n)d says the same.") % {"n": current.version},
            fields={"items": _("Choose more or less than what is agreed already.")},
        )


def _wrong(terms: Terms, current: SharingAgreement | None, at: datetime) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not terms.items:
        wrong["items"] = _("Choose at least one thing.")
    elif terms.items - set(Item.values):
        wrong["items"] = _("Choose from the list; nothing else is ever shared.")
    if terms.ends_at is not None and terms.ends_at <= max(at, terms.starts_at or at):
        wrong["ends_at"] = _("Choose a day to come, after the first.")
    begun = current is not None and current.standing(at) == "in_force"
    if begun and terms.starts_at is not None and terms.starts_at > at:
        wrong["starts_at"] = _(
            "Leave this empty: a new version takes over when it is accepted, so that no day is"
            " without one."
        )
    if len(terms.note) > LONGEST_NOTE:
        wrong["note"] = _("At most %(most)d characters.") % {"most": LONGEST_NOTE}
    return wrong


def check_reason(reason: str, *, needed: bool = False) -> None:
    """Raises Invalid for one that is too long, or missing where it is needed."""
    length = len(reason.strip())
    if length > LONGEST_REASON or (needed and not length):
        raise Invalid(
            _("An agreement is revoked with a reason, which both sides read."),
            fields={
                "reason": _("Say why, in at most %(most)d characters.") % {"most": LONGEST_REASON}
            },
        )

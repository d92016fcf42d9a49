"""Who may do what with partnerships and with what partners agree on among themselves.

Institutions themselves are public and belong to nobody.
"""

from django.db.models import F, Q

from consortium.actor import Actor, Wall
from consortium.policy import Clause, Policy, everyone, office, partner

NEGOTIATE = "negotiate_sharing"

PARTNERSHIP = Policy(
    "partnership",
    {
        "view": (everyone("who takes part in a consortium is public"),),
        "manage": (office("manage_programmes"),),
        "negotiate": (partner(NEGOTIATE, "pk", "the partner's own"),),
    },
)


def _side(right: str, words: str, *states: str) -> tuple[Clause, Clause]:
    """Rows of which the actor's partner is one of the two sides."""
    rows = Q(state__in=states) if states else None
    return partner(right, "giver", words, rows), partner(right, "receiver", words, rows)


def _other_side(words: str) -> Clause:
    """Rows that the other side proposed; whoever works for both sides answers for neither."""

    def opened(actor: Actor) -> Q | None:
        mine = actor.parties_with(NEGOTIATE)
        if not mine:
            return None
        asked = Q(receiver__in=mine, proposer=F("giver"))
        offered = Q(giver__in=mine, proposer=F("receiver"))
        return (asked | offered) & ~Q(proposer__in=sorted(actor.parties))

    return Clause(frozenset({Wall.PARTNER}), opened, f"{NEGOTIATE}: {words}")


def _own(actor: Actor) -> Q | None:
    return Q(party__in=sorted(actor.parties)) if actor.parties else None


TRANSFER_BASIS = Policy(
    "basis for transfers",
    {
        "view": (
            office("view_dossiers"),
            Clause(frozenset({Wall.PARTNER, Wall.DELEGATE}), _own, "of the own partner"),
        ),
        "end": (office("manage_transfers"),),
    },
)

SHARING = Policy(
    "sharing agreement",
    {
        "view": (
            office("enter_office"),
            *_side(NEGOTIATE, "of the partner, on either side"),
            *_side("host_students", "of the partner, once accepted", "accepted"),
        ),
        "answer": (_other_side("proposed by the other side"),),
        "withdraw": (partner(NEGOTIATE, "proposer", "proposed by the partner"),),
        "revoke": _side(NEGOTIATE, "of the partner, on either side"),
    },
)

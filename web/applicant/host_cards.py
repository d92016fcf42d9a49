"""The hosts, or tracks, of a round as cards: ranked, to choose from, ruled out by the student, or closed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility_tracks.domain.allocation.choices import Choice
from mobility_tracks.domain.allocation.own import Own
from web.applicant.posted_wishes import BECAUSE, Posted
from web.choices import Shown

Card = dict[str, Any]


def cards_of(
    own: Own,
    shown: Mapping[str, Shown],
    notes: Mapping[str, str],
    posted: Posted,
    errors: Mapping[str, str],
) -> dict[str, Any]:
    """ranked, others, ruled_out, closed: cards; next_rank; is_last_possible; is_none_open.

    notes: by code, what a track says of itself. errors: messages by field name of the act.
    """
    cards = {
        code: _card(choice, own, shown[code], notes.get(code, ""), posted, errors)
        for code, choice in own.offered.choices.items()
    }
    ranked = list(_ranked(posted, cards))
    left = [card for code, card in cards.items() if code not in {row["code"] for row in ranked}]
    ruled_out = [card for card in left if card["because"] and not card["closed"]]
    possible = [c for c in cards.values() if not c["closed"] and not c["because"]]
    return {
        "ranked": ranked,
        "others": [card for card in left if not card["closed"] and not card["because"]],
        "ruled_out": ruled_out,
        "closed": [card for card in left if card["closed"]],
        "next_rank": len(posted.classes) + 1,
        "is_last_possible": len(possible) == 1,
        "is_none_open": not any(not card["closed"] for card in cards.values()),
    }


def _card(
    choice: Choice, own: Own, shown: Shown, note: str, posted: Posted, errors: Mapping[str, str]
) -> Card:
    code = choice.code
    return {
        "code": code,
        "title": choice.title,
        "choice": shown,
        "note": _note(choice, note),
        "closed": own.closed.get(code),
        "because": posted.reasons.get(code, ""),
        "because_name": BECAUSE + code,
        "error": errors.get(f"impossible.{code}", ""),
    }


def _note(choice: Choice, of_track: str) -> str:
    if choice.track is not None:
        return f"{of_track} {_seats(choice)}".strip()
    city = choice.offering.host.institution.city
    return ", ".join(filter(None, (city, choice.offering.specialisation, _seats(choice))))


def _ranked(posted: Posted, cards: Mapping[str, Card]) -> Iterator[Card]:
    """With which buttons each has. What is not on offer is told by the refusal, not by a card."""
    classes = [[code for code in codes if code in cards] for codes in posted.classes]
    classes = list(filter(None, classes))
    for rank, codes in enumerate(classes, 1):
        for place, code in enumerate(codes):
            yield cards[code] | {
                "rank": rank,
                "tied": place > 0,
                "can_tie": place == 0 and rank > 1,
                "can_part": len(codes) > 1,
                "can_up": rank > 1 or len(codes) > 1,
                "can_down": rank < len(classes) or len(codes) > 1,
            }


def _seats(room: Choice) -> str:
    told = ngettext("%(n)d seat", "%(n)d seats", room.most) % {"n": room.most}
    if not room.least:
        return told
    return told + ", " + _("opens with %(least)d") % {"least": room.least}

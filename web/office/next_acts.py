"""What waits for the office in a call, in the order of the procedure; only what the actor may do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.models import Call
from mobility_tracks.models import AllocationRound
from web.office.desk import Desk

Act = dict[str, Any]


def of_call(page: Desk, call: Call, states: Mapping[str, int], prepared: int) -> list[Act]:
    """`states`: dossiers by state. `prepared`: offers that nobody was told of."""
    to_rule, to_assign = states.get("submitted", 0), states.get("eligible", 0)
    to_offer = states.get("selected", 0) - prepared
    here, offers = page.url("call", slug=call.slug), page.url("offers", slug=call.slug)
    over = call.state == "open" and page.at >= call.closes_at
    told = [
        ("manage_calls", call.state == "draft", _("Open the call"), here),
        ("manage_calls", over, _("Close the call: its deadline has passed"), here),
        (
            "rule_eligibility",
            to_rule > 0,
            ngettext("Rule on %(n)d dossier", "Rule on %(n)d dossiers", to_rule) % {"n": to_rule},
            listed(page, call, "submitted"),
        ),
        (
            "assign_reviewers",
            to_assign > 0,
            ngettext(
                "Assign reviewers to %(n)d dossier",
                "Assign reviewers to %(n)d dossiers",
                to_assign,
            )
            % {"n": to_assign},
            page.url("assignments", slug=call.slug),
        ),
        (
            "approve_rankings",
            states.get("ranked", 0) > 0,
            _("Read and approve the ranking"),
            page.url("ranking", slug=call.slug),
        ),
        (
            "make_offers",
            to_offer > 0,
            ngettext("Prepare %(n)d offer", "Prepare %(n)d offers", to_offer) % {"n": to_offer},
            offers,
        ),
        (
            "make_offers",
            prepared > 0,
            ngettext("Send %(n)d prepared offer", "Send %(n)d prepared offers", prepared)
            % {"n": prepared},
            offers,
        ),
    ]
    return [
        {"label": words, "url": url}
        for right, due, words, url in told
        if due and page.actor.may_on(right, call.pk)
    ]


def of_rounds(page: Desk, at: datetime) -> list[Act]:
    """Rounds whose next act is due; one query."""
    rounds = AllocationRound.objects.for_actor(page.actor, "run")
    waiting = rounds.filter(state__in=["open", "closed", "decided"]).order_by("closes_at")[:10]
    words = {
        "open": _("Close the round “%(title)s”"),
        "closed": _("Decide the round “%(title)s”"),
        "decided": _("Publish the plan of “%(title)s”"),
    }
    return [
        {"label": words[each.state] % {"title": each.title}, "url": page.url("round", id=each.pk)}
        for each in waiting
        if each.state != "open" or at >= each.closes_at
    ]


def listed(page: Desk, call: Call, state: str) -> str:
    """The list of dossiers, filtered."""
    return f"{page.url('dossiers')}?{urlencode({'call': call.slug, 'state': state})}"

"""Where the call stands today: clocks, what waits for somebody, whom we lose where, what comes next."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from admissions.domain.figures import Funnel, exceptions, funnels, places
from admissions.models import Call, Dossier, Offer
from web.office import next_acts
from web.office.desk import Desk
from web.pictures.frame import Picture
from web.pictures.funnel import Stage, funnel


class Cockpit(Desk):
    """`?call=` or the newest call that is not a draft. A fixed number of queries."""

    stop = "cockpit"
    template_name = "office/cockpit.html"

    @cached_property
    def calls(self) -> list[Call]:
        return list(Call.objects.for_actor(self.actor, "view").for_listing()[:20])

    @cached_property
    def call(self) -> Call | None:
        asked = self.request.GET.get("call", "")
        found = next((each for each in self.calls if each.slug == asked), None)
        live = (each for each in self.calls if each.state != "draft")
        return found or next(live, None) or next(iter(self.calls), None)

    @cached_property
    def last(self) -> Call | None:
        """The call before: the ghost behind the funnel."""
        if self.call is None:
            return None
        return next((c for c in self.calls if c.closes_at < self.call.closes_at), None)

    def context(self) -> dict[str, Any]:
        call = self.call
        if call is None:
            return {"page_title": _("Cockpit"), "call": None}
        figures = funnels([c.pk for c in (call, self.last) if c], actor=self.actor)
        now = figures[call.pk]
        seen = Dossier.objects.for_actor(self.actor, "view").filter(call=call)
        states = seen.by_state()
        prepared = Offer.objects.for_actor(self.actor, "view")
        prepared = prepared.filter(dossier__call=call, state="prepared")
        return {
            "page_title": _("Cockpit"),
            "call": call,
            "calls": [
                {"label": c.title, "url": f"?call={c.slug}", "current": c == call}
                for c in self.calls
            ],
            "figures": now,
            "places": places(call.pk, actor=self.actor),
            "exceptions": exceptions(call.pk, actor=self.actor, at=self.at, most=8),
            "funnel": self.funnel(figures),
            "acts": [
                *next_acts.of_call(self, call, states, prepared.count()),
                *next_acts.of_rounds(self, self.at),
            ],
            "stages": stages(call, states),
        }

    def funnel(self, figures: Mapping[UUID, Funnel]) -> Picture:
        """This call as bars, the one before as their ghost."""
        assert self.call is not None  # without a call there is no funnel
        now = asdict(figures[self.call.pk])
        before = asdict(figures[self.last.pk]) if self.last else {}
        names = stage_names()
        drawn = tuple(Stage(names[key], count, before.get(key)) for key, count in now.items())
        return funnel(drawn, last_title=self.last.title if self.last else "")


def stage_names() -> dict[str, str]:
    return {
        "started": _("Started"),
        "complete": _("Complete"),
        "submitted": _("Submitted"),
        "eligible": _("Eligible"),
        "ranked": _("Ranked"),
        "offered": _("Offered"),
        "accepted": _("Accepted"),
        "enrolled": _("Enrolled"),
    }


def stages(call: Call, states: dict[str, int]) -> list[dict[str, str]]:
    """The procedure as a line of stops: what is done, where we are, what comes."""
    names = [
        _("Call open"),
        _("Eligibility"),
        _("Review"),
        _("Ranking"),
        _("Offers"),
        _("Enrolment"),
    ]
    groups = [
        set(),
        {"submitted"},
        {"eligible", "under_review"},
        {"ranked"},
        {"selected", "offered"},
        {"accepted", "enrolled"},
    ]
    here = 0
    if call.state not in {"draft", "open"}:
        waiting = [i for i, group in enumerate(groups) if any(states.get(s) for s in group)]
        here = waiting[0] if waiting else len(groups) - 1
    return [
        {"name": name, "state": "done" if i < here else "here" if i == here else "next"}
        for i, name in enumerate(names)
    ]

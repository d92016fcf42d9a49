"""Travessia after its selection: ranked and approved, places offered, most of them taken."""

import random
from collections.abc import Sequence
from datetime import timedelta

from admissions.domain import offers, ranking
from admissions.domain.assignments import distribute
from admissions.models import Assignment, Call, Dossier
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Consortium
from demo.seed.calendar import Calendar
from demo.seed.dossiers import Case
from demo.seed.people import applicant_actor, member_actor
from demo.seed.selection import Reviewing, criteria_of, in_order, rule_on

DISTRIBUTED, REVIEWED, RANKED, OFFERED = 55, 20, 16, 10
SENT, TAKEN = 14, 12


def select(
    cases: Sequence[Case],
    call: Call,
    consortium: Consortium,
    calendar: Calendar,
    rng: random.Random,
) -> None:
    """Fourteen offers: twelve accepted, one declined, one that still waits for its answer."""
    ines = member_actor("ines", consortium, Wall.STAFF, calendar)
    sent = [case for case in cases if case.dossier.state == "submitted"]
    since = call.closes_at + timedelta(days=1)
    rule_on(sent, officer=ines, since=since, days=6, rng=rng)
    at = calendar.ago(DISTRIBUTED)
    due = calendar.ago(REVIEWED)
    distribute(call.pk, actor=ines, at=at, seed=f"{call.slug}-reviewers", due_at=due)
    strengths = {case.dossier.pk: case.one.strength for case in cases}
    with acting(Actor.system(consortium.pk)):
        rows = Assignment.objects.filter(dossier__call=call).select_related("dossier")
        Reviewing(consortium.pk, criteria_of(call), due, rng).submit(in_order(rows), strengths)
    run = ranking.compute(call.pk, actor=ines, at=calendar.ago(RANKED))
    ranking.approve(run.pk, actor=ines, at=calendar.ago(RANKED - 1))
    _offer(cases, call, consortium, ines, calendar)


def _offer(
    cases: Sequence[Case], call: Call, consortium: Consortium, ines: Actor, calendar: Calendar
) -> None:
    with acting(ines):
        best = Dossier.objects.for_actor(ines, "offer").filter(call=call, state="selected")
        chosen = list(best.order_by("position")[:SENT])
    at = calendar.ago(OFFERED)
    prepared = [offers.prepare(each.pk, actor=ines, at=at, route=each.route) for each in chosen]
    offers.send([offer.pk for offer in prepared], actor=ines, at=at)
    persons = {case.dossier.pk: case.person for case in cases}
    for number, offer in enumerate(prepared[: TAKEN + 1]):
        actor = applicant_actor(persons[offer.dossier_id], consortium)
        answered = at + timedelta(hours=5 + 11 * number)
        if number < TAKEN:
            offers.accept(offer.pk, actor=actor, at=answered)
        else:
            note = "I have taken a place nearer to my family."
            offers.decline(offer.pk, actor=actor, at=answered, note=note)

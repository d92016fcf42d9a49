"""The call of the year before, from its dossiers to the class that now studies."""

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

# Days after the call closed.
RULED, DISTRIBUTED, REVIEWED, RANKED, OFFERED = 2, 12, 40, 44, 50


def select(
    cases: Sequence[Case],
    call: Call,
    consortium: Consortium,
    calendar: Calendar,
    rng: random.Random,
) -> None:
    """Every dossier is eligible, ranked, offered a place and enrolled: there were places for all."""
    chiara = member_actor("chiara", consortium, Wall.STAFF, calendar)
    rule_on(cases, officer=chiara, since=call.closes_at + timedelta(days=RULED), days=7, rng=rng)
    at = call.closes_at + timedelta(days=DISTRIBUTED)
    due = call.closes_at + timedelta(days=REVIEWED)
    distribute(call.pk, actor=chiara, at=at, seed=f"{call.slug}-reviewers", due_at=due)
    with acting(Actor.system(consortium.pk)):
        rows = Assignment.objects.filter(dossier__call=call).select_related("dossier")
        strengths = {case.dossier.pk: case.one.strength for case in cases}
        Reviewing(consortium.pk, criteria_of(call), due, rng).submit(in_order(rows), strengths)
    at = call.closes_at + timedelta(days=RANKED)
    run = ranking.compute(call.pk, actor=chiara, at=at)
    ranking.approve(run.pk, actor=chiara, at=at + timedelta(days=1))
    _offer(cases, call, consortium, chiara)


def _offer(cases: Sequence[Case], call: Call, consortium: Consortium, chiara: Actor) -> None:
    with acting(chiara):
        best = Dossier.objects.for_actor(chiara, "offer").filter(call=call, state="selected")
        chosen = list(best.order_by("position"))
    at = call.closes_at + timedelta(days=OFFERED)
    prepared = [offers.prepare(each.pk, actor=chiara, at=at, route=each.route) for each in chosen]
    offers.send([offer.pk for offer in prepared], actor=chiara, at=at)
    persons = {case.dossier.pk: case.person for case in cases}
    for number, offer in enumerate(prepared):
        actor = applicant_actor(persons[offer.dossier_id], consortium)
        offers.accept(offer.pk, actor=actor, at=at + timedelta(hours=5 + 9 * number))

"""The first round of i-MESC, in the middle of its selection: most reviews are in, none ranked."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from admissions.domain import looks
from admissions.domain.assignments import distribute
from admissions.domain.reviews import declare, recuse, save, submit
from admissions.models import Assignment, Call, Dossier, ReferenceRequest
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Consortium, OutboxMessage
from demo.material.staff import STAFF
from demo.material.texts import reviewer_comment
from demo.seed.calendar import Calendar
from demo.seed.dossiers import Case
from demo.seed.history import History
from demo.seed.people import full_name, member_actor
from demo.seed.selection import Reviewing, criteria_of, in_order, mark, reviewer, rule_on

LEFT_OPEN = 7
DISTRIBUTED, REPLACED = 25, 20
DAYS_TO_REVIEW = 30
SHARE_IN, SHARE_BEGUN = 0.74, 0.4
EARLY_CONFLICTS = (
    "I supervised this applicant's thesis.",
    "We have published together.",
    "The applicant is a relative of a colleague in my group.",
    "I wrote a letter for this applicant.",
    "The applicant worked in my laboratory.",
)
LATE_CONFLICTS = (
    "I know the applicant's family.",
    "My former student; I had not recognised the name.",
)
LENA_SUBMITTED, LENA_BEGUN = 0.5, 4


def select(
    cases: Sequence[Case],
    call: Call,
    consortium: Consortium,
    calendar: Calendar,
    rng: random.Random,
) -> None:
    """Rule, distribute, replace, review: as far as the first morning."""
    chiara = member_actor("chiara", consortium, Wall.STAFF, calendar)
    sent = [case for case in cases if case.dossier.state == "submitted"]
    ruled_since = call.closes_at + timedelta(days=2)
    rule_on(_ruled(sent), officer=chiara, since=ruled_since, days=7, rng=rng)
    due = calendar.ago(DISTRIBUTED - DAYS_TO_REVIEW)
    _distribute(call, chiara, calendar.ago(DISTRIBUTED), due)
    with acting(Actor.system(consortium.pk)):
        reviewing = Reviewing(consortium.pk, criteria_of(call), calendar.at, rng)
        reviewing.recuse(_some(call, rng, len(EARLY_CONFLICTS)), EARLY_CONFLICTS)
    _distribute(call, chiara, calendar.ago(REPLACED), due)
    strengths = {case.dossier.pk: case.one.strength for case in cases}
    with acting(Actor.system(consortium.pk)):
        reviewing.recuse(_some(call, rng, len(LATE_CONFLICTS)), LATE_CONFLICTS)
        rows = [row for row in _open(call) if row.reviewer_name != _lena()]
        rng.shuffle(rows)
        count = round(len(rows) * SHARE_IN)
        reviewing.submit(in_order(rows[:count]), strengths)
        _begin(in_order(rows[count:]), calendar, rng)
        _bounce(call, calendar)
    _lena_at_work(call, consortium, calendar, rng, strengths)


def _ruled(sent: Sequence[Case]) -> list[Case]:
    """All but the duplicate, who needs a decision, and the last few to arrive."""
    ordered = sorted(sent, key=lambda case: case.dossier.saved_at)
    last = {case.dossier.pk for case in ordered[-LEFT_OPEN:]}
    return [
        case
        for case in sent
        if case.dossier.pk not in last and "duplicate" not in case.one.specials
    ]


def _distribute(call: Call, officer: Actor, at: datetime, due: datetime) -> None:
    distribute(call.pk, actor=officer, at=at, seed=f"{call.slug}-reviewers", due_at=due)


def _open(call: Call) -> list[Assignment]:
    rows = Assignment.objects.filter(dossier__call=call, state="proposed")
    return in_order(rows.select_related("dossier"))


def _some(call: Call, rng: random.Random, count: int) -> list[Assignment]:
    """Assignments of different dossiers, none of them Lena's."""
    rows = [row for row in _open(call) if row.reviewer_name != _lena()]
    first = list({row.dossier_id: row for row in rows}.values())
    return in_order(rng.sample(first, count))


def _lena() -> str:
    return full_name(STAFF["lena"])


def _begin(rows: Sequence[Assignment], calendar: Calendar, rng: random.Random) -> None:
    """Some of those who are late have at least declared that they have no conflict."""
    begun, history = [row for row in rows if rng.random() < SHARE_BEGUN], History()
    for row in begun:
        at = calendar.ago(rng.uniform(0.5, 9))
        history.advance(row, "declare", by=reviewer(row), at=at)
        history.look(row.dossier, by=reviewer(row), at=at + timedelta(minutes=1))
    Assignment.objects.bulk_update(begun, ["state"])
    history.write()


def _bounce(call: Call, calendar: Calendar) -> None:
    """The mail that came back, as the outbox keeps it after its attempts."""
    request = ReferenceRequest.objects.filter(dossier__call=call, state="bounced").first()
    if request is None:
        return
    OutboxMessage.objects.create(
        consortium_id=call.consortium_id,
        key=f"reference.request:{request.pk}:{request.token_digest[:32]}",
        to=request.referee_email,
        subject=f"{call.consortium.name}: you are asked for a reference",
        body=f"An applicant to “{call.title}” named you as a referee.\n",
        created_at=request.created_at,
        due_at=calendar.ahead(365),
        attempts=6,
        last_error="SMTPRecipientsRefused: 550 5.1.1 no such mailbox",
    )


def _lena_at_work(
    call: Call,
    consortium: Consortium,
    calendar: Calendar,
    rng: random.Random,
    strengths: Mapping[UUID, int],
) -> None:
    """Lena's reviews go through the acts: half submitted, some begun, one conflict, the rest new."""
    lena = member_actor("lena", consortium, Wall.REVIEWER, calendar)
    with acting(lena):
        rows = Assignment.objects.for_actor(lena, "view")
        mine = in_order(rows.filter(dossier__call=call, state="proposed"))
        criteria = criteria_of(call)
    done = round(len(mine) * LENA_SUBMITTED)
    for number, row in enumerate(mine[: done + LENA_BEGUN + 1]):
        at = calendar.ago(12 - 11 * number / (done + LENA_BEGUN + 1))
        if number == done + LENA_BEGUN:
            recuse(row.pk, actor=lena, at=at, reason="We were in one project until last year.")
            continue
        strength = strengths[row.dossier_id]
        declare(row.pk, actor=lena, at=at)
        with acting(lena):
            dossier = Dossier.objects.reach(lena, pk=row.dossier_id)
            looks.at_dossier(dossier, actor=lena, at=at)
        scores = {each.code: mark(rng, strength, each.max_points) for each in criteria}
        comment = reviewer_comment(rng, strength)
        if number < done:
            submit(row.pk, actor=lena, at=at, scores=scores, comment=comment)
        else:
            first = dict(list(scores.items())[:2])
            save(row.pk, actor=lena, at=at, scores=first, comment=comment.partition(". ")[0] + ".")

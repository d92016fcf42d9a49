"""The students of i-MESC: a class that has graduated, and one in its first year with its round.

The first was admitted before the consortium used Itinera, the second by it (admitted.py).
"""

import random
from collections.abc import Mapping, Sequence
from datetime import time, timedelta

from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Consortium, User
from demo.material.applicant import Applicant
from demo.seed import seats
from demo.seed.calendar import Calendar
from demo.seed.history import History
from demo.seed.people import member_actor
from demo.seed.students import COMPLETED, Class, offerings_of, write
from mobility_tracks.domain.allocation.own import own_ground
from mobility_tracks.domain.preferences import save_preferences
from mobility_tracks.domain.rounds import draft_round, open_round
from mobility_tracks.domain.stays import sending_partner
from mobility_tracks.models import AllocationRound, Enrolment, Intake, Placement

STILL_TO_ARRIVE = 6
WITHOUT_WISHES = 4
HERE = ("accept", "arrive", "depart")
THIRD = {"bilbao": "s3-bil", "ljubljana": "s3-lju", "amiens": "s3-ami"}
SEATS = (8, 10)
DAYS_OPEN, DAYS_TO_GO = 7, 2
# More students want this host than it has seats: otherwise there is nothing to allocate.
BELOVED, SHARE_IN_LOVE = "bilbao", 0.45
AFTERNOON = time(17)
# Who finds two hosts equally good: every sixth. Who cannot go to one of them: the tenth.
EQUALS, RULES_OUT = 6, 9
WHY_NOT = "My grant pays for two of the three hosts, and this is the third."


def graduated(
    people: Sequence[Applicant],
    intake: Intake,
    consortium: Consortium,
    users: Mapping[str, User],
    calendar: Calendar,
    rng: random.Random,
) -> None:
    """The class that studied under the earlier version: four recognised stays each, and a degree."""
    history = History()
    with acting(Actor.system(consortium.pk)):
        group = Class(intake, consortium, calendar.at, rng, users, sending_partner(consortium.pk))
        offered = offerings_of(intake)
        theses = sorted(code for code in offered if code.startswith("s4-"))
        enrolments = group.enrol(people, history)
        stays: list[Placement] = []
        for number, enrolment in enumerate(enrolments):
            third = sorted(THIRD.values())[number % len(THIRD)]
            codes = ("s1-waw", "s2-tls", third, rng.choice(theses))
            path = [offered[code] for code in codes]
            stays += group.path(enrolment, path, COMPLETED, history)
        group.graduate(enrolments, history)
        write(enrolments, stays, history)


def studying(
    people: Sequence[Applicant],
    intake: Intake,
    consortium: Consortium,
    users: Mapping[str, User],
    calendar: Calendar,
    rng: random.Random,
) -> None:
    """The class in Toulouse, where some have yet to arrive, and its open round for the third
    semester, in which most have given their wishes. Needs their enrolments, as they accepted."""
    history = History()
    with acting(Actor.system(consortium.pk)):
        group = Class(intake, consortium, calendar.at, rng, users, sending_partner(consortium.pk))
        by_address = {row.person_email: row for row in Enrolment.objects.filter(intake=intake)}
        enrolments = [by_address[one.person.email] for one in people]
        late = {enrolments[n].pk for n in rng.sample(range(len(enrolments)), STILL_TO_ARRIVE)}
        rows = Placement.objects.filter(enrolment__intake=intake).select_related("offering")
        at = {(row.enrolment_id, row.offering.code): row for row in rows}
        for enrolment in enrolments:
            second = ("accept",) if enrolment.pk in late else HERE
            group.follow(at[enrolment.pk, "s1-waw"], HERE, history)
            group.follow(at[enrolment.pk, "s2-tls"], second, history)
        Placement.objects.bulk_update(at.values(), ["state"])
        history.write()
    _round(people, enrolments, intake, consortium, calendar, rng)


def _round(
    people: Sequence[Applicant],
    enrolments: Sequence[Enrolment],
    intake: Intake,
    consortium: Consortium,
    calendar: Calendar,
    rng: random.Random,
) -> None:
    chiara = member_actor("chiara", consortium, Wall.STAFF, calendar)
    opened = calendar.ago(DAYS_OPEN)
    seats.confirmed(intake, consortium, calendar, before=opened - timedelta(days=1))
    drafted = draft_round(
        intake.pk,
        actor=chiara,
        at=opened - timedelta(days=1),
        period="s3",
        title=f"Third semester of {intake.name}",
        opens_at=opened,
        closes_at=calendar.instant(DAYS_TO_GO, AFTERNOON),
        zone=consortium.zone,
        policy=AllocationRound.Policy.RANK_MAXIMAL,
        seed=f"{intake.year}-s3",
        seats=dict.fromkeys(sorted(THIRD.values()), SEATS),
    )
    round_ = open_round(drafted.pk, actor=chiara, at=opened)
    for number, (one, enrolment) in enumerate(zip(people, enrolments, strict=True)):
        if number < WITHOUT_WISHES:
            continue
        student = Actor(
            wall=Wall.APPLICANT,
            consortium_id=consortium.pk,
            user_id=enrolment.student_id,
            name=enrolment.person_name,
        )
        hosts = sorted(one.preferences, key=lambda host: host != BELOVED)
        hosts = hosts if rng.random() < SHARE_IN_LOVE else list(one.preferences)
        wanted = [THIRD[host] for host in hosts][: rng.choice((2, 3, 3, 3))]
        with acting(student):
            closed = own_ground(round_, enrolment).closed
        ranks, impossible = _wishes([code for code in wanted if code not in closed], number)
        save_preferences(
            round_.pk,
            actor=student,
            at=opened + timedelta(hours=rng.randrange(2, 24 * DAYS_OPEN - 8)),
            enrolment_id=enrolment.pk,
            ranks=ranks,
            impossible=impossible,
        )


def _wishes(wanted: list[str], number: int) -> tuple[list[list[str]], dict[str, str]]:
    """Ranks and reasons: most put one host after the other, some find two equally good, and one
    cannot go everywhere."""
    if number == RULES_OUT:
        return [[code] for code in wanted[:-1]], {wanted[-1]: WHY_NOT}
    if number % EQUALS == 0:
        return [wanted[:2], *([code] for code in wanted[2:])], {}
    return [[code] for code in wanted], {}

"""A round over nine students and three hosts with three seats each, with its acts.

Student 1 lives in Poland and student 2 in France: with Warsaw and Amiens behind them neither may
stay in Amiens, the Polish one for want of a second country, nor the French one.
"""

from dataclasses import dataclass
from datetime import timedelta

from consortium.access import acting
from consortium.domain.memberships import account_for
from mobility_tracks.domain import rounds
from mobility_tracks.models import AllocationRound
from tests.mobility_tracks.curricula import S3, enrolled, intake_of, loaded

HOMES = ("PL", "FR", "IN", "IN", "BR", "VN", "MX", "NG", "ID")
WISHES = ("s3-ami", "s3-lju", "s3-bil")


@dataclass
class Round:
    """The acts of one round as the office and its students call them, at an instant."""

    world: object
    at: object
    opens: object
    closes: object
    students: list
    pk: object = None

    def draft(self, **changes):
        values = {
            "period": "s3",
            "title": "Third semester",
            "opens_at": self.opens,
            "closes_at": self.closes,
            "zone": "Europe/Paris",
            "policy": "rank_maximal",
            "seed": "class-1",
            "seats": dict.fromkeys(S3, (0, 3)),
        }
        made = rounds.draft_round(
            intake_of(self.world).pk, actor=self.world.staff(), at=self.at, **values | changes
        )
        self.pk = made.pk
        return made

    def act(self, name, *, at=None, actor=None, **more):
        act = getattr(rounds, name)
        return act(self.pk, actor=actor or self.world.staff(), at=at or self.opens, **more)

    def wish(self, number, *ranks, at=None, actor=None, enrolment=None, impossible=None):
        """A rank is a code, or several that are equally good."""
        return rounds.save_preferences(
            self.pk,
            actor=actor or self.student(number),
            at=at or self.opens,
            enrolment_id=(enrolment or self.students[number - 1]).pk,
            ranks=[[rank] if isinstance(rank, str) else rank for rank in ranks],
            impossible=impossible,
        )

    def all_wish(self):
        """The same order for everybody, without Amiens for the two to whom it is closed."""
        for number in range(1, 10):
            self.wish(number, *(WISHES[1:] if number < 3 else WISHES))

    def student(self, number):
        return self.world._actor(email(number), "emat", self.world.applicant().wall)

    def row(self):
        with acting(self.world.system()):
            return AllocationRound.objects.get(pk=self.pk)

    def result(self):
        with acting(self.world.system()):
            return AllocationRound.objects.filter(pk=self.pk).values_list("result", flat=True)[0]

    def hosts(self):
        return {p["reference"]: p["offering"] for p in self.result()["places"]}


def email(number):
    return f"student{number}@example.org"


def nine_students(world, at, *changes) -> Round:
    """The programme loaded, nine students enrolled, no round yet."""
    loaded(at, *changes)
    office = {"intake": intake_of(world), "actor": world.staff()}
    students = []
    for number, home in enumerate(HOMES, 1):
        account_for(email(number))
        student = enrolled(world, at, email=email(number), number=number, residence=home, **office)
        students.append(student)
    return Round(world, at, at + timedelta(days=10), at + timedelta(days=20), students)


def decided_with_room(world, at) -> Round:
    """Four seats at each host, and groups that may differ by three, so that there is room to move."""
    round_ = nine_students(world, at, ("tolerance: 1", "tolerance: 3"))
    round_.draft(seats=dict.fromkeys(WISHES, (0, 4)))
    round_.act("open_round", at=at)
    for number in range(1, len(HOMES) + 1):
        if HOMES[number - 1] not in ("PL", "FR"):
            round_.wish(number, *WISHES)
    round_.act("close_round", at=round_.closes)
    round_.act("decide", at=round_.closes)
    return round_

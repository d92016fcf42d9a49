"""From submitted dossiers onwards: dossiers, more reviewers, and each step up to an offer.

Dossiers are written as rows: what comes before a submission is tested elsewhere. Every later step
goes through its act.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from admissions.domain import assignments, eligibility, ranking, reviews
from admissions.domain.eligibility import Finding
from admissions.models import Assignment, Dossier, Offer, RankingRun
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from consortium.domain.memberships import Post, account_for, appoint
from consortium.models import Membership, Party
from consortium.roles import Role
from tests.admission_world import CLOSES, OpenCall
from tests.world import MARKERS, NOON, World

MET = {"degree": Finding(met=True), "english": Finding(met=True)}
SELECTED, RESERVE = ("amina", "bela", "cyra"), ("dora", "emil")
AFTER = CLOSES + timedelta(days=10)


@dataclass
class Selection:
    """One consortium's call with the acts' actors at hand."""

    world: World
    call: OpenCall
    slug: str = "emat"

    @property
    def system(self) -> Actor:
        return self.world.system(self.slug)

    @property
    def officer(self) -> Actor:
        return self.world.staff(Role.OFFICER, self.slug)

    @property
    def coordinator(self) -> Actor:
        return self.world.staff(Role.COORDINATOR, self.slug)

    @property
    def committee(self) -> Actor:
        return self.world.staff(Role.COMMITTEE, self.slug)

    def submitted(self, *names: str, **columns: object) -> list[Dossier]:
        """One submitted dossier per name; references are the names in capitals."""
        people = [account_for(f"{name}@example.org", name) for name in names]
        with acting(self.system):
            return [
                Dossier.objects.create(
                    **{
                        "consortium_id": self.system.tenant,
                        "call_id": self.call.call_id,
                        "applicant_id": person.pk,
                        "reference": name.upper(),
                        "state": "submitted",
                        "given_names": name.title(),
                        "family_name": MARKERS[self.slug],
                        "email": person.email,
                        "nationality": "NO",
                        "residence_country": "SE",
                        "statement": f"I like {MARKERS[self.slug]}.",
                        "declared_true": True,
                        "started_at": NOON,
                        "saved_at": NOON,
                        "submitted_at": NOON,
                        **columns,
                    }
                )
                for name, person in zip(names, people, strict=True)
            ]

    def eligible(self, *names: str) -> list[Dossier]:
        made = self.submitted(*names)
        for dossier in made:
            eligibility.rule(dossier.pk, actor=self.officer, at=AFTER, findings=MET)
        return [self.again(dossier) for dossier in made]

    def reviewed(self, marks: dict[str, tuple[int, int]]) -> list[Dossier]:
        """Dossiers with a mark of WAW's and one of LJU's reviewer, the same on every criterion."""
        made = self.eligible(*marks)
        members = [self.member("waw"), self.member("lju")]
        for dossier in made:
            pair = assignments.assign(
                dossier.pk, actor=self.officer, at=AFTER, membership_ids=[m.pk for m in members]
            )
            for row in pair:
                station = "waw" if row.reviewer_id == members[0].user_id else "lju"
                mark = marks[dossier.reference.lower()][0 if station == "waw" else 1]
                self.review(row, self.reviewer(station), mark)
        return [self.again(dossier) for dossier in made]

    def review(self, row: Assignment, reviewer: Actor, mark: int) -> None:
        reviews.declare(row.pk, actor=reviewer, at=AFTER)
        scores = dict.fromkeys(self.call.criteria, mark)
        reviews.submit(row.pk, actor=reviewer, at=AFTER, scores=scores, comment="fine")

    def approved(self, marks: dict[str, tuple[int, int]]) -> RankingRun:
        self.reviewed(marks)
        run = ranking.compute(self.call.call_id, actor=self.officer, at=AFTER)
        return ranking.approve(run.pk, actor=self.committee, at=AFTER)

    def decided(self) -> "Selection":
        """Three selected, two in reserve, as after an approval (test_ranking_run)."""
        for position, name in enumerate((*SELECTED, *RESERVE), start=1):
            state = "selected" if name in SELECTED else "reserve"
            self.submitted(name, state=state, position=position)
        return self

    def reviewer(self, code: str) -> Actor:
        return self.world.reviewer(code, self.slug)

    def person(self, email: str, wall: Wall = Wall.REVIEWER) -> Actor:
        return actor_for(self.world.user(email), self.world.consortia[self.slug], wall, at=AFTER)

    def applicant(self, name: str) -> Actor:
        return self.person(f"{name}@example.org", Wall.APPLICANT)

    def member(self, code: str) -> Membership:
        return self.membership(f"reviewer-{code}@{self.slug}.example")

    def membership(self, email: str) -> Membership:
        with acting(self.system):
            return Membership.objects.select_related("party").get(
                person_email=email, role=Role.REVIEWER
            )

    def appoint(self, name: str, code: str, until: datetime | None = None) -> Membership:
        with acting(self.system):
            party = Party.objects.get(consortium_id=self.system.tenant, code=code)
        user = account_for(f"{name}@{self.slug}.example", name)
        return appoint(
            user,
            actor=self.system,
            at=NOON,
            post=Post(Role.REVIEWER, party),
            name=name,
            until=until,
        )

    def person_of(self, row: Assignment) -> Actor:
        """The reviewer of an assignment."""
        with acting(self.system):
            email = Membership.objects.get(user_id=row.reviewer_id).person_email
        return self.person(email)

    def again(self, row):
        """The row as it stands now."""
        with acting(self.system):
            return type(row).objects.get(pk=row.pk)

    def dossier(self, name: str) -> Dossier:
        with acting(self.system):
            return Dossier.objects.get(call_id=self.call.call_id, reference=name.upper())

    def offer(self, name: str) -> Offer:
        with acting(self.system):
            return Offer.objects.get(dossier__reference=name.upper())


def both(world: World, calls: dict[str, OpenCall]) -> tuple[Selection, Selection]:
    """The selection of `emat`, and that of `arts` from which it must not leak."""
    return Selection(world, calls["emat"]), Selection(world, calls["arts"], "arts")

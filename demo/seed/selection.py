"""Eligibility and reviews of a call that has closed."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from admissions.models import (
    Assignment,
    Call,
    Criterion,
    Dossier,
    EligibilityCheck,
    EligibilityRule,
    Review,
    Score,
)
from consortium.access import acting
from consortium.actor import Actor, Wall
from demo.material.texts import reviewer_comment
from demo.seed.dossiers import Case
from demo.seed.history import History

MINUTE = timedelta(minutes=1)
REMARKS = {
    "too_few_credits": ("first-degree", "The transcript shows {ects} ECTS; 180 are needed."),
    "english_low": ("english", "The result, {score}, does not prove enough English."),
    "english_expired": ("english", "The certificate is more than two years old."),
}


def rule_on(
    cases: Iterable[Case], *, officer: Actor, since: datetime, days: float, rng: random.Random
) -> None:
    """Rule on each dossier, in the days after `since`, by the faults planted in it."""
    history, checks = History(), []
    cases = list(cases)
    with acting(Actor.system(officer.tenant)):
        rules = _rules(cases)
        for case in cases:
            at = since + timedelta(days=rng.uniform(0, days))
            check = _ruling(case, rules, officer, at)
            history.look(case.dossier, by=officer, at=at - MINUTE * 10)
            event = "find_eligible" if check.eligible else "find_ineligible"
            history.advance(case.dossier, event, by=officer, at=at)
            checks.append(check)
        EligibilityCheck.objects.bulk_create(checks)
        Dossier.objects.bulk_update([case.dossier for case in cases], ["state"], batch_size=200)
        history.write()


def _rules(cases: Sequence[Case]) -> list[str]:
    rows = EligibilityRule.objects.filter(call=cases[0].dossier.call).order_by("position")
    return list(rows.values_list("code", flat=True))


def _ruling(case: Case, rules: list[str], officer: Actor, at: datetime) -> EligibilityCheck:
    one = case.one
    remarks = {}
    for problem in one.problems:
        code, remark = REMARKS[problem]
        remarks[code] = remark.format(ects=one.study.ects, score=one.english.score)
    return EligibilityCheck(
        consortium_id=case.dossier.consortium_id,
        dossier=case.dossier,
        eligible=not remarks,
        findings={
            code: {"met": code not in remarks, "remark": remarks.get(code, "")} for code in rules
        },
        ruled_by=officer.name,
        ruled_at=at,
    )


@dataclass
class Reviewing:
    """Fills assignments in bulk, as of `now`; marks follow the strengths of the applicants, 1 to 5."""

    consortium_id: int
    criteria: list[Criterion]
    now: datetime
    rng: random.Random

    def submit(self, rows: Sequence[Assignment], strengths: Mapping[UUID, int]) -> None:
        """Declare and submit each review at some moment between the assignment and now."""
        history, reviews, scores = History(), [], []
        for row in rows:
            at = self._moment(row)
            if row.state == "proposed":
                history.advance(row, "declare", by=reviewer(row), at=at - timedelta(hours=1))
            history.look(row.dossier, by=reviewer(row), at=at - MINUTE * 55)
            history.advance(row, "submit", by=reviewer(row), at=at)
            review, marks = self._review(row, strengths[row.dossier_id], at)
            reviews.append(review)
            scores += marks
        Assignment.objects.bulk_update(rows, ["state"], batch_size=500)
        Review.objects.bulk_create(reviews, batch_size=500)
        Score.objects.bulk_create(scores, batch_size=1000)
        history.write()

    def _review(self, row: Assignment, strength: int, at: datetime) -> tuple[Review, list[Score]]:
        review = Review(
            consortium_id=self.consortium_id,
            assignment=row,
            comment=reviewer_comment(self.rng, strength),
            saved_at=at,
            submitted_at=at,
        )
        marks = [
            Score(
                consortium_id=self.consortium_id,
                review=review,
                criterion=criterion,
                points=mark(self.rng, strength, criterion.max_points),
            )
            for criterion in self.criteria
        ]
        return review, marks

    def recuse(self, rows: Sequence[Assignment], reasons: Sequence[str]) -> None:
        """Declare a conflict of interest on each, two days after it was assigned."""
        history = History()
        for row, reason in zip(rows, reasons, strict=True):
            row.conflict_reason = reason
            at = row.assigned_at + timedelta(days=2)
            history.advance(row, "recuse", by=reviewer(row), at=at, reason=reason)
        Assignment.objects.bulk_update(rows, ["state", "conflict_reason"])
        history.write()

    def _moment(self, row: Assignment) -> datetime:
        room = (self.now - row.assigned_at).total_seconds()
        return row.assigned_at + timedelta(seconds=room * self.rng.uniform(0.1, 0.95))


def criteria_of(call: Call) -> list[Criterion]:
    rows = Criterion.objects.filter(call=call).order_by("position")
    return cast("list[Criterion]", list(rows))


def mark(rng: random.Random, strength: int, most: int) -> int:
    """A mark from 0 to `most` for a strength of 1 to 5, as one reviewer among several gives it."""
    share = rng.gauss((strength - 0.5) / 5, 0.13)
    return round(min(1.0, max(0.0, share)) * most)


def reviewer(row: Assignment) -> Actor:
    return Actor(
        wall=Wall.REVIEWER,
        consortium_id=row.consortium_id,
        user_id=row.reviewer_id,
        name=row.reviewer_name,
        party_rights={row.party_id: frozenset()},
    )


def in_order(rows: Iterable[Assignment]) -> list[Assignment]:
    """In an order that does not hang on identifiers."""
    return sorted(rows, key=lambda row: (row.reference, row.reviewer_id))

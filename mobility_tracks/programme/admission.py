"""Intakes and calls: what applicants are asked for, how dossiers are marked, who pays.

Instants of a call are local times without offset, to be read in the call's `zone`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from mobility_tracks.programme.rules import CapRule, EligibilityRule
from mobility_tracks.programme.sourced import Sourced
from mobility_tracks.programme.words import (
    Count,
    CriterionRef,
    Currency,
    IntakeRef,
    Key,
    Money,
    Name,
    Prose,
    RouteRef,
    Sentence,
    VersionRef,
    Weight,
    Whole,
    Zone,
)


@dataclass(frozen=True, kw_only=True)
class Intake(Sourced):
    """The students who begin in one year, under one programme version."""

    key: Key
    name: Name
    version: VersionRef
    first_year: Annotated[int, Whole(2000, 2100)]
    class_number: Count | None = None
    seats: Count | None = None


@dataclass(frozen=True, kw_only=True)
class Route(Sourced):
    """A way to be admitted; one dossier may follow several."""

    key: Key
    name: Name
    closes_at: Annotated[datetime | None, "where it differs from the call"] = None


@dataclass(frozen=True, kw_only=True)
class DocumentRequirement(Sourced):
    """A paper to attach, with the limits a file must keep."""

    key: Key
    name: Name
    kind: Annotated[
        Literal[
            "identity",
            "residence",
            "language",
            "transcript",
            "diploma",
            "cv",
            "medical",
            "other",
        ],
        "identity, residence: closed to reviewers; medical: for the inclusion officer alone",
    ] = "other"
    needed: Literal["always", "sometimes", "optional"] = "always"
    when: Annotated[Sentence | None, "with `sometimes`: who must give it"] = None
    help: Sentence | None = None
    formats: tuple[Literal["pdf", "jpg", "png"], ...] = ("pdf",)
    max_megabytes: Annotated[int, Whole(1, 50)] = 10
    max_pages: Count | None = None
    max_files: Annotated[int, Whole(1, 20)] = 1
    max_age_months: Annotated[Count | None, "age of the paper at the deadline"] = None
    certified: bool = False
    sworn_translation: bool = False
    restricted: Annotated[bool, "left out, unless its kind keeps it from reviewers"] = False
    routes: Annotated[tuple[RouteRef, ...], "none named: all routes"] = ()


@dataclass(frozen=True, kw_only=True)
class References(Sourced):
    """Letters by other people about the applicant."""

    count: Annotated[int, Whole(0, 10)]
    sent_by: Literal["referee", "applicant"] = "referee"
    closes_at: Annotated[datetime | None, "the referees' own deadline"] = None
    help: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Question(Sourced):
    """A text the applicant writes in the form."""

    key: Key
    label: Name
    max_words: Annotated[int, Whole(10, 5000)]
    required: bool = True
    help: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Criterion(Sourced):
    """A mark. The weights of criteria with the same parent add up to 100."""

    key: Key
    name: Name
    parent: CriterionRef | None = None
    stage: Key = "file"
    scale: Literal["points", "letter", "gate"] = "points"
    best: Annotated[int, Whole(1, 1000)] = 5
    weight: Weight
    knock_out: Annotated[int | None, Whole(0, 1000), "a mark below it ends the review"] = None
    help: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class Rubric(Sourced):
    """How reviewers mark and how marks become one score."""

    reviewers: Annotated[int, Whole(1, 10)] = 2
    aggregation: Literal["mean", "consensus", "sum"] = "mean"
    third_review_gap: Annotated[Weight | None, "difference of two totals that asks for a third"] = (
        None
    )
    criteria: tuple[Criterion, ...]
    tie_breakers: tuple[CriterionRef, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FundingLine(Sourced):
    """A source of money for students of the call."""

    key: Key
    name: Name
    kind: Literal["emjm", "emjm_topup", "waiver", "industrial", "national", "self_funded"]
    routes: tuple[RouteRef, ...] = ()
    seats: Annotated[int, Whole()] | None = None
    amount: Annotated[Money | None, "for a month, in `currency`"] = None
    currency: Currency = "EUR"
    caps: tuple[CapRule, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Milestone(Sourced):
    """A day applicants should know."""

    key: Key
    name: Name
    day: date


@dataclass(frozen=True, kw_only=True)
class Call(Sourced):
    """An invitation to apply for one intake; frozen once it opens."""

    key: Key
    title: Name
    intake: IntakeRef
    zone: Zone
    opens_at: datetime
    closes_at: datetime
    seats: Count | None = None
    about: Prose | None = None
    routes: tuple[Route, ...]
    eligibility: tuple[EligibilityRule, ...] = ()
    documents: tuple[DocumentRequirement, ...] = ()
    references: References | None = None
    questions: tuple[Question, ...] = ()
    rubric: Rubric | None = None
    funding_lines: tuple[FundingLine, ...] = ()
    milestones: tuple[Milestone, ...] = ()

"""A reviewer's own acts: declare to be free of conflict or recuse, mark in private, submit."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from django.utils.translation import gettext as _

from admissions.models import Assignment, Criterion, Dossier, Review, Score
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Incomplete, Invalid, WrongState

LONGEST_REASON = 300


def declare(assignment_id: object, *, actor: Actor, at: datetime) -> Assignment:
    """Sign that there is no conflict of interest with this dossier (domain.md 1.7).

    Nothing can be marked before. Declaring twice is declaring once. Raises WrongState after a
    declared conflict or a submitted review.
    """
    with acting(actor):
        assignment = Assignment.objects.locked(actor, "declare", assignment_id)
        if assignment.state != "in_progress":
            lifecycle.advance(assignment, "declare", actor=actor, at=at)
    return assignment


def recuse(assignment_id: object, *, actor: Actor, at: datetime, reason: str) -> Assignment:
    """Declare a conflict of interest: the dossier closes to the reviewer at both walls, at once.

    The dossier then needs a replacement (`assignments.replacements_needed`). Raises Invalid without
    a reason, WrongState once the review is submitted or the conflict declared.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Invalid(
            _("A conflict of interest is declared with a reason of at most %(most)d characters.")
            % {"most": LONGEST_REASON},
            fields={"reason": _("Say in a sentence what the conflict is.")},
        )
    with acting(actor):
        assignment = Assignment.objects.locked(actor, "declare", assignment_id)
        assignment.conflict_reason = reason
        lifecycle.advance(assignment, "recuse", actor=actor, at=at, reason=reason)
        assignment.save(update_fields=["conflict_reason"])
    return assignment


def save(
    assignment_id: object,
    *,
    actor: Actor,
    at: datetime,
    scores: Mapping[str, int | None],
    comment: str,
) -> Review:
    """Keep a private draft: marks may be missing, nobody else reads it.

    Replaces the draft before. Raises Invalid for a mark off its scale, WrongState unless the
    conflict check is signed, the review not submitted and the dossier under review.
    """
    with acting(actor):
        assignment = Assignment.objects.locked(actor, "review", assignment_id)
        _check_writable(assignment, actor)
        marks = _marks(assignment, actor, scores)
        review = _write(assignment, marks, comment, at)
        facts = {"marks": len(marks)}
        journal.record("review.save", review, actor=actor, at=at, facts=facts)
    return review


def submit(
    assignment_id: object,
    *,
    actor: Actor,
    at: datetime,
    scores: Mapping[str, int | None],
    comment: str,
) -> Review:
    """Submit the review: from now on the office and the ranking read it.

    The same review sent twice is submitted once. Raises Incomplete when a criterion has no mark,
    Invalid for a mark off its scale, WrongState for other marks after the first submission.
    """
    with acting(actor):
        assignment = Assignment.objects.locked(actor, "review", assignment_id)
        if assignment.state in {"submitted", "locked"}:
            return _submitted_alike(assignment, scores, comment)
        _check_writable(assignment, actor)
        marks = _marks(assignment, actor, scores)
        _check_complete(assignment, actor, marks)
        review = _write(assignment, marks, comment, at, submitted_at=at)
        facts = {"review": str(review.pk)}
        lifecycle.advance(assignment, "submit", actor=actor, at=at, facts=facts)
    return review


def _write(
    assignment: Assignment,
    marks: Mapping[Criterion, int],
    comment: str,
    at: datetime,
    submitted_at: datetime | None = None,
) -> Review:
    review, _made = Review.objects.update_or_create(
        assignment=assignment,
        defaults={
            "consortium_id": assignment.consortium_id,
            "comment": comment.strip(),
            "saved_at": at,
            "submitted_at": submitted_at,
        },
    )
    review.scores.all().delete()
    Score.objects.bulk_create(
        Score(
            consortium_id=assignment.consortium_id, review=review, criterion=criterion, points=mark
        )
        for criterion, mark in marks.items()
    )
    return review


def _submitted_alike(
    assignment: Assignment, scores: Mapping[str, int | None], comment: str
) -> Review:
    """Asks the review alone: the dossier may be closed by now."""
    review = Review.objects.get(assignment=assignment)
    stored = dict(review.scores.values_list("criterion__code", "points"))
    given = {code: mark for code, mark in scores.items() if mark is not None}
    if stored == given and review.comment == comment.strip():
        return review
    raise WrongState(
        _("A submitted review is final."),
        fact=_("Yours arrived on %(day)s.") % {"day": f"{review.submitted_at:%Y-%m-%d %H:%M} UTC"},
        next_step=_("Write to the consortium office if a mark is wrong."),
    )


def _criteria(assignment: Assignment, actor: Actor) -> dict[str, Criterion]:
    rows = Criterion.objects.for_actor(actor, "view").order_by("position")
    found = cast("list[Criterion]", list(rows.filter(call__dossiers__pk=assignment.dossier_id)))
    return {row.code: row for row in found}


def _marks(
    assignment: Assignment, actor: Actor, scores: Mapping[str, int | None]
) -> dict[Criterion, int]:
    """The marks that were given, each within its scale of 0 to `max_points`."""
    criteria = _criteria(assignment, actor)
    wrong: dict[str, str] = {
        code: _("The call has no such criterion.") for code in scores.keys() - criteria.keys()
    }
    for code, criterion in criteria.items():
        mark = scores.get(code)
        if mark is not None and not _on_scale(mark, criterion):
            wrong[code] = _("Give a whole number from 0 to %(most)d.") % {
                "most": criterion.max_points
            }
    if wrong:
        raise Invalid(_("A mark is a whole number on the scale of its criterion."), fields=wrong)
    given = {criteria[code]: mark for code, mark in scores.items() if mark is not None}
    return dict(sorted(given.items(), key=lambda pair: pair[0].position))


def _on_scale(mark: object, criterion: Criterion) -> bool:
    return type(mark) is int and 0 <= mark <= criterion.max_points


def _check_writable(assignment: Assignment, actor: Actor) -> None:
    if assignment.state == "proposed":
        raise WrongState(
            _("Marks are given after the declaration on conflicts of interest."),
            fact=_("You have not declared yet."),
            next_step=_("Declare that you have none, or recuse yourself."),
        )
    if assignment.state != "in_progress":
        raise WrongState(
            _("A submitted review is final."),
            next_step=_("Write to the consortium office if a mark is wrong."),
        )
    seen = Dossier.objects.for_actor(actor, "view").filter(pk=assignment.dossier_id)
    state = seen.values_list("state", flat=True).first()
    if state != "under_review":
        raise WrongState(
            _("A dossier is marked while it is under review."),
            fact=_("It is %(state)s.") % {"state": state.replace("_", " ")}
            if state
            else _("It is closed to you by now."),
            next_step=_("Nothing more is needed from you for this dossier."),
        )


def _check_complete(assignment: Assignment, actor: Actor, marks: Mapping[Criterion, int]) -> None:
    marked = {each.code for each in marks}
    missing = {
        code: row.title for code, row in _criteria(assignment, actor).items() if code not in marked
    }
    if missing:
        raise Incomplete(
            _("A review is submitted with a mark for every criterion."),
            fact=_("Still open: %(titles)s.") % {"titles": ", ".join(missing.values())},
            next_step=_("Give the missing marks; your draft can be saved as it is."),
            fields=dict.fromkeys(missing, _("Give a mark.")),
        )

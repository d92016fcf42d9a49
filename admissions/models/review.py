"""A reviewer's task and what came of it. The assignment is the right: `Dossier.visible_to` follows."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.models.call import Criterion
from admissions.models.dossier import Dossier
from admissions.policies import ASSIGNMENT, REVIEW, SCORE
from consortium.actor import Actor
from consortium.models.tenant import Consortium, Party, TenantForeignKey, TenantModel
from consortium.scoping import ScopedQuerySet

# What a row of a list shows, of the task and of its dossier.
TASK = ("dossier", "reference", "reviewer_name", "due_at", "state")
OF_DOSSIER = ("reference", "given_names", "family_name", "degree_institution")


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    policy = ASSIGNMENT

    opened_to: Actor | None = None

    def in_queue(self, actor: Actor, *more: str) -> "AssignmentQuerySet":
        """The columns that a reviewer's lists show and `more`, with `open_dossier`.

        That is None once the dossier is closed to the actor: the task keeps its number alone.
        """
        rows = self.only(*TASK, *more)
        rows.opened_to = actor
        return rows

    def _clone(self) -> Self:
        clone = super()._clone()
        clone.opened_to = self.opened_to
        return clone

    def _fetch_all(self) -> None:
        """With the dossiers, as a prefetch would, which composes a placeholder for each of them."""
        is_new = self._result_cache is None
        super()._fetch_all()
        tasks = self._result_cache or []
        if is_new and tasks and self.opened_to is not None:
            seen = Dossier.objects.for_actor(self.opened_to, "view").only(*OF_DOSSIER)
            wanted = [task.dossier_id for task in tasks]
            opened = {row.pk: row for row in seen.filter(pk__any_of=wanted)}
            for task in tasks:
                task.open_dossier = opened.get(task.dossier_id)

    def by_name(self, actor: Actor) -> "AssignmentQuerySet":
        """With `name_key` to sort by, empty for a dossier that is closed to the actor."""
        seen = Dossier.objects.for_actor(actor, "view").filter(pk=models.OuterRef("dossier_id"))
        return self.annotate(name_key=models.Subquery(seen.values("sort_name")[:1]))

    def for_listing(self, *more: str) -> "AssignmentQuerySet":
        """For the office, by name: the columns that lists show and `more`, with the dossier."""
        shown = (*TASK, *(f"dossier__{each}" for each in OF_DOSSIER), *more)
        return self.select_related("dossier").only(*shown).order_by("dossier__sort_name", "id")

    def in_full(self) -> "AssignmentQuerySet":
        """With the whole dossier, its call and the partner."""
        return self.select_related("dossier__call", "party")


class Assignment(TenantModel):
    """One dossier to one reviewer of one partner. A conflicted one opens nothing.

    `reference` is the dossier's, which the reviewer keeps when the dossier closes; `open_dossier` is
    there on rows of `in_queue`.
    """

    lifecycle = states.ASSIGNMENT
    concerns = "dossier__applicant"
    open_dossier: Dossier | None

    consortium = models.ForeignKey(
        Consortium, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dossier = TenantForeignKey(
        Dossier, on_delete=models.CASCADE, related_name="assignments", db_index=False
    )
    reference = models.CharField(_("reference"), max_length=16)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewer_name = models.CharField(_("reviewer"), max_length=200)
    party = TenantForeignKey(Party, on_delete=models.PROTECT, related_name="assignments")
    due_at = models.DateTimeField(_("due"), null=True)
    assigned_at = models.DateTimeField(_("assigned"))
    conflict_reason = models.CharField(_("conflict of interest"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=20, default="proposed")

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "reviewer"], name="assignment_once")
        ]
        indexes = [
            models.Index(
                fields=["consortium", "reviewer", "state", "id"], name="assignment_by_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_name}: {self.dossier_id}"


class ReviewQuerySet(ScopedQuerySet["Review"]):
    policy = REVIEW


class Review(TenantModel):
    """A draft until `submitted_at`; nobody else reads a draft."""

    concerns = "assignment__dossier__applicant"

    assignment = models.OneToOneField(
        Assignment, on_delete=models.CASCADE, related_name="review", db_constraint=False
    )
    comment = models.TextField(_("comment"), blank=True)
    saved_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.assignment_id}"


class ScoreQuerySet(ScopedQuerySet["Score"]):
    policy = SCORE


class Score(TenantModel):
    """A mark on one criterion."""

    concerns = "review__assignment__dossier__applicant"

    review = TenantForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = TenantForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("mark"))

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [models.UniqueConstraint(fields=["review", "criterion"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.points}"

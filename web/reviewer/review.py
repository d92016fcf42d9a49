"""One review: the dossier on the left, the form on the right; the conflict question comes first."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from admissions.document_kinds import closed_to
from admissions.domain import looks, reviews
from admissions.models import (
    Assignment,
    Criterion,
    Document,
    DocumentRequirement,
    Dossier,
    ReferenceLetter,
    ReferenceRequest,
    Review,
    Score,
    TrackPreference,
)
from web.base import FormPage
from web.files import facts_in_words
from web.office.sheet import blocks
from web.reviewer.forms import RecusalForm, ReviewForm
from web.reviewer.queue import Reading

WRITABLE = "in_progress"


class ReviewPage(FormPage, Reading):
    """Before the declaration nothing of the dossier but the name is shown. A fixed number of queries.

    Once the dossier is closed to the reviewer, the page holds their own review and nothing else.
    """

    leaves_trace = True
    template_name = "reviewer/review.html"

    @cached_property
    def assignment(self) -> Assignment:
        """A conflicted one is closed: the dossier it hung on is out of reach."""
        rows = Assignment.objects.all().exclude(state="conflicted")
        return rows.reach(self.actor, "view", pk=self.kwargs["assignment"])

    @cached_property
    def dossier(self) -> Dossier | None:
        """None once it is closed: decided on, withdrawn, or no basis for the transfer."""
        rows = Dossier.objects.for_actor(self.actor, "view").select_related("call")
        return rows.filter(pk=self.assignment.dossier_id).first()

    def home(self) -> str:
        return reverse("reviewer:review", args=[self.consortium.slug, self.kwargs["assignment"]])

    @cached_property
    def criteria(self) -> list[Criterion]:
        """The call's; of a closed dossier those that were marked."""
        rows = Criterion.objects.for_actor(self.actor, "view").order_by("position")
        if self.dossier is not None:
            return list(rows.filter(call=self.dossier.call_id))
        return list(rows.filter(pk__in=self.marks))

    @cached_property
    def marks(self) -> dict[UUID, int]:
        """Of the own review, by criterion."""
        if self.review is None:
            return {}
        mine = Score.objects.for_actor(self.actor, "view").filter(review=self.review)
        return dict(mine.values_list("criterion_id", "points"))

    @cached_property
    def review(self) -> Review | None:
        rows = Review.objects.for_actor(self.actor, "view")
        return rows.filter(assignment=self.assignment.pk).first()

    def form(self, *data: Any) -> forms.Form:
        initial: dict[str, Any] = {"comment": self.review.comment} if self.review else {}
        initial |= {c.code: self.marks.get(c.pk) for c in self.criteria}
        return ReviewForm(self.criteria, *data, initial=initial)

    def context(self) -> dict[str, Any]:
        assignment, dossier = self.assignment, self.dossier
        judged = dossier is not None and dossier.state == "under_review"
        shared = {
            "page_title": _("Review %(reference)s") % {"reference": assignment.reference},
            "assignment": assignment,
            "dossier": dossier,
            "recusal_form": RecusalForm(),
            "neighbours": self.neighbours(),
            "review": self.review,
            "is_writable": assignment.state == WRITABLE and judged,
        }
        if assignment.state == "proposed" or dossier is None:
            return shared
        looks.at_dossier(dossier, actor=self.actor, at=self.at)
        wishes = TrackPreference.objects.for_actor(self.actor, "view").filter(dossier=dossier)
        return {
            **shared,
            "blocks": blocks(dossier, wishes.select_related("track"), contact=False),
            "papers": self.papers(dossier),
        }

    def papers(self, dossier: Dossier) -> list[dict[str, Any]]:
        """Documents and letters as tabs of one frame; letters in words stand on the page itself.

        What is kept apart stands there by name; whether anything came for it, the page does not know.
        """
        at = self.consortium.slug
        documents = Document.objects.for_actor(self.actor, "view").filter(dossier=dossier)
        documents = documents.filter(replaced_at__isnull=True).select_related("requirement")
        slots = DocumentRequirement.objects.for_actor(self.actor, "view")
        closed = slots.filter(
            call=dossier.call_id, kind__in=sorted(closed_to(self.actor))
        ).values_list("title", flat=True)
        received = ReferenceLetter.objects.for_actor(self.actor, "view")
        received = received.filter(dossier=dossier, replaced_at__isnull=True)
        letters = list(received.order_by("received_at"))
        shown = [letter for letter in letters if letter.text]
        looks.at_letters(shown, actor=self.actor, at=self.at)
        names = dict(
            ReferenceRequest.objects.for_actor(self.actor, "view")
            .filter(dossier=dossier)
            .values_list("pk", "referee_name")
        )
        return [
            *(
                {
                    "title": paper.requirement.title,
                    "facts": facts_in_words(size=paper.size, pages=paper.pages),
                    "url": reverse("reviewer:document", args=[at, paper.pk]),
                }
                for paper in documents
            ),
            *(
                {
                    "title": _("Letter of %(name)s") % {"name": names.get(letter.request_id, "")},
                    "facts": facts_in_words(size=letter.size, pages=None) if letter.file else "",
                    "text": letter.text,
                    "url": reverse("reviewer:letter", args=[at, letter.pk]),
                }
                for letter in letters
            ),
            *({"title": title, "url": ""} for title in closed),
        ]

    def neighbours(self) -> dict[str, str]:
        """The dossiers before and after this one in the reviewer's own list."""
        rows = Assignment.objects.for_actor(self.actor, "view").exclude(state="conflicted")
        named = rows.by_name(self.actor).order_by(F("name_key").asc(nulls_last=True), "pk")
        ids = list(named.values_list("pk", flat=True)[:500])
        at = ids.index(self.assignment.pk) if self.assignment.pk in ids else 0
        near = {"previous": ids[at - 1 : at], "next": ids[at + 1 : at + 2]}
        slug = self.consortium.slug
        return {
            name: reverse("reviewer:review", args=[slug, found[0]]) if found else ""
            for name, found in near.items()
        }

    def act(self, form: forms.Form) -> str:
        """Submit and go on to the next, or keep a private draft and stay."""
        assert isinstance(form, ReviewForm)  # made by self.form
        typed = {"scores": form.scores, "comment": form.cleaned_data["comment"]}
        pk = self.kwargs["assignment"]
        if self.request.POST.get("act") == "submit":
            reviews.submit(pk, actor=self.actor, at=self.at, **typed)
            messages.success(self.request, _("The review is submitted."))
            return reverse("reviewer:queue", args=[self.consortium.slug])
        reviews.save(pk, actor=self.actor, at=self.at, **typed)
        messages.success(self.request, _("The draft is saved; only you read it."))
        return self.home()

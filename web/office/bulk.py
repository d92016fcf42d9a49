"""Assign many dossiers at once: choose reviewers, see exactly what would happen, then do it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.domain.assignments import assign, reviewers
from admissions.domain.workload import REVIEWABLE
from admissions.models import Assignment, Dossier
from consortium.access import acting
from consortium.errors import DomainError
from consortium.models import Membership
from web.office.desk import Desk
from web.office.dossier_forms import ReviewersForm

MOST = 200


@dataclass(frozen=True, slots=True)
class Intended:
    """What would happen to one dossier. obstacle: why nothing can; refusal: why nothing did."""

    dossier: Dossier
    adds: tuple[Membership, ...] = ()
    has: tuple[str, ...] = ()
    obstacle: str = ""
    refusal: str = ""


def intended(
    dossiers: Sequence[Dossier],
    chosen: Sequence[Membership],
    there: Mapping[object, Sequence[Assignment]],
) -> list[Intended]:
    """One line per dossier, in their order. Pure; the act itself decides again."""
    return [_line(dossier, chosen, there.get(dossier.pk, ())) for dossier in dossiers]


def _line(dossier: Dossier, chosen: Sequence[Membership], there: Sequence[Assignment]) -> Intended:
    if dossier.state not in REVIEWABLE:
        return Intended(dossier, obstacle=_("not eligible for review in its state"))
    had = {row.reviewer_id for row in there}
    adds = tuple(member for member in chosen if member.user_id not in had)
    has = tuple(row.reviewer_name for row in there)
    if chosen and not adds:
        return Intended(dossier, has=has, obstacle=_("all of them have it already"))
    alive = [row.party_id for row in there if row.state != "conflicted"]
    parties = [*alive, *(member.party_id for member in adds)]
    needed = dossier.call.reviews_needed
    if chosen and needed >= 2 and len(parties) >= needed and len(set(parties)) < 2:
        return Intended(dossier, has=has, obstacle=_("all reviewers would be of one partner"))
    return Intended(dossier, adds=adds, has=has)


class BulkAssignment(Desk):
    """POST only: `chosen` holds references. Each dossier is an act of its own, told one by one."""

    right = "assign_reviewers"
    stop = "dossiers"
    template_name = "office/bulk_assignment.html"
    page_title = ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.url("dossiers"))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with acting(self.actor):
            if not self.dossiers:
                messages.warning(request, _("Choose at least one dossier first."))
                return HttpResponseRedirect(self.url("dossiers"))
            form = self.form()
            if not form.is_bound or not form.is_valid() or request.POST.get("step") != "do":
                lines = intended(self.dossiers, self.picked(form), self.there)
                return self.shown(form, lines)
        return self.done(form)

    def done(self, form: forms.Form) -> HttpResponse:
        with acting(self.actor):
            lines = intended(self.dossiers, self.picked(form), self.there)
        told = [self.perform(line) for line in lines]
        refused = [line for line in told if line.refusal or line.obstacle]
        given = sum(len(line.adds) for line in told if not line.refusal)
        words = ngettext("%(n)d assignment made.", "%(n)d assignments made.", given) % {"n": given}
        if not refused:
            messages.success(self.request, words)
            return HttpResponseRedirect(self.url("dossiers"))
        with acting(self.actor):
            return self.shown(form, told, outcome=words, status=409)

    def perform(self, line: Intended) -> Intended:
        if not line.adds:
            return line
        try:
            ids = [member.pk for member in line.adds]
            assign(line.dossier.pk, actor=self.actor, at=self.at, membership_ids=ids)
        except DomainError as refusal:
            return Intended(line.dossier, line.adds, line.has, refusal=refusal.sentence)
        return line

    @cached_property
    def dossiers(self) -> list[Dossier]:
        """Only what the actor sees; anything else among the chosen is not there."""
        chosen = self.request.POST.getlist("chosen")[:MOST]
        rows = Dossier.objects.for_actor(self.actor, "view").filter(reference__in=chosen)
        return list(rows.for_listing("call").select_related("call").order_by("sort_name", "pk"))

    @cached_property
    def there(self) -> dict[object, list[Assignment]]:
        found: dict[object, list[Assignment]] = {}
        rows = Assignment.objects.for_actor(self.actor, "view").filter(dossier__in=self.dossiers)
        for row in rows.order_by("reviewer_name"):
            found.setdefault(row.dossier_id, []).append(row)
        return found

    @cached_property
    def people(self) -> list[Membership]:
        return list(reviewers(actor=self.actor, at=self.at))

    def form(self) -> forms.Form:
        step = self.request.POST.get("step")
        return ReviewersForm(self.people, *([self.request.POST] if step else []))

    def picked(self, form: forms.Form) -> list[Membership]:
        if not form.is_bound or not form.is_valid():
            return []
        return [m for m in self.people if str(m.pk) in form.cleaned_data["membership_ids"]]

    def shown(
        self, form: forms.Form, lines: list[Intended], *, outcome: str = "", status: int = 200
    ) -> HttpResponse:
        if form.is_bound and form.errors:
            status = 422
        adds = sum(len(line.adds) for line in lines)
        context = {
            "page_title": _("Assign reviewers to %(n)d dossiers") % {"n": len(lines)},
            "form": form,
            "lines": lines,
            "adds": adds,
            "outcome": outcome,
            "picked": self.picked(form),
            "confirm": ngettext("Make %(n)d assignment", "Make %(n)d assignments", adds)
            % {"n": adds},
        }
        return self.page(context, status=status)

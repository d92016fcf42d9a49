"""Filters of admissions, for pages and API alike: see consortium/filters.py for their rules."""

from typing import Any

import django_filters
import pycountry
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from admissions import states
from admissions.domain.funding import lines
from admissions.models import Assignment, Call, Dossier, NeedsCase
from admissions.visibility import UNSENT
from consortium.filters import SEARCH, ScopedFilterSet
from consortium.requests import TenantRequest
from mobility_tracks.models import Enrolment, Intake
from mobility_tracks.states import ENROLMENT


def _calls(request: TenantRequest) -> QuerySet[Call]:
    return Call.objects.for_actor(request.actor, "view").order_by("-closes_at")


def _countries() -> list[tuple[str, str]]:
    return sorted(((c.alpha_2, c.name) for c in pycountry.countries), key=lambda c: c[1])


def _states(lifecycle: Any, *, but: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [(state, state.replace("_", " ")) for state in lifecycle.states if state not in but]


class DossierFilter(ScopedFilterSet):
    """Dossiers of a call by state, country, what is missing, and name or reference."""

    LETTERS, REVIEWERS, REVIEWS = "letters", "reviewers", "reviews"
    MISSING = [
        (LETTERS, _("a letter is missing")),
        (REVIEWERS, _("a reviewer is missing")),
        (REVIEWS, _("a review is missing")),
    ]
    state = django_filters.ChoiceFilter(
        label=_("Show"), choices=_states(states.DOSSIER, but=UNSENT), empty_label=_("all dossiers")
    )
    call = django_filters.ModelChoiceFilter(
        label=_("of"), queryset=_calls, to_field_name="slug", empty_label=_("every call")
    )
    nationality = django_filters.ChoiceFilter(
        label=_("from"), choices=_countries, empty_label=_("any country")
    )
    missing = django_filters.ChoiceFilter(
        label=_("where"), choices=MISSING, empty_label=_("anything or nothing"), method="lacking"
    )
    q = django_filters.CharFilter(label=_("named"), max_length=SEARCH, method="named")

    class Meta:
        model = Dossier
        fields: list[str] = []

    def __init__(self, *data: Any, **more: Any) -> None:
        super().__init__(*data, **more)
        if not self.actor.may("assign_reviewers"):
            # On the field: the API's description builds and keeps fields of the class's own filters.
            self.filters["missing"].field.choices = [self.MISSING[0]]

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Each word stands somewhere in the name, or the whole is the start of a reference."""
        by_name = Q()
        for word in value.split():
            by_name &= (
                Q(sort_name__icontains=word)
                | Q(latin_name__icontains=word)
                | Q(given_names__icontains=word)
                | Q(family_name__icontains=word)
            )
        return rows.filter(by_name | Q(reference__istartswith=value.strip()))

    def lacking(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Through subqueries over rows that the actor sees: one cannot ask about hidden ones."""
        seen = Dossier.objects.for_actor(self.actor, "view")
        if value == self.LETTERS:
            received = Count("references", filter=Q(references__state="received"))
            short = seen.alias(have=received).filter(have__lt=F("call__references_needed"))
            return rows.filter(pk__in=short.values("pk"))
        mine = Assignment.objects.for_actor(self.actor, "view").exclude(state="conflicted")
        counted = Q(assignments__in=mine)
        if value == self.REVIEWS:
            counted &= Q(assignments__state__in=["submitted", "locked"])
        have = Count("assignments", filter=counted, distinct=True)
        short = seen.filter(state__in=["eligible", "under_review"]).alias(have=have)
        return rows.filter(pk__in=short.filter(have__lt=F("call__reviews_needed")).values("pk"))


def _intakes(request: TenantRequest) -> QuerySet[Intake]:
    return Intake.objects.for_actor(request.actor, "view").order_by("-year")


class FundingFilter(ScopedFilterSet):
    """Students by line, intake and state. Its rows are those of `admissions.domain.funding`."""

    NONE = "none"
    state = django_filters.ChoiceFilter(
        label=_("Show"), choices=_states(ENROLMENT), empty_label=_("all students")
    )
    intake = django_filters.ModelChoiceFilter(
        label=_("of"), queryset=_intakes, empty_label=_("every intake")
    )
    line = django_filters.ChoiceFilter(
        label=_("on"),
        empty_label=_("any line"),
        method="on_line",
        choices=[(NONE, _("none recorded"))],
    )
    q = django_filters.CharFilter(label=_("named"), max_length=SEARCH, method="named")

    class Meta:
        model = Enrolment
        fields: list[str] = []

    def __init__(self, *data: Any, **more: Any) -> None:
        super().__init__(*data, **more)
        named = list(lines(actor=self.actor).items())
        self.filters["line"].field.choices = [*named, (self.NONE, _("none recorded"))]

    def on_line(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(route="" if value == self.NONE else value)

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(
            Q(person_name__icontains=value) | Q(reference__istartswith=value.strip())
        )


class AssignmentFilter(ScopedFilterSet):
    """A reviewer's own queue, or the office's view of everybody's."""

    state = django_filters.ChoiceFilter(
        label=_("Show"), choices=_states(states.ASSIGNMENT), empty_label=_("all dossiers")
    )
    q = django_filters.CharFilter(label=_("named"), max_length=SEARCH, method="named")

    class Meta:
        model = Assignment
        fields: list[str] = []

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By name as long as the dossier is open to the actor, by reference always."""
        seen = Dossier.objects.for_actor(self.actor, "view")
        called = seen.filter(Q(sort_name__icontains=value) | Q(latin_name__icontains=value))
        return rows.filter(
            Q(dossier__in=called.values("pk")) | Q(reference__istartswith=value.strip())
        )


class NeedsFilter(ScopedFilterSet):
    """The inclusion desk's cases; nothing that was written can be searched."""

    state = django_filters.ChoiceFilter(
        label=_("Show"), choices=_states(states.NEEDS_CASE), empty_label=_("all cases")
    )
    q = django_filters.CharFilter(label=_("named"), max_length=SEARCH, method="named")

    class Meta:
        model = NeedsCase
        fields: list[str] = []

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(
            Q(person_name__icontains=value) | Q(reference__istartswith=value.strip())
        )

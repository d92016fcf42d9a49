"""Filters of studies, for pages and API alike: see consortium/filters.py for their rules."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from consortium.filters import SEARCH, ScopedFilterSet
from consortium.requests import TenantRequest
from mobility_tracks import states
from mobility_tracks.models import Enrolment, Intake, Period, Placement
from partners.models import Partnership


def _intakes(request: TenantRequest) -> QuerySet[Intake]:
    return Intake.objects.for_actor(request.actor, "view").order_by("-year")


def _periods(request: TenantRequest) -> QuerySet[Period]:
    return Period.objects.for_actor(request.actor, "view").order_by("version", "position")


def _hosts(request: TenantRequest) -> QuerySet[Partnership]:
    return Partnership.objects.for_actor(request.actor, "view").for_listing()


def _states(lifecycle: Any) -> list[tuple[str, str]]:
    return [(state, state.replace("_", " ")) for state in lifecycle.states]


class EnrolmentFilter(ScopedFilterSet):
    """Students by intake, state, and name or reference."""

    state = django_filters.ChoiceFilter(
        label=_("Show"), choices=_states(states.ENROLMENT), empty_label=_("all students")
    )
    intake = django_filters.ModelChoiceFilter(
        label=_("of"), queryset=_intakes, empty_label=_("every intake")
    )
    host = django_filters.ModelChoiceFilter(
        label=_("at"), queryset=_hosts, empty_label=_("any host"), method="hosted"
    )
    q = django_filters.CharFilter(label=_("named"), max_length=SEARCH, method="named")

    class Meta:
        model = Enrolment
        fields: list[str] = []

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(
            Q(person_name__icontains=value) | Q(reference__istartswith=value.strip())
        )

    def hosted(self, rows: QuerySet[Any], name: str, value: Partnership) -> QuerySet[Any]:
        stays = Placement.objects.for_actor(self.actor, "view").filter(host=value)
        here = stays.exclude(state__in=["cancelled", "refused"])
        return rows.filter(pk__in=here.values("enrolment_id"))


class PlacementFilter(ScopedFilterSet):
    """Stays by period, state, and the student's name."""

    state = django_filters.ChoiceFilter(
        label=_("Show"), choices=_states(states.PLACEMENT), empty_label=_("all stays")
    )
    period = django_filters.ModelChoiceFilter(
        label=_("in"), queryset=_periods, empty_label=_("any period")
    )
    intake = django_filters.ModelChoiceFilter(
        field_name="enrolment__intake",
        label=_("of"),
        queryset=_intakes,
        empty_label=_("every intake"),
    )
    q = django_filters.CharFilter(label=_("named"), max_length=SEARCH, method="named")

    class Meta:
        model = Placement
        fields: list[str] = []

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(enrolment__person_name__icontains=value)

"""Filters that pages and API share. Choices resolve through `for_actor`; nothing hidden is asked of.

A FilterSet is given the request for its actor. Texts are bounded, choices closed: a filter never
tells whether a row exists that the actor may not see, since it only narrows what they see anyway.
"""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import DateInput, HiddenInput
from django.utils.translation import gettext_lazy as _

from consortium.actor import Actor
from consortium.models import JournalEntry, Membership, OutboxMessage, Party
from consortium.requests import TenantRequest
from consortium.roles import Role
from consortium.scoping import ScopedQuerySet

SEARCH = 80


class _Day(DateInput):
    input_type = "date"


class ScopedFilterSet(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """A FilterSet that knows who asks. Wrong values narrow to nothing wrong: they are left out."""

    @property
    def actor(self) -> Actor:
        actor: Actor = self.request.actor
        return actor

    @property
    def narrowed(self) -> ScopedQuerySet[Any]:
        """The rows by the filters that make sense; one that does not is as if not given."""
        self.form.is_valid()
        rows: ScopedQuerySet[Any] = self.queryset
        for name, value in self.form.cleaned_data.items():
            rows = self.filters[name].filter(rows, value)
        return rows


class LooksFilter(django_filters.ChoiceFilter):  # type: ignore[misc]  # no types
    """Looks are many: without a choice they are left out."""

    CHOICES = [("only", _("looks at files alone")), ("with", _("acts and looks at files"))]

    def __init__(self, **more: Any) -> None:
        super().__init__(choices=self.CHOICES, empty_label=_("acts"), **more)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs if value == "with" else qs.filter(is_read=value == "only")


class JournalFilter(ScopedFilterSet):
    """Who did what, for whom, from when until when."""

    looks = LooksFilter(label=_("Show"))
    act = django_filters.CharFilter(
        label=_("that begin with"), lookup_expr="istartswith", max_length=SEARCH, strip=True
    )
    by = django_filters.CharFilter(
        field_name="by_name", label=_("by"), lookup_expr="icontains", max_length=SEARCH
    )
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=_("from"), widget=_Day
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=_("until"), widget=_Day
    )
    subject_id = django_filters.UUIDFilter(method="of_subject", widget=HiddenInput)
    case_id = django_filters.UUIDFilter(widget=HiddenInput)
    for_id = django_filters.NumberFilter(widget=HiddenInput, decimal_places=0)

    class Meta:
        model = JournalEntry
        fields: list[str] = []

    @property
    def narrowed(self) -> ScopedQuerySet[Any]:
        rows = super().narrowed
        return rows if "looks" in self.form.cleaned_data else rows.filter(is_read=False)

    def of_subject(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(subject_id=str(value))


class MessageFilter(ScopedFilterSet):
    """Messages by where they stand: on their way, failing, sent."""

    STANDING = [
        ("waiting", _("waiting")),
        ("failing", _("failing")),
        ("sent", _("sent")),
    ]
    standing = django_filters.ChoiceFilter(
        label=_("Show"), choices=STANDING, empty_label=_("all messages"), method="by_standing"
    )
    to = django_filters.CharFilter(label=_("to"), lookup_expr="icontains", max_length=SEARCH)

    class Meta:
        model = OutboxMessage
        fields: list[str] = []

    def by_standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        unsent = rows.filter(sent_at__isnull=True)
        return {
            "waiting": unsent.filter(attempts=0),
            "failing": unsent.filter(attempts__gt=0),
            "sent": rows.filter(sent_at__isnull=False),
        }[value]


def _parties(request: TenantRequest) -> QuerySet[Party]:
    return Party.objects.for_actor(request.actor, "view").order_by("code")


class MembershipFilter(ScopedFilterSet):
    """People by whether they are in office, by role, partner, and name or address."""

    IN_OFFICE, ENDED = "now", "ended"
    STANDING = [(IN_OFFICE, _("in office")), (ENDED, _("who were"))]
    standing = django_filters.ChoiceFilter(
        label=_("Show people"), choices=STANDING, empty_label=_("now or ever"), method="by_standing"
    )
    role = django_filters.ChoiceFilter(
        label=_("as"), choices=Role.choices, empty_label=_("any role")
    )
    party = django_filters.ModelChoiceFilter(
        label=_("for"), queryset=_parties, to_field_name="code", empty_label=_("whomever")
    )
    q = django_filters.CharFilter(label=_("named"), max_length=SEARCH, method="named")

    class Meta:
        model = Membership
        fields: list[str] = []

    def by_standing(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        ended = Q(ends_at__lte=self.request.at)
        return rows.filter(ended) if value == self.ENDED else rows.exclude(ended)

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(person_name__icontains=value) | Q(person_email__icontains=value))

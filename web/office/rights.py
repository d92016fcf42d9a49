"""Who sees what: the tables that the walls are made from, and what one colleague holds right now."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.matrix import Line, lines
from consortium.actor import Wall
from consortium.audiences import LABELS, roles_behind
from consortium.domain.holdings import Lack, holdings
from consortium.models import Membership
from consortium.register import DataClass
from consortium.visibility import Table
from web.office.desk import Desk

CLASSES = {
    DataClass.PUBLIC: gettext_lazy("public"),
    DataClass.INTERNAL: gettext_lazy("internal"),
    DataClass.PERSONAL: gettext_lazy("personal"),
    DataClass.SENSITIVE: gettext_lazy("sensitive"),
}
LACKS = {
    Lack.GRANT: gettext_lazy("does not count: no grant stands behind the record"),
    Lack.PARTNER: gettext_lazy("does not count: the partner does not hold it itself"),
    Lack.BASIS: gettext_lazy("does not count: no basis for personal data to go to the partner"),
}


class SightFilter(forms.Form):
    """Whose sight, of which data."""

    role = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("see of"), required=False)

    def __init__(self, *data: Any) -> None:
        super().__init__(*data)
        walls = [(wall.value, LABELS[wall]) for wall in Wall]
        self.fields["role"].choices = [("", _("all")), *walls]  # type: ignore[attr-defined]  # a ChoiceField, above
        kinds = [(kind.value, _("%(kind)s data") % {"kind": CLASSES[kind]}) for kind in DataClass]
        self.fields["kind"].choices = [("", _("all data")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField, above

    @property
    def chosen(self) -> tuple[Wall | None, DataClass | None]:
        """What cannot be is as if not given."""
        self.is_valid()
        role, kind = self.cleaned_data.get("role"), self.cleaned_data.get("kind")
        return (Wall(role) if role else None, DataClass(kind) if kind else None)


class PersonFilter(forms.Form):
    """Which colleague."""

    person = forms.ChoiceField(label=gettext_lazy("Now, for"), required=False)

    def __init__(self, members: Iterable[Membership], *data: Any) -> None:
        super().__init__(*data)
        names = [(str(member.pk), _named(member)) for member in members]
        self.fields["person"].choices = [("", _("choose somebody")), *names]  # type: ignore[attr-defined]  # a ChoiceField, above


def _named(member: Membership) -> str:
    place = member.party.code if member.party else ""
    role = str(member.get_role_display())
    return f"{member.person_name} ({', '.join(part for part in (role, place) if part)})"


class Rights(Desk):
    """Two queries; six more for a person."""

    right = "view_dossiers"
    stop = "rights"
    template_name = "office/rights.html"

    def context(self) -> dict[str, Any]:
        asked = SightFilter(self.request.GET)
        wall, kind = asked.chosen
        rows = Membership.objects.for_actor(self.actor, "view").current(self.at)
        members = list(rows.select_related("party").order_by("person_name", "role"))
        chosen = self.chosen(members)
        return {
            "page_title": _("Who sees what"),
            "filter_form": asked,
            "person_form": PersonFilter(members, self.request.GET),
            "tables": _tables(wall, kind),
            "person": chosen,
            "holdings": self.holdings(chosen) if chosen else [],
            "clear_url": self.url("rights") if self.request.GET else "",
        }

    def chosen(self, members: list[Membership]) -> Membership | None:
        try:
            asked = UUID(self.request.GET.get("person", ""))
        except ValueError:
            return None
        return next((member for member in members if member.pk == asked), None)

    def holdings(self, member: Membership) -> list[dict[str, Any]]:
        return [
            {
                "holding": each,
                "on": each.on or _("the consortium"),
                "rights": [
                    {"words": right.words, "lack": LACKS[right.lack] if right.lack else ""}
                    for right in each.rights
                ],
            }
            for each in holdings(member, actor=self.actor, at=self.at)
        ]


def _tables(wall: Wall | None, kind: DataClass | None) -> list[dict[str, Any]]:
    by_subject = groupby(lines(wall, kind), lambda line: line.table)
    return [_table(table, list(found)) for table, found in by_subject]


def _table(table: Table, found: list[Line]) -> dict[str, Any]:
    return {
        "key": table.subject,
        "title": table.title,
        "stages": table.stages,
        "bodies": [
            _body(table, wall, list(of)) for wall, of in groupby(found, lambda line: line.wall)
        ],
    }


def _body(table: Table, wall: Wall, found: list[Line]) -> dict[str, Any]:
    """One audience; who never reads anything of the subject gets one line."""
    return {
        "label": LABELS[wall],
        "roles": [role.label for role in roles_behind(wall)],
        "lines": [_row(line) for line in found if line.sight or any(each.sight for each in found)],
        "width": len(table.stages),
    }


def _row(line: Line) -> dict[str, Any]:
    return {
        "groups": [group.label for group in line.groups],
        "classes": [CLASSES[kind] for kind in line.classes],
        "condition": line.sight.condition if line.sight else "",
        "rule": line.sight.rule if line.sight else "",
        "cells": [
            {
                "span": len(stages),
                "open": open_,
                "from": stages[0].label,
                "until": stages[-1].label if len(stages) > 1 else "",
            }
            for stages, open_ in line.runs
        ],
    }

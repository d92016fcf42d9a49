"""Who can see my file now, and what the next stage changes: one half of the page about access.

The other half, who has looked, is its neighbour's; both are parts of `applicant/access.html`.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions.domain.own_reader import Reader
from admissions.domain.own_readers import access_to
from admissions.matrix import Change
from admissions.models import Dossier
from consortium.actor import Actor
from consortium.audiences import LABELS
from consortium.visibility import Group


def who_can_see(dossier: Dossier, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Context of applicant/_readers.html: `stage`, `readers`, `kept`, `next`."""
    access = access_to(dossier, actor=actor, at=at)
    return {
        "stage": access.stage.label,
        "readers": [
            {
                "label": LABELS[reader.wall],
                "institutions": reader.institutions,
                "says": _says(reader),
                "condition": reader.sight.condition if reader.sight else "",
                "groups": [*_labels(reader.groups), *(str(item.label) for item in reader.items)],
            }
            for reader in access.readers
        ],
        "kept": _labels(access.never),
        "next": [
            {"stage": stage.label, "changes": [_told(change) for change in changes]}
            for stage, changes in access.next
        ],
    }


def _labels(groups: tuple[Group, ...]) -> list[str]:
    return [str(group.label) for group in groups]


def _says(reader: Reader) -> str:
    if reader.giver:
        return _("What %(giver)s agreed to give it") % {"giver": reader.giver}
    if not reader.asked:
        return ""
    told = ngettext(
        "At least %(n)d person at one of these institutions",
        "At least %(n)d people at some of these institutions",
        reader.asked,
    )
    return told % {"n": reader.asked}


def _told(change: Change) -> dict[str, Any]:
    """A sentence, and the kinds of data that it is about."""
    says = (
        _("%(who)s can then read (%(condition)s)")
        if change.opens
        else _("%(who)s can no longer read")
    )
    facts = {"who": LABELS[change.wall], "condition": change.sight.condition}
    return {"says": says % facts, "groups": _labels(change.groups)}

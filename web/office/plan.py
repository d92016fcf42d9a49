"""What a round's page shows: who has answered, seats and who got them, each reason, the profile."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consortium.actor import Actor
from mobility_tracks.domain.allocation.problem import wishes_of
from mobility_tracks.domain.round_wishes import Wishes
from mobility_tracks.models import AllocationRound, Enrolment, Preference, RoundSeats


def reading(round_: AllocationRound, actor: Actor) -> dict[str, Any]:
    """Four queries however many students."""
    seats = list(
        RoundSeats.objects.for_actor(actor, "view")
        .filter(round=round_)
        .select_related("offering__host__institution")
        .order_by("offering__position", "offering__code")
    )
    wishes = wishes_of(Preference.objects.for_actor(actor, "view").filter(round=round_))
    students = list(
        Enrolment.objects.for_actor(actor, "view")
        .filter(intake=round_.intake_id, state="enrolled")
        .order_by("person_name", "id")
    )
    places = {each["reference"]: each for each in round_.result.get("places", [])}
    given = Counter(place["offering"] for place in places.values())
    wished = Counter(code for each in wishes.values() for code in next(iter(each.ranks), ()))
    impossible = Counter(code for each in wishes.values() for code in each.impossible)
    names = {row.offering.code: row.offering.host for row in seats}
    answered = sum(1 for student in students if student.pk in wishes)
    return {
        "students_count": len(students),
        "answered": answered,
        "silent": len(students) - answered,
        "seats": [
            {
                "seat": row,
                "host": row.offering.host,
                "first": wished[row.offering.code],
                "impossible": impossible[row.offering.code],
                "given": given[row.offering.code],
            }
            for row in seats
        ],
        "least": sum(row.least for row in seats),
        "most": sum(row.most for row in seats),
        "lines": [_line(each, wishes.get(each.pk, Wishes()), places, names) for each in students],
        "plan": round_.result if places else None,
        "profile": profile(round_.result),
    }


def _line(
    student: Enrolment,
    wishes: Wishes,
    places: Mapping[str, Mapping[str, Any]],
    hosts: Mapping[str, Any],
) -> dict[str, Any]:
    place = places.get(student.reference)
    return {
        "student": student,
        "wishes": [[hosts[code] for code in codes if code in hosts] for codes in wishes.ranks],
        "impossible": [(hosts[c], why) for c, why in wishes.impossible.items() if c in hosts],
        "place": place,
        "host": hosts.get(place["offering"]) if place and place["offering"] else None,
    }


def profile(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """How many got their first wish, their second, and so on; then those without a wish."""
    counts: list[int] = result.get("profile", [])
    total = sum(counts) + result.get("indifferent", 0)
    told = [(_("wish %(n)d") % {"n": rank}, count) for rank, count in enumerate(counts, 1)]
    if result.get("indifferent"):
        told.append((_("had no wish"), result["indifferent"]))
    return [
        {
            "label": label,
            "count": count,
            "total": total,
            "says": ngettext("%(n)d student", "%(n)d students", count) % {"n": count},
        }
        for label, count in told
    ]

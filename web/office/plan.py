"""What a round's page shows: who has answered, seats and who got them, each reason, the profile."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consortium.actor import Actor
from mobility_tracks.domain.allocation.choices import OnOffer, on_offer, passing
from mobility_tracks.domain.allocation.problem import wishes_of
from mobility_tracks.domain.round_wishes import Wishes
from mobility_tracks.models import AllocationRound, Enrolment, Preference
from web.choices import Shown, shown_of
from web.pictures.adapters import station_of


def reading(round_: AllocationRound, actor: Actor) -> dict[str, Any]:
    """Four queries however many students; of tracks six. Needs an `acting` context."""
    offered = on_offer(round_)
    shown = shown_of(offered.choices, round_.intake.version_id, actor=actor)
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
    answered = sum(1 for student in students if student.pk in wishes)
    return {
        "students_count": len(students),
        "answered": answered,
        "silent": len(students) - answered,
        "seats": [
            {
                "choice": shown[code],
                "least": choice.least,
                "most": choice.most,
                "first": wished[code],
                "impossible": impossible[code],
                "given": given[code],
            }
            for code, choice in offered.choices.items()
        ],
        "rooms": list(_rooms(offered, given)),
        "least": sum(choice.least for choice in offered.choices.values()),
        "most": sum(choice.most for choice in offered.choices.values()),
        "lines": [_line(each, wishes.get(each.pk, Wishes()), places, shown) for each in students],
        "plan": round_.result if places else None,
        "profile": profile(round_.result),
    }


def _rooms(offered: OnOffer, given: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Hosts on the way of tracks, whose seats are counted for all of them together."""
    through = passing(offered.choices)
    for code, room in offered.rooms.items():
        yield {
            "offering": room.offering,
            "station": station_of(room.offering.host),
            "least": room.least,
            "most": room.most,
            "given": sum(given[choice] for choice in through.get(code, ())),
        }


def _line(
    student: Enrolment,
    wishes: Wishes,
    places: Mapping[str, Mapping[str, Any]],
    shown: Mapping[str, Shown],
) -> dict[str, Any]:
    place = places.get(student.reference)
    return {
        "student": student,
        "wishes": [[shown[code] for code in codes if code in shown] for codes in wishes.ranks],
        "impossible": [(shown[c], why) for c, why in wishes.impossible.items() if c in shown],
        "place": place,
        "choice": shown.get(place["offering"]) if place and place["offering"] else None,
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

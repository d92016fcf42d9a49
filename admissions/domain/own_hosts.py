"""Which partners can see a student's file now: hosts, senders, and who is given something."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import F

from admissions.domain.own_reader import Reader
from admissions.models import Dossier
from admissions.visibility import DOSSIERS
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Delegation, PartyGroupGrant
from consortium.visibility import Group
from mobility_tracks.models import Placement
from mobility_tracks.sharing import passing
from mobility_tracks.visibility import LIVE, STUDENTS
from partners.items import HOST, Item


def at_partners(dossier: Dossier, *, actor: Actor, at: datetime) -> Iterator[Reader]:
    """Of announced stays, as far as personal data may go to each partner and it may host.

    The house looks it up. Three queries, and one for each item that partners can give.
    """
    with acting(Actor.system(actor.tenant)):
        stays = _stays(dossier, actor)
        able = _able(stays, at)
        handed = _handed_on(stays, able, at)
        given = _given(dossier, able, actor, at)
    hosts = {stay.host.institution.name for stay in stays if stay.host_id in able}
    senders = {
        stay.sending.institution.name
        for stay in stays
        if stay.sending_id in able and stay.state in LIVE
    }
    for relation, names in (("host", hosts), ("sender", senders)):
        if names:
            groups = _groups(relation, dossier.state)
            sight = STUDENTS.sight(Wall.PARTNER, "name", relation)
            yield Reader(Wall.PARTNER, sight, groups, tuple(sorted(names)))
    for (receiver, giver), items in sorted(given.items()):
        sight = DOSSIERS.sight(Wall.PARTNER, "study_papers", "agreed")
        yield Reader(Wall.PARTNER, sight, (), (receiver,), giver=giver, items=tuple(items))
    if handed:
        groups = tuple(each for each in STUDENTS.groups if STUDENTS.opens(Wall.DELEGATE, each.key))
        sight = STUDENTS.sight(Wall.DELEGATE, "name")
        yield Reader(Wall.DELEGATE, sight, groups, tuple(sorted(handed)))


def _stays(dossier: Dossier, actor: Actor) -> list[Placement]:
    announced = STUDENTS.q(Wall.PARTNER, "placement", relation="host")
    rows = Placement.objects.filter(
        announced, consortium_id=actor.tenant, enrolment__reference=dossier.reference
    )
    sides = ("host__institution", "host__party", "sending__institution", "sending__party")
    return list(rows.select_related("enrolment", *sides))


def _able(stays: list[Placement], at: datetime) -> set[int]:
    """Partners of stays that were granted students and to which personal data may go."""
    sides = {side for stay in stays for side in (stay.host, stay.sending)}
    rows = PartyGroupGrant.objects.filter(
        content_object_id__in={side.pk for side in sides if side.party.receives(at)},
        group_id=F("content_object__group_id"),
        permission__codename=HOST,
    )
    return set(rows.values_list("content_object_id", flat=True))


def _handed_on(stays: list[Placement], able: set[int], at: datetime) -> set[str]:
    """Hosts that handed the stay's offering or the student's track on."""
    here = [stay for stay in stays if stay.host_id in able]
    rows = Delegation.objects.filter(party_id__in={stay.host_id for stay in here}).current(at)
    held = set(rows.values_list("party_id", "container_id"))
    return {
        stay.host.institution.name
        for stay in here
        if held & {(stay.host_id, stay.offering_id), (stay.host_id, stay.enrolment.track_id)}
    }


def _given(
    dossier: Dossier, able: Iterable[int], actor: Actor, at: datetime
) -> dict[tuple[str, str], list[Item]]:
    """(who receives, who gives) -> the items, as the walls have it for people of the hosts."""
    rights = dict.fromkeys(able, frozenset({HOST}))
    of_hosts = replace(actor, party_rights=rights, at=at)
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in Item:
        stays = passing(of_hosts, item).filter(enrolment__reference=dossier.reference)
        names = stays.values_list("host__institution__name", "sending__institution__name")
        for pair in names.order_by().distinct():
            found[pair].append(item)
    return found


def _groups(relation: str, state: str) -> tuple[Group, ...]:
    of_dossier = (
        g for g in DOSSIERS.groups if DOSSIERS.reads(Wall.PARTNER, g.key, state, relation)
    )
    of_student = (g for g in STUDENTS.groups if STUDENTS.sight(Wall.PARTNER, g.key, relation))
    return (*of_student, *of_dossier)

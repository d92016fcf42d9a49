"""Who can see my file now: by role and institution, for the person whom the file is about.

The house looks up who is in office. Reviewers are told by institution: all that review here, whoever
of them was given the dossier, so that nothing follows about conflicts of interest or about persons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from admissions.domain.own_hosts import at_partners
from admissions.domain.own_reader import Reader
from admissions.matrix import Change, changes, following, readable
from admissions.models import Dossier
from admissions.visibility import DOSSIERS
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Membership
from consortium.roles import Role
from consortium.visibility import Group, Stage
from mobility_tracks.models import Enrolment
from mobility_tracks.visibility import STUDENTS
from partners.models import Partnership

_OWN = frozenset({Wall.APPLICANT, Wall.REFEREE})


@dataclass(frozen=True, slots=True)
class Access:
    """stage: where the dossier stands. next: the stages it can go to, with what each changes."""

    stage: Stage
    readers: tuple[Reader, ...]
    never: tuple[Group, ...]
    next: tuple[tuple[Stage, tuple[Change, ...]], ...]


def access_to(dossier: Dossier, *, actor: Actor, at: datetime) -> Access:
    """Needs the own dossier with its call; runs in the actor's context.

    A fixed number of queries before somebody is a student, and one for those who have stays.
    """
    rows = Enrolment.objects.for_actor(actor, "view").filter(reference=dossier.reference)
    enrolled = rows.exists()
    readers = [*_in_office(dossier, enrolled, actor, at)]
    if enrolled:
        readers += at_partners(dossier, actor=actor, at=at)
    sent = dossier.submitted_at is not None
    told: dict[str, list[Change]] = {}
    for change in changes(dossier.state, sent=sent):
        if change.wall not in _OWN:
            told.setdefault(change.stage.key, []).append(change)
    shown = {group.key for group in readable(Wall.APPLICANT, dossier.state)}
    return Access(
        stage=next(stage for stage in DOSSIERS.stages if dossier.state in stage.states),
        readers=tuple(readers),
        never=tuple(group for group in DOSSIERS.groups if group.key not in shown),
        next=tuple((s, tuple(told.get(s.key, ()))) for s in following(dossier.state)),
    )


def _in_office(dossier: Dossier, enrolled: bool, actor: Actor, at: datetime) -> Iterator[Reader]:
    """Audiences with somebody in office now who read something of this dossier in its state."""
    sent = dossier.submitted_at is not None
    for wall, institutions in _posts(dossier, actor, at).items():
        groups = readable(wall, dossier.state, sent=sent)
        # What reviewers wrote stays theirs when the dossier itself is closed to them.
        if all(group.key != "number" for group in groups):
            groups = ()
        if enrolled:
            groups += tuple(each for each in STUDENTS.groups if STUDENTS.opens(wall, each.key))
        if groups:
            sight = DOSSIERS.sight(wall, groups[0].key) or STUDENTS.sight(wall, groups[0].key)
            asked = dossier.call.reviews_needed if wall is Wall.REVIEWER else 0
            yield Reader(wall, sight, groups, institutions, asked)


def _posts(dossier: Dossier, actor: Actor, at: datetime) -> Mapping[Wall, tuple[str, ...]]:
    """Audiences with somebody in office now, and the institutions of those that have any."""
    with acting(Actor.system(actor.tenant)):
        rows = Membership.objects.filter(consortium_id=actor.tenant).current(at)
        found = list(rows.select_related("party"))
        lead = Partnership.objects.filter(
            consortium_id=actor.tenant, kind=Partnership.Kind.COORDINATOR
        )
        names = tuple(lead.order_by("position").values_list("institution__name", flat=True))
    posts: dict[Wall, tuple[str, ...]] = {Wall.STAFF: names}
    reviewing = {
        member.party.name
        for member in found
        if member.role == Role.REVIEWER and member.party and member.party.receives(at)
    }
    if reviewing:
        posts[Wall.REVIEWER] = tuple(sorted(reviewing))
    for role, wall in ((Role.OBSERVER, Wall.OBSERVER), (Role.FINANCE, Wall.FINANCE)):
        if any(member.role == role for member in found):
            posts[wall] = ()
    if any(member.call_id == dossier.call_id for member in found):
        posts[Wall.COMMITTEE] = ()
    return posts

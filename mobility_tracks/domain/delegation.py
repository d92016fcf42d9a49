"""A partner hands its rights on, to a department or a person, and takes them back.

What is handed on counts as far as the partner still holds it, on the whole of what is the
partner's, or on one track or offering; it is dated and has a reason. It is the partner that hands
on, through whoever coordinates it: a successor finds it in place.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.domain.grants import settle
from consortium.errors import Conflict, Invalid, NotAllowed
from consortium.models import Delegation, Department, Membership, Party
from consortium.roles import DELEGABLE, Container, Role
from mobility_tracks.models import Offering, Track


@dataclass(frozen=True, slots=True)
class What:
    """Rights, and on what: the whole partner, or the track or offering with this id."""

    rights: frozenset[str]
    container: Container = Container.PARTY
    container_id: UUID | None = None


def hand_on(
    party_id: int,
    *,
    actor: Actor,
    at: datetime,
    what: What,
    to: Department | Membership,
    until: datetime | None = None,
    reason: str,
) -> Delegation:
    """Let a department or a delegate of the partner exercise some of its rights.

    Writes the delegation, its grants and a journal row. Raises NotFound or NotAllowed without the
    right to delegate, NotAllowed for a right that the partner does not hold (nobody grants what
    they do not hold), Invalid for what cannot be handed on, another partner's people, or an end
    that is past, Conflict for what is in force already.
    """
    with acting(actor):
        party = Party.objects.reach(actor, "delegate", pk=party_id)
        _check_rights(actor, party, what)
        to = _check_receiver(actor, party, to, at)
        name = _container_name(actor, party, what)
        _check_end(at, until, reason)
        _check_new(party, what, to, at)
        row = Delegation.objects.create(
            consortium_id=actor.tenant,
            party=party,
            **_receiver(to),
            container=what.container.value,
            container_id=what.container_id,
            container_name=name,
            rights=sorted(what.rights),
            starts_at=at,
            ends_at=until,
            given_by=actor.user_id,
            given_by_name=actor.name,
            reason=reason.strip(),
        )
        facts = {
            "rights": row.rights,
            "container": row.container,
            "on": str(row.container_id or ""),
        }
        journal.record(
            "delegation.hand_on", row, actor=actor, at=at, reason=row.reason, facts=facts
        )
        _settle(row, actor, at)
    return row


def take_back(delegation_id: object, *, actor: Actor, at: datetime, reason: str = "") -> Delegation:
    """End a delegation, at once. Raises Conflict when it has ended already."""
    with acting(actor):
        row = Delegation.objects.locked(actor, "take_back", delegation_id)
        if row.ends_at is not None and row.ends_at <= at:
            raise Conflict(
                _("What was handed on is taken back once."),
                fact=_("It ended on %(day)s.") % {"day": f"{row.ends_at:%Y-%m-%d}"},
            )
        row.ends_at = at
        row.save(update_fields=["ends_at"])
        journal.record("delegation.take_back", row, actor=actor, at=at, reason=reason)
        _settle(row, actor, at)
    return row


def _settle(row: Delegation, actor: Actor, at: datetime) -> None:
    if row.department_id is not None:
        settle(actor, at, groups=[row.holder_id])
    else:
        settle(actor, at, users=[row.holder_id])


def _receiver(to: Department | Membership) -> dict[str, Department | Membership]:
    return {"department" if isinstance(to, Department) else "membership": to}


def _check_rights(actor: Actor, party: Party, what: What) -> None:
    delegable = DELEGABLE.get(what.container, frozenset())
    if not what.rights or what.rights - delegable:
        raise Invalid(
            _(
                "Only hosting students and confirming seats are handed on; on a track, only hosting."
            ),
            fields={"rights": _("Choose what to hand on.")},
        )
    beyond = what.rights - actor.party_rights.get(party.pk, frozenset())
    if beyond:
        raise NotAllowed(
            _("Nobody can grant what they do not hold."),
            fact=_("Lacking: %(rights)s.") % {"rights": ", ".join(sorted(beyond))},
            next_step=_("Ask the consortium office what this partner was granted."),
        )


def _check_receiver(
    actor: Actor, party: Party, to: Department | Membership, at: datetime
) -> Department | Membership:
    """The receiver, locked: two who hand on the same to it wait for one another."""
    if to.party_id != party.pk:
        raise Invalid(
            _("A partner hands on to its own people and departments."),
            fields={"to": _("Choose one of this partner's.")},
        )
    if isinstance(to, Membership) and (to.role != Role.DELEGATE or not to.stands(at)):
        raise Invalid(
            _("Rights are handed on to delegates in office."),
            fields={"to": _("Appoint the person as a delegate first.")},
        )
    if isinstance(to, Department):
        return Department.objects.locked(actor, "delegate", to.pk)
    return Membership.objects.locked(actor, "dismiss", to.pk)


def _container_name(actor: Actor, party: Party, what: What) -> str:
    if what.container is Container.PARTY:
        if what.container_id is not None:
            raise Invalid(
                _("Everything of a partner is no single track or offering."),
                fields={"on": _("Choose one of the two.")},
            )
        return ""
    if what.container is Container.TRACK:
        return str(Track.objects.reach(actor, "view", pk=what.container_id))
    rows = Offering.objects.select_related("period")
    offering = rows.reach(actor, "view", pk=what.container_id)
    if offering.host_id != party.pk:
        raise Invalid(
            _("A partner hands on its own offerings."),
            fact=_("%(offering)s is at another partner.") % {"offering": offering},
            fields={"on": _("Choose an offering of this partner.")},
        )
    return f"{offering.period.title}: {offering}"


def _check_end(at: datetime, until: datetime | None, reason: str) -> None:
    if until is not None and until <= at:
        raise Invalid(
            _("What is handed on ends after it begins."),
            fields={"until": _("Choose a day to come.")},
        )
    if not reason.strip():
        raise Invalid(
            _("What is handed on has a reason."), fields={"reason": _("Say why, in a sentence.")}
        )


def _check_new(party: Party, what: What, to: Department | Membership, at: datetime) -> None:
    same = Delegation.objects.filter(
        consortium_id=party.consortium_id,
        party=party,
        container=what.container.value,
        container_id=what.container_id,
        rights__contains=sorted(what.rights),
        **_receiver(to),
    )
    if same.current(at).exists():
        raise Conflict(
            _("The same right is handed on once."),
            fact=_("%(whom)s holds it already.") % {"whom": to},
        )


def own_parts(party: Party, *, actor: Actor) -> tuple[list[Offering], list[Track]]:
    """What a partner can hand on apart: its offerings, and the tracks of published versions."""
    offerings = Offering.objects.for_actor(actor, "view").for_listing().filter(host_id=party.pk)
    tracks = Track.objects.for_actor(actor, "view").select_related("version")
    return list(offerings), list(tracks.order_by("-version__from_year", "position"))

"""Look at pages as somebody else sees them, to help them: reasoned, short, changing nothing.

Nothing that is theirs alone is shown: no private draft, no answer on individual needs, and none of
what they see elsewhere as an applicant. The person reads on their account page who looked and why.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from consortium.errors import Invalid, NotAllowed
from consortium.models import Consortium, Membership, User, Viewing

LONGEST = timedelta(minutes=30)
LONGEST_REASON = 300
# Doors through which one may look as somebody else; a person's own and the vault are not among them.
DOORS = frozenset({Wall.STAFF, Wall.FINANCE, Wall.PARTNER, Wall.REVIEWER})


def begin(membership_id: object, *, actor: Actor, at: datetime, reason: str) -> Viewing:
    """Start looking as a member does, for half an hour at most: writes the look and a journal row.

    Raises NotFound or NotAllowed without the right `view_as`, Invalid without a reason, NotAllowed
    for oneself.
    """
    reason = reason.strip()
    if actor.user_id is None or not actor.may("view_as"):
        raise NotAllowed(_("Only a coordinator looks as somebody else."))
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Invalid(
            _("A look as somebody else has a reason of at most %(most)d characters.")
            % {"most": LONGEST_REASON},
            fields={"reason": _("Say why; the person reads it.")},
        )
    with acting(actor):
        member = Membership.objects.reach(actor, "view", pk=membership_id)
        if not member.stands(at) or member.user_id == actor.user_id:
            raise NotAllowed(
                _("One looks as somebody else who is in office."),
                fact=str(member),
                next_step=_("Choose somebody from the list of people."),
            )
        row = Viewing.objects.create(
            consortium_id=actor.tenant,
            user_id=member.user_id,
            person_name=member.person_name,
            viewer_id=actor.user_id,
            viewer_name=actor.name,
            reason=reason,
            starts_at=at,
            ends_at=at + LONGEST,
        )
        facts = {"as": member.user_id, "role": member.role}
        journal.record("viewing.begin", row, actor=actor, at=at, reason=reason, facts=facts)
    return row


def stop(viewing_id: object, *, actor: Actor, at: datetime) -> Viewing:
    """Stop looking; stopping twice is stopping once."""
    with acting(actor):
        row = Viewing.objects.locked(actor, "stop", viewing_id)
        if row.ends_at > at:
            row.ends_at = at
            row.save(update_fields=["ends_at"])
            journal.record("viewing.stop", row, actor=actor, at=at)
    return row


def standing(
    viewing_id: UUID, viewer: User, consortium: Consortium, *, at: datetime
) -> Viewing | None:
    """The look, while it lasts, is the viewer's own, and the viewer still holds the right."""
    actor = actor_for(viewer, consortium, Wall.STAFF, at=at)
    if not actor.may("view_as"):
        return None
    with acting(actor):
        mine = Viewing.objects.for_actor(actor).current(at)
        return mine.filter(pk=viewing_id, viewer_id=viewer.pk).first()


def seen_as(viewing: Viewing, consortium: Consortium, wall: Wall, *, at: datetime) -> Actor:
    """The actor that the person would be at this door, marked as looked through."""
    with as_login():
        user = User.objects.get(pk=viewing.user_id)
    actor = actor_for(user, consortium, wall, at=at)
    return replace(actor, viewer_id=viewing.viewer_id, viewer_name=viewing.viewer_name)


def looks_at(user: User, *, at: datetime) -> list[Viewing]:
    """Who looked as this person does, in every consortium, the latest first."""
    with acting(Actor(wall=Wall.PERSON, user_id=user.pk)):
        rows = Viewing.objects.filter(user_id=user.pk, starts_at__lte=at)
        return list(rows.select_related("consortium").order_by("-starts_at")[:50])

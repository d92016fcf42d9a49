"""Acts on accounts themselves: closing one to its owner, and forgetting what is past."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from consortium.access import as_login
from consortium.models import ApiToken, CacheEntry, User
from consortium.models.account import LONGEST


def deactivate(user: User, *, at: datetime) -> User:
    """Close an account to its owner at once, for good: sessions, tokens and password end.

    Sessions are bound to the password's hash, so a new one ends them even should the account be
    opened again. Roles stay as they are: dismissing is the consortium's act.
    """
    with as_login():
        user.is_active = False
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
        for session in UserSession.objects.filter(user=user):
            session.end()
        ApiToken.objects.filter(owner=user, revoked_at__isnull=True).update(revoked_at=at)
    return user


def forget_what_is_past(*, at: datetime) -> dict[str, int]:
    """Delete sessions that ended, counters that ran out, and tokens a year after their end.

    Returns how many of each. Sessions and counters live by the machine's clock.
    """
    now = timezone.now()
    long_ended = Q(expires_at__lt=at - LONGEST) | Q(revoked_at__lt=at - LONGEST)
    with as_login():
        gone = {
            "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
            "counters": CacheEntry.objects.filter(expires__lt=now).delete()[0],
            "tokens": ApiToken.objects.filter(long_ended).delete()[0],
        }
        living = Session.objects.values("session_key")
        UserSession.objects.exclude(session_key__in=living).delete()
    return gone

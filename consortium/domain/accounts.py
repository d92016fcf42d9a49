"""Acts on accounts themselves: closing one, taking away lost factors, forgetting what is past."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

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


def forget_factors(user: User) -> int:
    """Take away second factors that their owner lost, and end every session; returns how many.

    Call once it is certain by another way that it is the owner who asks. They are told by mail, so
    that somebody for whom another asked learns of it.
    """
    with as_login():
        count: int = Authenticator.objects.filter(user=user).delete()[0]
        for session in UserSession.objects.filter(user=user):
            session.end()
    send_mail(
        gettext("Your second factors were taken away"),
        gettext(
            "The operator took away all second factors of your account, because somebody said that"
            " they were lost. You set up a new one the next time you enter a consortium. If it was"
            " not you who asked, choose a new password at once and write to the operator."
        ),
        None,
        [user.email],
    )
    return count


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

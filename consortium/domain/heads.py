"""The head of the journal leaves the house, so that no single hand holds both (quality.md H2)."""

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consortium import outbox
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.models import Consortium, JournalLink, Membership, User
from consortium.roles import Role

KEEPERS = (Role.COORDINATOR, Role.PARTNER)


def send_head(consortium: Consortium, *, at: datetime) -> int:
    """Mail the present head to every coordinator, the consortium's and the partners'.

    One mail per head and person: a day without entries sends nothing, a second run neither. The
    mail holds no personal data. Returns how many keepers there are for the head.
    """
    system = Actor.system(consortium.pk, "Journal")
    with acting(system):
        head = JournalLink.objects.for_actor(system, "view").head()
        if head is None:
            return 0
        keepers = _keepers(system, at)
        languages = _languages(list(keepers))
        for user, email in keepers.items():
            with translation.override(languages[user]):
                _post(consortium, head, user=user, email=email, at=at)
    return len(keepers)


def _keepers(system: Actor, at: datetime) -> dict[int, str]:
    """Account -> address."""
    members = Membership.objects.for_actor(system, "view").current(at).filter(role__in=KEEPERS)
    return dict(members.order_by("user_id").values_list("user_id", "person_email"))


def _languages(users: list[int]) -> dict[int, str]:
    with as_login():
        return dict(User.objects.filter(pk__in=users).values_list("pk", "language"))


def _post(
    consortium: Consortium, head: JournalLink, *, user: int, email: str, at: datetime
) -> None:
    values = {
        "day": date_format(at, "j F Y"),
        "count": head.sequence,
    }
    lines = (
        _("This is the head of the journal on %(day)s. It vouches for %(count)d entries:") % values,
        str(head),
        _(
            "Please keep this mail. With it one can prove at any time that none of these entries"
            " was changed, removed, added or moved since:"
        ),
        f"manage.py verify_journal --consortium {consortium.slug} --head {head}",
        consortium.name,
    )
    outbox.post(
        consortium_id=consortium.pk,
        to=email,
        subject=f"{consortium.name}: {_('head of the journal')}"[:200],
        body="\n\n".join(lines) + "\n",
        key=f"journal.head:{head.sequence}:{user}",
        at=at,
    )

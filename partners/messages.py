"""Mail about agreements: that there is news, never which. It names institutions and no student."""

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from consortium import outbox
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.models import Consortium, Membership, User
from consortium.roles import Role
from partners.models import Partnership, SharingAgreement

# The door a mail may point to; addresses behind it are the pages' business.
AGREEMENTS_PATH = "/{consortium}/partner/agreements/"


def sharing_news(
    agreement: SharingAgreement, *, to: int, event: str, actor: Actor, at: datetime
) -> None:
    """To each coordinator of the party `to`: something happened to an agreement of theirs.

    Once per agreement, event and person. Whoever acted is not told.
    """
    with acting(Actor.system(agreement.consortium_id)):
        consortium = Consortium.objects.get(pk=agreement.consortium_id)
        people = list(
            Membership.objects.filter(
                consortium_id=agreement.consortium_id, party_id=to, role=Role.PARTNER
            ).current(at)
        )
        other = agreement.giver_id if to == agreement.receiver_id else agreement.receiver_id
        with_whom = Partnership.objects.select_related("institution").get(pk=other)
    languages = _languages(people)
    for person in people:
        if person.user_id == actor.user_id:
            continue
        with translation.override(languages.get(person.user_id, consortium.language)):
            _post(person, consortium, with_whom, key=f"{event}:{agreement.pk}", at=at)


def _languages(people: list[Membership]) -> dict[int, str]:
    with as_login():
        rows = User.objects.filter(pk__in=[person.user_id for person in people])
        return dict(rows.values_list("pk", "language"))


def _post(
    person: Membership, consortium: Consortium, with_whom: Partnership, *, key: str, at: datetime
) -> None:
    link = settings.PUBLIC_URL + AGREEMENTS_PATH.format(consortium=consortium.slug)
    line = _("There is news on what you and %(partner)s let each other see.") % {
        "partner": with_whom.institution.name
    }
    sign_in = _("Sign in to read it, and to answer where an answer is due: %(link)s") % {
        "link": link
    }
    subject = _("news on an agreement between partners")
    outbox.post(
        consortium_id=consortium.pk,
        to=person.person_email,
        subject=f"{consortium.name}: {subject}"[:200],
        body=f"{line}\n\n{sign_in}\n\n{consortium.name}\n",
        key=f"sharing:{key}:{person.user_id}",
        at=at,
    )

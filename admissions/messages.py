"""Every e-mail of an admission: one function each, in the reader's language.

A mail says that there is news and where to sign in. It carries no decision, no mark and no name of
an applicant (quality.md E5): a mailbox is not the consortium's.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admissions.models import (
    Call,
    Dossier,
    EligibilityCheck,
    NeedsCase,
    Offer,
    ReferenceLetter,
    ReferenceRequest,
)
from admissions.windows import told
from consortium import outbox
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.models import Consortium, Membership, User
from consortium.policies import APART
from consortium.roles import Role

# Addresses are the pages' business; these are the doors a mail may point to.
APPLICANT_PATH = "/{consortium}/apply/"
REVIEWER_PATH = "/{consortium}/review/"
INCLUSION_PATH = "/{consortium}/inclusion/"
REFEREE_PATH = "/{consortium}/reference/{token}/"


@dataclass(frozen=True, slots=True)
class _Reader:
    """To whom, in which language, on behalf of which consortium."""

    consortium: Consortium
    email: str
    language: str

    @contextmanager
    def speaking(self) -> Iterator[None]:
        with translation.override(self.language):
            yield

    def link(self, path: str, **parts: str) -> str:
        return settings.PUBLIC_URL + path.format(consortium=self.consortium.slug, **parts)

    def letter(self, *, subject: str, lines: tuple[str, ...], key: str) -> outbox.Letter:
        signed = (*lines, self.consortium.name)
        return outbox.Letter(
            to=self.email,
            subject=f"{self.consortium.name}: {subject}"[:200],
            body="\n\n".join(signed) + "\n",
            key=key,
        )

    def send(self, *, subject: str, lines: tuple[str, ...], key: str, at: datetime) -> None:
        letter = self.letter(subject=subject, lines=lines, key=key)
        outbox.post_all([letter], consortium_id=self.consortium.pk, at=at)


def _applicant(dossier: Dossier) -> _Reader:
    account = _account(dossier.applicant_id)
    return _Reader(dossier.consortium, dossier.email or account.email, account.language)


def _account(user_id: int) -> User:
    with as_login():
        return User.objects.get(pk=user_id)


def _referee(request: ReferenceRequest) -> _Reader:
    return _Reader(request.consortium, request.referee_email, request.consortium.language)


def _news(dossier: Dossier, *, subject: Promise, line: Promise, key: str, at: datetime) -> None:
    reader = _applicant(dossier)
    with reader.speaking():
        sign_in = _("Sign in to read it: %(link)s") % {"link": reader.link(APPLICANT_PATH)}
        lines = (str(line) % {"reference": dossier.reference}, sign_in)
        reader.send(subject=str(subject), lines=lines, key=key, at=at)


def receipt(dossier: Dossier, *, at: datetime) -> None:
    """To the applicant: the dossier has arrived. Once for each submission."""
    reader = _applicant(dossier)
    with reader.speaking():
        values = {
            "reference": dossier.reference,
            "when": told(at, dossier.call.zone),
            "deadline": told(dossier.call.closes_at, dossier.call.zone),
            "link": reader.link(APPLICANT_PATH),
        }
        lines = (
            _("Your dossier %(reference)s arrived on %(when)s.") % values,
            _("You can reopen it and submit it again until %(deadline)s.") % values,
            _("See what you submitted: %(link)s") % values,
        )
        key = f"dossier.receipt:{dossier.pk}:{at.isoformat()}"
        reader.send(subject=_("your dossier has arrived"), lines=lines, key=key, at=at)


def deadline_extended(dossier: Dossier, *, call: Call, at: datetime) -> None:
    """To the owner of a draft: there is more time."""
    reader = _applicant(dossier)
    with reader.speaking():
        values = {"deadline": told(call.closes_at, call.zone), "link": reader.link(APPLICANT_PATH)}
        lines = (
            _("The call “%(call)s” has a later deadline.") % {"call": call.title},
            _("You can work on your draft and submit it until %(deadline)s.") % values,
            _("Sign in to continue: %(link)s") % values,
        )
        key = f"call.extended:{dossier.pk}:{call.closes_at.isoformat()}"
        reader.send(subject=_("the deadline has moved"), lines=lines, key=key, at=at)


def reference_request(request: ReferenceRequest, *, token: str, at: datetime) -> None:
    """To the referee: the link, the only place where the token ever stands in clear."""
    reader = _referee(request)
    with reader.speaking():
        subject, lines = reference_request_words(
            call=request.call_title,
            due_at=request.due_at,
            zone=request.zone,
            link=reader.link(REFEREE_PATH, token=token),
        )
        key = f"reference.request:{request.pk}:{request.token_digest[:32]}"
        reader.send(subject=subject, lines=lines, key=key, at=at)


def reference_request_words(
    *, call: str, due_at: datetime, zone: str, link: str
) -> tuple[str, tuple[str, ...]]:
    """Subject and paragraphs of the request: sent to the referee, shown to the applicant before."""
    values = {"call": call, "due": told(due_at, zone), "link": link}
    return _("you are asked for a reference"), (
        _("An applicant to “%(call)s” named you as a referee.") % values,
        _("Your letter is awaited until %(due)s. The page asks for this e-mail address.") % values,
        _("Open the request, see who asks, and give or decline the letter: %(link)s") % values,
        _("The link is meant for you alone. If you expect no such request, do nothing."),
    )


def reference_receipt(request: ReferenceRequest, letter: ReferenceLetter, *, at: datetime) -> None:
    """To the referee: the letter has arrived."""
    reader = _referee(request)
    with reader.speaking():
        values = {"when": told(at, request.zone), "due": told(request.due_at, request.zone)}
        lines = (
            _("Thank you: your letter arrived on %(when)s.") % values,
            _("You can replace it through the same link until %(due)s.") % values,
        )
        key = f"reference.receipt:{letter.pk}"
        reader.send(subject=_("your letter has arrived"), lines=lines, key=key, at=at)


def letter_arrived(request: ReferenceRequest, *, at: datetime) -> None:
    """To the applicant, once for each referee. Needs a context in which the dossier is readable."""
    _news(
        request.dossier,
        subject=gettext_lazy("a letter has arrived"),
        line=gettext_lazy("There is news about the references of your dossier %(reference)s."),
        key=f"reference.arrived:{request.pk}",
        at=at,
    )


def reference_declined(request: ReferenceRequest, *, at: datetime) -> None:
    """To the applicant: look at the references. Needs a context that may read the dossier."""
    _news(
        request.dossier,
        subject=gettext_lazy("please look at your references"),
        line=gettext_lazy("There is news about the references of your dossier %(reference)s."),
        key=f"reference.declined:{request.pk}",
        at=at,
    )


def eligibility_news(check: EligibilityCheck, *, at: datetime) -> None:
    """To the applicant: the formal check has been made. Once for each ruling."""
    _news(
        check.dossier,
        subject=gettext_lazy("there is news about your dossier"),
        line=gettext_lazy("The formal check of your dossier %(reference)s is complete."),
        key=f"eligibility:{check.pk}",
        at=at,
    )


def result_news(dossier: Dossier, *, at: datetime) -> None:
    """To the applicant: the committee has decided. Once for each decision."""
    _news(
        dossier,
        subject=gettext_lazy("there is news about your dossier"),
        line=gettext_lazy("The selection committee has decided on your dossier %(reference)s."),
        key=f"result:{dossier.pk}:{at.isoformat()}",
        at=at,
    )


def offer_news(offer: Offer, *, at: datetime) -> None:
    """To the applicant: something waits for an answer, or has lapsed. Once for each state."""
    _news(
        offer.dossier,
        subject=gettext_lazy("there is news about your dossier"),
        line=gettext_lazy(
            "There is news about your dossier %(reference)s, and it may wait for your answer."
        ),
        key=f"offer:{offer.pk}:{offer.state}",
        at=at,
    )


def assignment_news(reviewer_ids: Iterable[int], *, consortium: Consortium, at: datetime) -> None:
    """To each reviewer: there are dossiers to read. One mail however many an act assigns."""
    with as_login():
        accounts = list(User.objects.filter(pk__in=set(reviewer_ids)).order_by("pk"))
    letters = [_new_dossiers(account, consortium, at) for account in accounts]
    outbox.post_all(letters, consortium_id=consortium.pk, at=at)


def _new_dossiers(account: User, consortium: Consortium, at: datetime) -> outbox.Letter:
    reader = _Reader(consortium, account.email, account.language)
    with reader.speaking():
        lines = (
            _("New dossiers wait for your review."),
            _("Sign in to see them: %(link)s") % {"link": reader.link(REVIEWER_PATH)},
        )
        key = f"assignment:{account.pk}:{at.isoformat()}"
        return reader.letter(subject=_("new dossiers to review"), lines=lines, key=key)


def needs_waiting(case: NeedsCase, *, at: datetime) -> None:
    """To each inclusion officer: something waits at their desk, not whose."""
    with acting(Actor.system(case.consortium_id)):
        members = Membership.objects.filter(
            consortium_id=case.consortium_id, role=Role.INCLUSION
        ).current(at)
        officers = list(members.values_list("user_id", flat=True))
    for person in officers:
        account = _account(person)
        reader = _Reader(case.consortium, account.email, account.language)
        with reader.speaking():
            lines = (
                _("A request for support waits for you."),
                _("Sign in to see it: %(link)s") % {"link": reader.link(INCLUSION_PATH)},
            )
            key = f"{APART}{person}:{case.pk}:{at.isoformat()}"
            reader.send(subject=_("something waits at your desk"), lines=lines, key=key, at=at)


def needs_news(case: NeedsCase, *, at: datetime) -> None:
    """To the applicant, in the words of any other news: the inclusion officer has ruled."""
    reader = _Reader(case.consortium, case.person_email, case.consortium.language)
    with reader.speaking():
        lines = (
            _("There is news about your dossier %(reference)s.") % {"reference": case.reference},
            _("Sign in to read it: %(link)s") % {"link": reader.link(APPLICANT_PATH)},
        )
        key = f"{APART}{case.pk}:{at.isoformat()}"
        subject = _("there is news about your dossier")
        reader.send(subject=subject, lines=lines, key=key, at=at)

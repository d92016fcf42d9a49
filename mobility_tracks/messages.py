"""Messages to students about rounds, and to the office about seats.

They say that there is news, never which: sign in and read.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from consortium import outbox
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.models import Consortium, Membership, User
from consortium.outbox import Letter
from consortium.roles import Role
from mobility_tracks.domain.round_window import told
from mobility_tracks.domain.round_words import silence_of
from mobility_tracks.models import AllocationRound, Enrolment, SeatConfirmation
from partners.models import Partnership

# The door a mail may point to; addresses behind it are the pages' business.
STUDENT_PATH = "/{consortium}/apply/"
OFFICE_PATH = "/{consortium}/office/"
PLANNERS = (Role.COORDINATOR, Role.OFFICER)


def round_opened(round_: AllocationRound, students: Sequence[Enrolment], *, at: datetime) -> None:
    """To each student: wishes can be given, until when, and what silence means. Once per round and
    student."""

    def words() -> tuple[str, str]:
        line = _("You can now say which hosts you prefer, before %(deadline)s.\n\n%(silence)s")
        if round_.is_of_tracks:
            line = _("You can now say which tracks you prefer, before %(deadline)s.\n\n%(silence)s")
        deadline = told(round_.closes_at, round_.zone)
        return _("where would you like to study?"), line % {
            "deadline": deadline,
            "silence": silence_of(round_),
        }

    _tell(round_, students, words, cause=f"round-opened:{round_.pk}", at=at)


def plan_published(round_: AllocationRound, students: Sequence[Enrolment], *, at: datetime) -> None:
    """To each student: the plan is there. Once per round and student."""

    def words() -> tuple[str, str]:
        return _("there is news on your studies"), _("There is news on where you study.")

    _tell(round_, students, words, cause=f"plan-published:{round_.pk}", at=at)


def plan_revised(
    round_: AllocationRound, students: Sequence[Enrolment], *, digest: str, at: datetime
) -> None:
    """To each student who moves: the plan was revised. Once per plan and student."""

    def words() -> tuple[str, str]:
        line = _("The plan of where you study was revised, and your place in it.")
        return _("your place has changed"), line

    _tell(round_, students, words, cause=f"plan-revised:{digest}", at=at)


def _tell(
    round_: AllocationRound,
    students: Sequence[Enrolment],
    words: Callable[[], tuple[str, str]],
    *,
    cause: str,
    at: datetime,
) -> None:
    """Subject and line come from `words`, asked in each student's language."""
    consortium, languages = _house(round_), _languages(each.student_id for each in students)
    for student in students:
        with translation.override(languages[student.student_id]):
            subject, line = words()
            key = f"{cause}:{student.pk}"
            _post(student, consortium, subject=subject, line=line, key=key, at=at)


def seats_changed(row: SeatConfirmation, *, host: Partnership, at: datetime) -> None:
    """To everybody in office who runs rounds: a host takes another number than the one that counted.

    Once per confirmation and person. Needs `host.institution`.
    """
    with acting(Actor.system(row.consortium_id)):
        consortium = Consortium.objects.get(pk=row.consortium_id)
        members = Membership.objects.filter(consortium=consortium, role__in=PLANNERS).current(at)
        addresses = dict(members.order_by("user_id").values_list("user_id", "person_email"))
    languages = _languages(addresses)
    letters = []
    for user, email in addresses.items():
        with translation.override(languages.get(user, consortium.language)):
            letters.append(_seats_letter(row, consortium, host, user=user, email=email))
    outbox.post_all(letters, consortium_id=consortium.pk, at=at)


def _seats_letter(
    row: SeatConfirmation, consortium: Consortium, host: Partnership, *, user: int, email: str
) -> Letter:
    link = settings.PUBLIC_URL + OFFICE_PATH.format(consortium=consortium.slug)
    line = _("%(host)s has changed how many students it takes.") % {"host": host.institution.name}
    sign_in = _("Sign in to read more: %(link)s") % {"link": link}
    return Letter(
        to=email,
        subject=f"{consortium.name}: {_('a host has changed its seats')}"[:200],
        body=f"{line}\n\n{sign_in}\n\n{consortium.name}\n",
        key=f"seats:{row.pk}:{user}",
    )


def _house(round_: AllocationRound) -> Consortium:
    return Consortium.objects.get(pk=round_.consortium_id)


def _languages(people: Iterable[int]) -> dict[int, str]:
    with as_login():
        rows = User.objects.filter(pk__in=list(people))
        return dict(rows.values_list("pk", "language"))


def _post(
    student: Enrolment, consortium: Consortium, *, subject: str, line: str, key: str, at: datetime
) -> None:
    link = settings.PUBLIC_URL + STUDENT_PATH.format(consortium=consortium.slug)
    sign_in = _("Sign in to read more: %(link)s") % {"link": link}
    outbox.post(
        consortium_id=consortium.pk,
        to=student.person_email,
        subject=f"{consortium.name}: {subject}"[:200],
        body=f"{line}\n\n{sign_in}\n\n{consortium.name}\n",
        key=key,
        at=at,
    )

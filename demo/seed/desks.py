"""Who holds less than a coordinator, or something else: appointed and given it through the acts."""

from datetime import datetime

from admissions.models import Call
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.domain.memberships import Post, appoint
from consortium.models import Consortium, Membership, Party
from consortium.roles import Container, Role
from demo.material.staff import STAFF
from demo.seed.calendar import LAST_MINUTE, Calendar
from demo.seed.people import account_of, full_name, member_actor
from mobility_tracks.domain.delegation import What, hand_on
from mobility_tracks.models import Offering
from partners.domain.departments import open_department

DAYS_TO_LOOK = 120
HANDED_ON = "s2-tls"
DEPARTMENT = "Department of Materials Chemistry"


def energy(consortium: Consortium, call: Call, calendar: Calendar) -> None:
    """An observer, a committee of the open call, and a department of Toulouse with its delegate."""
    chiara = member_actor("chiara", consortium, Wall.STAFF, calendar)
    _appointed(
        "solveig",
        Post(Role.OBSERVER),
        chiara,
        calendar.ago(20),
        until=calendar.instant(DAYS_TO_LOOK, LAST_MINUTE),
        reason="Mid-term evaluation",
    )
    _appointed(
        "radek",
        Post(Role.COMMITTEE, call=call),
        chiara,
        calendar.ago(30),
        reason="Elected by the board for this call",
    )
    _toulouse(consortium, calendar)


def arts(consortium: Consortium, calendar: Calendar) -> None:
    """A finance officer."""
    ines = member_actor("ines", consortium, Wall.STAFF, calendar)
    post = Post(Role.FINANCE)
    _appointed("graca", post, ines, calendar.ago(60), reason="Keeps the accounts of the grant")


def _toulouse(consortium: Consortium, calendar: Calendar) -> None:
    bruno = member_actor("bruno", consortium, Wall.PARTNER, calendar)
    with acting(bruno):
        party = Party.objects.for_actor(bruno, "delegate").get()
    at = calendar.ago(150)
    lab = open_department(party.pk, actor=bruno, at=at, name=DEPARTMENT)
    post = Post(Role.DELEGATE, party, lab)
    _appointed("fanny", post, bruno, calendar.ago(148), reason="Looks after the class in Toulouse")
    hand_on(
        party.pk,
        actor=bruno,
        at=calendar.ago(147),
        what=_second_semester(consortium, calendar.entry - 1),
        to=lab,
        until=calendar.instant(200, LAST_MINUTE),
        reason="The department runs the second semester",
    )


def _second_semester(consortium: Consortium, year: int) -> What:
    """Receiving students of the offering in Toulouse of the class that began in `year`."""
    with acting(Actor.system(consortium.pk)):
        rows = Offering.objects.filter(consortium=consortium, code=HANDED_ON)
        offering = rows.get(period__version__intakes__year=year)
    return What(frozenset({"host_students"}), Container.OFFERING, offering.pk)


def _appointed(
    key: str,
    post: Post,
    actor: Actor,
    at: datetime,
    *,
    until: datetime | None = None,
    reason: str,
) -> Membership:
    member = STAFF[key]
    return appoint(
        account_of(member),
        actor=actor,
        at=at,
        post=post,
        name=full_name(member),
        until=until,
        reason=reason,
    )

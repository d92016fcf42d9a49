"""Accounts, and who works in the consortia.

Nobody has a password: one enters through the role chooser. Applicants of Kosovo become Albanian,
because ISO 3166, which the forms keep to, has no code of theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from consortium.domain.memberships import Post, account_for, appoint
from consortium.models import Consortium, Party, User
from consortium.roles import NEEDS_PARTY, Role
from demo.material.applicant import Applicant
from demo.material.staff import STAFF, Member, staff
from demo.seed.calendar import Calendar
from partners.models import Partnership

ROLES = {
    "coordinator": Role.COORDINATOR,
    "reviewer": Role.REVIEWER,
    "partner_coordinator": Role.PARTNER,
    "inclusion": Role.INCLUSION,
}
# Houses of the invented staff and the organisations of the programme files where they work.
ORGANISATIONS = {
    "amiens": "upjv",
    "toulouse": "univ-toulouse",
    "warsaw": "wut",
    "ljubljana": "uni-lj",
    "bilbao": "ehu",
    "porto": "academia-ribeira",
    "tampere": "escola-reconcavo",
    "krakow": "instituto-guanabara",
}
NOT_IN_ISO = {"XK": "AL"}


def with_countries_of_iso(one: Applicant) -> Applicant:
    def known(code: str) -> str:
        return NOT_IN_ISO.get(code, code)

    person = replace(
        one.person,
        country=known(one.person.country),
        residence_country=known(one.person.residence_country),
    )
    if person.second_nationality == person.country:
        person = replace(person, second_nationality=None)
    study = replace(one.study, country=known(one.study.country))
    return replace(one, person=person, study=study)


def accounts(people: Iterable[Applicant]) -> dict[str, User]:
    """An account for each, by address; with the address confirmed and without a password."""
    names = {one.person.email: one.person.latin_name for one in people}
    with as_login():
        made = User.objects.bulk_create(
            User(email=email, name=name[:200], password=make_password(None))
            for email, name in names.items()
        )
        _confirm(made)
    return {user.email: user for user in made}


def _confirm(users: Iterable[User]) -> None:
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )


def appoint_staff(consortium: Consortium, theme: str, calendar: Calendar, *, days: float) -> None:
    """Reviewers and coordinators of the theme, so many days before the first morning."""
    system = Actor.system(consortium.pk)
    with acting(system):
        parties = _parties(consortium)
    for member in staff(theme):
        if member.role not in ROLES:
            continue
        role = ROLES[member.role]
        appoint(
            account_of(member),
            actor=system,
            at=calendar.ago(days),
            post=Post(
                role,
                parties[ORGANISATIONS[member.institution]] if role in NEEDS_PARTY else None,
            ),
            name=full_name(member),
        )


def account_of(member: Member) -> User:
    """With the address confirmed."""
    user = account_for(member.email, member.name)
    with as_login():
        _confirm([user])
    return user


def full_name(member: Member) -> str:
    return f"{member.title} {member.name}".strip()


def _parties(consortium: Consortium) -> Mapping[str, Party]:
    rows = Partnership.objects.filter(consortium=consortium)
    return {row.institution.key: row.party for row in rows.select_related("institution", "party")}


def appoint_operator() -> None:
    user = account_of(STAFF["tomi"])
    with as_login():
        user.is_operator = True
        user.save(update_fields=["is_operator"])


def member_actor(key: str, consortium: Consortium, wall: Wall, calendar: Calendar) -> Actor:
    """A member of staff through one door, as of the first morning."""
    with as_login():
        user = User.objects.get(email=STAFF[key].email)
    return actor_for(user, consortium, wall, at=calendar.at)


def applicant_actor(user: User, consortium: Consortium) -> Actor:
    return Actor(wall=Wall.APPLICANT, consortium_id=consortium.pk, user_id=user.pk, name=user.name)

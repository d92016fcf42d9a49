"""Whom a visitor can enter as, where they arrive, and what waits for them there."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from consortium.access import acting, as_login
from consortium.models import User
from demo import waiting
from demo.material.staff import CAST, INSTITUTIONS, ITO_EMAIL, STAFF, CastMember
from demo.seed.people import full_name
from demo.seed.programmes import ARTS, ENERGY


@dataclass(frozen=True, slots=True)
class Card:
    """One door of the role chooser. `text`: a sentence counted from the data."""

    key: str
    role: str
    name: str
    place: str
    email: str
    text: str
    url: str


def roles() -> dict[str, str]:
    return {
        "applicant": _("Applicant"),
        "referee": _("Referee"),
        "reviewer": _("Reviewer"),
        "partner_coordinator": _("Partner coordinator"),
        "coordinator": _("Consortium coordinator"),
        "operator": _("Platform operator"),
    }


def cards(at: datetime) -> list[Card]:
    """The six of the first row."""
    energy = waiting.Waiting(ENERGY, at)
    sentences = {
        "amina": energy.applicant,
        "ito": energy.referee,
        "lena": energy.reviewer,
        "bruno": energy.partner,
        "chiara": energy.office,
        "tomi": energy.operator,
    }
    with acting(energy.system):
        return [_card(one, sentences[one.key]()) for one in CAST if one.key in sentences]


def others(at: datetime) -> list[Card]:
    """Further people, where the data has them: who they are hangs on what happened."""
    energy, arts = waiting.Waiting(ENERGY, at), waiting.Waiting(ARTS, at)
    with acting(energy.system):
        student = energy.student()
    with acting(arts.system):
        offered, chooser = arts.offered(), arts.student()
    found = (
        _found("student", _("Student"), student, "applicant:study", ENERGY),
        _found("chooser", _("Student choosing a track"), chooser, "applicant:study", ARTS),
        _found("offered", _("Applicant with an offer"), offered, "applicant:dashboard", ARTS),
    )
    return [*(card for card in found if card), *_staff(energy, arts)]


def _staff(energy: waiting.Waiting, arts: waiting.Waiting) -> list[Card]:
    """Those who hold less than a coordinator, or something else; and the other coordinator."""
    with acting(energy.system):
        told = {
            "solveig": (_("Observer, for a time"), energy.observer(), "office:cockpit", ENERGY),
            "radek": (
                _("Selection committee of one call"),
                energy.committee_of_a_call(),
                "office:cockpit",
                ENERGY,
            ),
            "noemie": (_("Inclusion officer"), energy.inclusion(), "inclusion:desk", ENERGY),
            "fanny": (_("Department delegate"), energy.delegate(), "partner:home", ENERGY),
        }
    with acting(arts.system):
        told["graca"] = (_("Finance officer"), arts.finance(), "finance:funding", ARTS)
    nothing = _("Nothing of the first consortium can be seen from here.")
    other = _("Coordinator of the other consortium")
    told["ines"] = (other, nothing, "office:cockpit", ARTS)
    return [
        Card(
            key=key,
            role=role,
            name=full_name(STAFF[key]),
            place=arts.name if consortium == ARTS else INSTITUTIONS[STAFF[key].institution].name,
            email=STAFF[key].email,
            text=text,
            url=reverse(address, args=[consortium]),
        )
        for key, (role, text, address, consortium) in told.items()
    ]


def card_of(key: str, at: datetime) -> Card | None:
    return next((card for card in [*cards(at), *others(at)] if card.key == key), None)


def account_of(card: Card) -> User | None:
    with as_login():
        return User.objects.filter(email=card.email).first()


def _card(one: CastMember, text: str) -> Card:
    member = STAFF.get(one.key)
    return Card(
        key=one.key,
        role=roles()[one.role],
        name=full_name(member) if member else one.name,
        place=one.place,
        email=one.email,
        text=text,
        url=_address(one.key),
    )


def _address(key: str) -> str:
    if key == "ito":
        return f"{reverse('demo:mail')}?to={ITO_EMAIL}"
    if key == "tomi":
        return reverse("operator:home")
    names = {
        "amina": "applicant:dashboard",
        "lena": "reviewer:queue",
        "bruno": "partner:home",
        "chiara": "office:cockpit",
    }
    return reverse(names[key], args=[ENERGY])


def _found(
    key: str, role: str, person: waiting.Person | None, address: str, consortium: str
) -> Card | None:
    if person is None:
        return None
    return Card(
        key=key,
        role=role,
        name=person.name,
        place=person.place,
        email=person.email,
        text=person.text,
        url=reverse(address, args=[consortium]),
    )

"""The cases a demonstration must contain.

A recast turns the drawn person into another one before the file is written, a change alters a
finished file.
"""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from demo.material.applicant import Applicant, Document
from demo.material.people import Person, email, name_in
from demo.material.staff import AMINA_EMAIL, ITO_EMAIL, ITO_NAME, ITO_PLACE
from demo.material.texts import reference_letter

# 47 letters each, the second without a gap: the worst case for a table column and a badge.
LONG_GIVEN = "Tsiorymampionona Fanomezantsoavololonirinalalana"
LONG_FAMILY = "Andriamanantenasoarabemananjaratefinomenjanaary"


def same_family(kin: Person, who: Person, rng: random.Random) -> Person:
    """Somebody else of the same family name and country as `kin`."""
    name = name_in(rng, kin.country, woman=kin.sex == "F")
    while name.latin_given == kin.latin_given:
        name = name_in(rng, kin.country, woman=kin.sex == "F")
    return _renamed(
        replace(who, sex=kin.sex),
        rng,
        name.latin_given,
        kin.latin_family,
        lang=kin.lang,
        country=kin.country,
    )


def long_name(_before: Person, who: Person, rng: random.Random) -> Person:
    """Given names and family name of 47 letters each."""
    return _renamed(who, rng, LONG_GIVEN, LONG_FAMILY, lang="mg", country="MG")


def single_name(_before: Person, who: Person, rng: random.Random) -> Person:
    """One name and no family name, as many Javanese people bear it."""
    return _renamed(who, rng, "Wulandari", "", lang="jv", country="ID")


def decomposed(_before: Person, who: Person, rng: random.Random) -> Person:
    """Accents typed as combining marks, as some keyboards send them."""
    latin = _renamed(who, rng, "Thuy Anh", "Nguyen", lang="vi", country="VN")
    given, family = (unicodedata.normalize("NFD", text) for text in ("Thùy Ánh", "Nguyễn"))
    return replace(latin, given_names=given, family_name=family)


def resident_fr(_before: Person, who: Person, _rng: random.Random) -> Person:
    """Lives in France, the country of the second semester."""
    return replace(who, residence_country="FR", city="Lille")


def resident_pl(_before: Person, who: Person, _rng: random.Random) -> Person:
    """Lives in Poland, the country of the first semester."""
    return replace(who, residence_country="PL", city="Gdańsk")


def amina(who: Person, rng: random.Random) -> Person:
    """The applicant of the role chooser."""
    settled = replace(who, sex="F", residence_country="MA", city="Settat", second_nationality=None)
    named = _renamed(settled, rng, "Amina", "Belhadi", lang="fr-MA", country="MA")
    return replace(named, email=AMINA_EMAIL, birth_date=date(who.birth_date.year, 5, 14))


def _renamed(
    who: Person, rng: random.Random, given: str, family: str, *, lang: str, country: str
) -> Person:
    second = None if who.second_nationality == country else who.second_nationality
    return replace(
        who,
        given_names=given,
        family_name=family,
        latin_given=given,
        latin_family=family,
        script="Latn",
        lang=lang,
        country=country,
        second_nationality=second,
        email=email(rng, given, family),
    )


def duplicate(chosen: Applicant, before: Applicant, _rng: random.Random) -> Applicant:
    """The file before, sent once more from another address with the name spelled differently."""
    twin = before.person
    mail = f"{twin.email.partition('@')[0].removesuffix('+master')}.new@second.example"
    person = replace(
        twin,
        given_names=twin.latin_given,
        family_name=twin.latin_family.upper(),
        script="Latn",
        email=mail,
    )
    return replace(before, number=chosen.number, person=person)


def bounced_referee(chosen: Applicant, _before: Applicant, _rng: random.Random) -> Applicant:
    """The first referee's address does not exist."""
    first, *others = chosen.referees
    gone = replace(first, email=f"prof.{chosen.number}@gone.example", bounces=True)
    return replace(chosen, referees=(gone, *others))


def unsent(chosen: Applicant, _before: Applicant, _rng: random.Random) -> Applicant:
    """A draft that lacks nothing but the proof of address."""
    documents = tuple(_only_address_missing(document) for document in chosen.documents)
    return replace(chosen, state="draft", documents=documents, problems=("missing_address",))


def _only_address_missing(document: Document) -> Document:
    return replace(document, form="missing" if document.kind == "address" else "pdf")


def infected_file(chosen: Applicant, _before: Applicant, _rng: random.Random) -> Applicant:
    """One document will be found infected; the tag alone says so, the bytes are harmless."""
    return chosen


def asks_ito(chosen: Applicant, rng: random.Random) -> Applicant:
    """Professor Ito is the first referee."""
    letter = reference_letter(
        rng,
        name=chosen.person.latin_given,
        institution=ITO_PLACE,
        course=chosen.study.courses[0],
        year=chosen.study.graduation_on.year - 1,
        level=chosen.strength,
    )
    first, *rest = chosen.referees
    ito = replace(
        first,
        title="Prof.",
        name=ITO_NAME,
        email=ITO_EMAIL,
        institution=ITO_PLACE,
        country="JP",
        letter=letter,
    )
    return replace(chosen, referees=(ito, *rest))


RECASTS: dict[str, Callable[[Person, Person, random.Random], Person]] = {
    "same_family": same_family,
    "long_name": long_name,
    "single_name": single_name,
    "decomposed": decomposed,
    "resident_fr": resident_fr,
    "resident_pl": resident_pl,
}
CHANGES: dict[str, Callable[[Applicant, Applicant, random.Random], Applicant]] = {
    "duplicate": duplicate,
    "bounced_referee": bounced_referee,
    "unsent": unsent,
    "infected_file": infected_file,
}
PLANTED: tuple[str, ...] = (
    "duplicate",
    "bounced_referee",
    "same_family",
    "unsent",
    "long_name",
    "resident_fr",
    "resident_pl",
    "single_name",
    "decomposed",
    "infected_file",
)

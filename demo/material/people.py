"""Invented people: name in own script, name as in the passport, nationality, residence, e-mail."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.material.countries import CODES, COUNTRIES, CUMULATIVE_WEIGHTS
from demo.material.names import POOLS, Name, compose, romanise

# Names under .example and example.{com,net,org} can never be registered (RFC 2606).
MAIL_DOMAINS = (
    "example.org",
    "example.net",
    "example.com",
    "mail.example",
    "post.example",
    "campus.example",
    "students.example",
    "correo.example",
    "letters.example",
)
_ABROAD = ("FR", "DE", "PL", "ES", "IT", "TR", "AE", "GB", "MY", "SA", "SI", "US", "CA", "HU", "RU")
_SECOND = ("FR", "IT", "ES", "DE", "GB", "CA", "US", "PT", "RO", "AU", "TR", "IE")


@dataclass(frozen=True)
class Person:
    """An invented person.

    `given_names` and `family_name` are as the person types them (`script` is ISO 15924, `lang`
    BCP 47); `family_name` is empty for a single name. `latin_given` and `latin_family` are ASCII,
    as the passport spells them. `sex` is F, M or X. Countries are ISO 3166-1 alpha-2, and XK.
    """

    given_names: str
    family_name: str
    script: str
    lang: str
    latin_given: str
    latin_family: str
    sex: str
    country: str
    second_nationality: str | None
    residence_country: str
    city: str
    birth_date: date
    email: str

    @property
    def latin_name(self) -> str:
        """Given names, then family name, in ASCII."""
        return f"{self.latin_given} {self.latin_family}".strip()


def country_code(rng: random.Random) -> str:
    """A country drawn by its weight."""
    return rng.choices(CODES, cum_weights=CUMULATIVE_WEIGHTS)[0]


def name_in(rng: random.Random, country: str, *, woman: bool) -> Name:
    """A name usual in `country`."""
    keys, weights = zip(*COUNTRIES[country].pools, strict=True)
    return compose(POOLS[rng.choices(keys, weights)[0]], rng, woman=woman)


def person(
    rng: random.Random,
    *,
    country: str | None = None,
    residence: str | None = None,
    at: date = date(2026, 2, 28),
) -> Person:
    """An invented person, 20 to 34 years old on `at`; `country` and `residence` may be fixed."""
    country = country or country_code(rng)
    sex = rng.choices("FMX", (47, 52, 1))[0]
    name = name_in(rng, country, woman=sex == "F" or (sex == "X" and rng.random() < 0.5))
    home = residence or _residence(rng, country)
    born = at - timedelta(days=int(365.25 * rng.triangular(20, 34, 23)) + rng.randrange(365))
    return Person(
        given_names=name.given_names,
        family_name=name.family_name,
        script=name.script,
        lang=name.lang,
        latin_given=name.latin_given,
        latin_family=name.latin_family,
        sex=sex,
        country=country,
        second_nationality=_second_nationality(rng, country),
        residence_country=home,
        city=rng.choice(COUNTRIES[home].cities),
        birth_date=born,
        email=email(rng, name.latin_given, name.latin_family),
    )


def _residence(rng: random.Random, country: str) -> str:
    return rng.choice(_ABROAD) if rng.random() < 0.12 else country


def _second_nationality(rng: random.Random, country: str) -> str | None:
    if rng.random() >= 0.06:
        return None
    return rng.choice([code for code in _SECOND if code != country])


def email(
    rng: random.Random,
    given: str,
    family: str,
    domains: Sequence[str] = MAIL_DOMAINS,
) -> str:
    """An address on a reserved domain built from a Latin name, in one of the usual patterns."""
    first = _local(given.partition(" ")[0])
    last = _local(family or given)[:24]
    number = rng.randrange(10, 999)
    local = rng.choice(
        (
            f"{first}.{last}",
            f"{first[0]}.{last}",
            f"{last}.{first}",
            f"{first}{number}",
            f"{first}_{last}{number % 100:02}",
            f"{last}{first[0]}{number}",
        )
    )
    tag = "+master" if rng.random() < 0.03 else ""
    return f"{local[:48]}{tag}@{rng.choice(domains)}"


def _local(text: str) -> str:
    return "".join(letter for letter in romanise(text, "en").lower() if letter.isalnum()) or "x"

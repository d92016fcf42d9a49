"""A cohort of invented applicants: same seed, same people, down to the last comma."""

import json
import random
from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from datetime import date
from functools import partial

from demo.material.applicant import Applicant, Referee
from demo.material.dossier import dossier
from demo.material.planted import CHANGES, PLANTED, RECASTS, amina, asks_ito, unsent

MailOwners = dict[str, tuple[str, ...]]


def cohort(
    seed: int,
    size: int,
    theme: str = "energy",
    *,
    deadline: date = date(2026, 2, 28),
    cast: bool = False,
    taken: Collection[str] = (),
) -> tuple[Applicant, ...]:
    """`size` applicants of a call that closes on `deadline`; `theme` is energy or arts.

    The cases of `demo.material.planted` are spread over cohorts of 22 and more. With `cast`, Amina
    is the first applicant and Professor Ito writes for three. No two people share an e-mail
    address, and nobody has one of `taken`.
    """
    people = [dossier(seed, number, theme, deadline) for number in range(1, size + 1)]
    rng = random.Random(f"{seed}/{theme}/planted")
    _plant(people, rng, seed, deadline)
    if cast and people:
        _add_cast(people, rng, seed, deadline)
    return tuple(_with_own_addresses(people, taken))


def canonical_json(people: Iterable[Applicant]) -> str:
    """The cohort as JSON with sorted keys, for comparison between machines."""
    rows = [asdict(applicant) for applicant in people]
    return json.dumps(rows, sort_keys=True, ensure_ascii=False, default=date.isoformat)


def _plant(people: list[Applicant], rng: random.Random, seed: int, deadline: date) -> None:
    step = len(people) // (len(PLANTED) + 1)
    if step < 2:
        return
    for turn, special in enumerate(PLANTED, 1):
        place = turn * step
        before = next(one for one in reversed(people[:place]) if one.person.family_name)
        people[place] = _special(special, people[place], before, rng, seed=seed, deadline=deadline)


def _special(
    special: str,
    chosen: Applicant,
    before: Applicant,
    rng: random.Random,
    *,
    seed: int,
    deadline: date,
) -> Applicant:
    if special in CHANGES:
        changed = CHANGES[special](chosen, before, rng)
    else:
        recast = partial(RECASTS[special], before.person)
        changed = dossier(seed, chosen.number, chosen.theme, deadline, recast)
    twin = before.number if special in ("duplicate", "same_family") else None
    return replace(changed, specials=(special,), twin_of=twin)


def _add_cast(people: list[Applicant], rng: random.Random, seed: int, deadline: date) -> None:
    first = dossier(seed, 1, people[0].theme, deadline, amina)
    people[0] = replace(unsent(first, first, rng), specials=("cast", "unsent"))
    ordinary = [place for place, one in enumerate(people) if place and not one.specials]
    for place in (0, *ordinary[:2]):
        people[place] = asks_ito(people[place], rng)


def _with_own_addresses(people: Iterable[Applicant], taken: Collection[str]) -> list[Applicant]:
    owners: MailOwners = {address.lower(): () for address in taken}
    done = []
    for one in people:
        mail = _free(one.person.email, (str(one.number),), owners)
        referees = tuple(_with_own_address(referee, owners) for referee in one.referees)
        done.append(replace(one, person=replace(one.person, email=mail), referees=referees))
    return done


def _with_own_address(referee: Referee, owners: MailOwners) -> Referee:
    owner = (referee.name, referee.institution)
    return replace(referee, email=_free(referee.email, owner, owners))


def _free(address: str, owner: tuple[str, ...], owners: MailOwners) -> str:
    local, _, domain = address.partition("@")
    count, free = 1, address
    while owners.get(free.lower(), owner) != owner:
        count += 1
        free = f"{local}{count}@{domain}"
    owners[free.lower()] = owner
    return free

"""How a full name is put together: one small function per shape of naming."""

import random
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from demo.material.names.pool import Pool, Term

Part = tuple[str, str]
Parts = tuple[list[Part], list[Part]]


class Name(NamedTuple):
    """A composed name; `family_name` is empty for people who bear a single name."""

    given_names: str
    family_name: str
    latin_given: str
    latin_family: str
    script: str
    lang: str


def _givens(pool: Pool, rng: random.Random, *, woman: bool, count: int) -> list[Part]:
    table = pool.female if woman else pool.male
    return [term.borne_by(woman=woman) for term in rng.sample(table, min(count, len(table)))]


def _one_or_two(pool: Pool, rng: random.Random, *, woman: bool) -> list[Part]:
    return _givens(pool, rng, woman=woman, count=2 if rng.randrange(100) < pool.two else 1)


def _pick(table: Sequence[Term], rng: random.Random, *, woman: bool, count: int = 1) -> list[Part]:
    return [term.borne_by(woman=woman) for term in rng.sample(table, min(count, len(table)))]


def plain(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """Given names and one family name, now and then a hyphenated pair."""
    if pool.script == "Latn" and rng.randrange(100) < 3:
        first, second = _pick(pool.family, rng, woman=woman, count=2)
        joined = (f"{first[0]}-{second[0]}", f"{first[1]}-{second[1]}")
        return _one_or_two(pool, rng, woman=woman), [joined]
    return _one_or_two(pool, rng, woman=woman), _pick(pool.family, rng, woman=woman)


def double(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """Two family names, as in Spanish usage."""
    return _one_or_two(pool, rng, woman=woman), _pick(pool.family, rng, woman=woman, count=2)


def several(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """Two to four family names with particles, as in Portuguese usage."""
    count = rng.choice((2, 2, 2, 3, 3, 4))
    return _one_or_two(pool, rng, woman=woman), _pick(pool.family, rng, woman=woman, count=count)


def patronym(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """East Slavic: the patronymic stands in the native name and not in the Latin one."""
    given, family = plain(pool, rng, woman=woman)
    if rng.randrange(100) < 40:
        native, _ = _pick(pool.extra, rng, woman=woman)[0]
        given.append((native, ""))
    return given, family


def father(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """The father's given name, sometimes the grandfather's too, in place of a family name."""
    elders = _pick(pool.male, rng, woman=False, count=2 if rng.randrange(100) < 35 else 1)
    return _one_or_two(pool, rng, woman=woman), elders


def chain(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """Own, father's and grandfather's names before the family name."""
    elders = _pick(pool.male, rng, woman=False, count=rng.choice((0, 0, 1, 1, 2)))
    return _givens(pool, rng, woman=woman, count=1) + elders, _pick(pool.family, rng, woman=woman)


def son_of(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """The father's name after "son of" or "daughter of"; a family name where there is one."""
    line = [pool.extra[0].borne_by(woman=woman), *_pick(pool.male, rng, woman=False)]
    given = _one_or_two(pool, rng, woman=woman)
    if not pool.family:
        return given, line
    return given + (line if rng.randrange(2) else []), _pick(pool.family, rng, woman=woman)


def middle(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """A middle name before the given name, as in Viet Nam."""
    given = _pick(pool.extra, rng, woman=woman) + _givens(pool, rng, woman=woman, count=1)
    return given, _pick(pool.family, rng, woman=woman)


def house(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """An ancestral house name before two given names and a surname, as in Sri Lanka."""
    names = _pick(pool.extra, rng, woman=woman) if rng.randrange(100) < 55 else []
    return _givens(pool, rng, woman=woman, count=2), names + _pick(pool.family, rng, woman=woman)


def single(pool: Pool, rng: random.Random, *, woman: bool) -> Parts:
    """Two to four elements that form one name, none of them a family name."""
    return _givens(pool, rng, woman=woman, count=rng.choice((2, 2, 3, 3, 4))), []


class Shape(Protocol):
    """A way to put a name together: given names and family names as pairs of own and Latin."""

    __name__: str

    def __call__(self, pool: Pool, rng: random.Random, *, woman: bool) -> Parts: ...


SHAPES: dict[str, Shape] = {
    shape.__name__: shape
    for shape in (
        plain, double, several, patronym, father, chain, son_of, middle, house, single,
    )
}  # fmt: skip  # a table, read by its rows


def compose(pool: Pool, rng: random.Random, *, woman: bool) -> Name:
    """A full name from `pool`, in own script for `pool.native` percent of its people."""
    given, family = SHAPES[pool.shape](pool, rng, woman=woman)
    if rng.randrange(100) < pool.mononym:
        given, family = given[: rng.choice((1, 2))], []
    latin_given, latin_family = _join(given, 1, " "), _join(family, 1, " ")
    if rng.randrange(100) >= pool.native:
        return Name(latin_given, latin_family, latin_given, latin_family, "Latn", pool.lang)
    gap = "" if pool.script == "Mymr" else " "
    own_given, own_family = _join(given, 0, gap), _join(family, 0, gap)
    return Name(own_given, own_family, latin_given, latin_family, pool.script, pool.lang)


def _join(parts: Sequence[Part], column: int, gap: str) -> str:
    return gap.join(part[column] for part in parts if part[column])

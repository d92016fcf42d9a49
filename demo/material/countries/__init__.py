"""Countries applicants come from, with the weight each has in an energy-materials call."""

from dataclasses import dataclass
from itertools import accumulate

from demo.material.countries import africa, americas, asia, europe


@dataclass(frozen=True)
class Country:
    """One country.

    `weight` is relative to the others, `pools` are keys of name pools with their weights, `style`
    is the language in which universities are named, `scale` a key of a grade scale.
    """

    code: str
    name: str
    weight: int
    pools: tuple[tuple[str, int], ...]
    cities: tuple[str, ...]
    style: str
    scale: str


def _pools(text: str) -> tuple[tuple[str, int], ...]:
    pairs = (item.rsplit(" ", 1) for item in text.split(", "))
    return tuple((key, int(weight)) for key, weight in pairs)


def _country(line: str) -> Country:
    code, name, weight, pools, cities, style, scale = line.split(" | ")
    return Country(code, name, int(weight), _pools(pools), tuple(cities.split(", ")), style, scale)


COUNTRIES: dict[str, Country] = {
    country.code: country
    for region in (africa, americas, asia, europe)
    for country in map(_country, region.TABLE.strip().splitlines())
}
CODES: tuple[str, ...] = tuple(COUNTRIES)
CUMULATIVE_WEIGHTS: tuple[int, ...] = tuple(accumulate(c.weight for c in COUNTRIES.values()))

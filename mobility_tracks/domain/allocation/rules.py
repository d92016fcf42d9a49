"""From a version's rules, as its file says them, to what a round can hold them to.

A rule that needs facts nobody has here (languages, funding, credits earned) is not guessed: its
sentence goes to `unchecked`, and the office sees it beside the plan.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mobility_tracks.domain.allocation.scene import Scene
from mobility_tracks.placement import Group, Rule, Student

Told = Mapping[str, Any]
Parameters = Mapping[str, Any]


@dataclass
class Reading:
    """`own`: by option, why one student may not have it. `opens_with`: least to open, by option."""

    rules: list[Rule] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    opens_with: dict[str, int] = field(default_factory=dict)
    residence: list[Told] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    overridable: set[str] = field(default_factory=set)


def read_rules(scene: Scene) -> Reading:
    """Every rule of the version that concerns the scene's period."""
    reading = Reading()
    for told in scene.rules:
        if told["of"] and told["of"] not in scene.offered:
            continue
        reader = _READERS.get(told["kind"])
        if told["only_for"] or reader is None or not reader(told, scene, reading):
            _leave(told, scene, reading)
    return reading


def _leave(told: Told, scene: Scene, reading: Reading) -> None:
    """For people to check, where it concerns this period at all."""
    if _concerns(told["parameters"], scene):
        reading.unchecked.append(told["sentence"])


def _concerns(parameters: Parameters, scene: Scene) -> bool:
    periods = parameters.get("periods") or parameters.get("before") or scene.period.code
    return scene.period.code in ([periods] if isinstance(periods, str) else periods)


def _rule(told: Told, kind: str, parameters: Parameters, suffix: str = "") -> Rule:
    return Rule(
        id=told["key"] + suffix,
        kind=kind,
        parameters=dict(parameters),
        sentence=told["sentence"],
        source=told["source"],
    )


def _keep(reading: Reading, told: Told, rules: Iterable[Rule]) -> bool:
    kept = list(rules)
    reading.rules += kept
    if told["board_may_override"]:
        reading.overridable |= {rule.id for rule in kept}
    return True


def _mandatory_mobility(told: Told, scene: Scene, reading: Reading) -> bool:
    asked = told["parameters"]
    if not asked["not_residence"]:
        return False
    parameters = {
        "countries": asked["countries"],
        "inside": asked["in_programme_countries"],
        "later_periods": len(scene.open_later),
    }
    return _keep(reading, told, [_rule(told, "mandatory_mobility", parameters)])


def _distinct_countries(told: Told, scene: Scene, reading: Reading) -> bool:
    """Later periods may each bring one more country, so less is asked for until they are settled."""
    asked = told["parameters"]
    periods = asked["periods"]
    if periods and (scene.period.code not in periods or not set(scene.study) <= set(periods)):
        return False
    least = max(1, asked["at_least"] - len(scene.open_later))
    return _keep(reading, told, [_rule(told, "distinct_countries", {"least": least})])


def _not_residence_country(told: Told, scene: Scene, reading: Reading) -> bool:
    asked = told["parameters"]
    if asked["periods"] and scene.period.code not in asked["periods"]:
        return True
    if asked["countries"] or asked["at_most"]:
        reading.residence.append(told)
        return True
    return _keep(reading, told, [_rule(told, "not_residence_country", {})])


def _exclude_pair(told: Told, scene: Scene, reading: Reading) -> bool:
    asked = told["parameters"]
    pairs = [(one, other) for one in asked["one"] for other in asked["other"]]
    rules = (
        _rule(told, "exclude_pair", {"first": one, "second": other, **_same_year(asked)}, f".{n}")
        for n, (one, other) in enumerate(pairs, 1)
    )
    return _keep(reading, told, rules)


def _same_year(asked: Parameters) -> dict[str, bool]:
    return {"same_year": True} if asked["same_year_only"] else {}


def _balance(told: Told, scene: Scene, reading: Reading) -> bool:
    asked = told["parameters"]
    if asked["period"] != scene.period.code:
        return True
    named = asked["offerings"] or scene.offered
    options = tuple(code for code in scene.offered if code in named)
    if len(options) > 1:
        group = Group(
            id=told["key"],
            options=options,
            tolerance=asked["tolerance"],
            sentence=told["sentence"],
            source=told["source"],
        )
        reading.groups.append(group)
    return True


def _enough_students(told: Told, scene: Scene, reading: Reading) -> bool:
    if not told["of"]:
        return False
    reading.opens_with[told["of"]] = told["parameters"]["at_least"]
    return True


_READERS: Mapping[str, Callable[[Told, Scene, Reading], bool]] = {
    "mandatory_mobility": _mandatory_mobility,
    "distinct_countries": _distinct_countries,
    "not_residence_country": _not_residence_country,
    "exclude_pair": _exclude_pair,
    "balance": _balance,
    "enough_students": _enough_students,
}


def in_residence(
    reading: Reading, student: Student, countries: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """(option, sentence) for each option that would be one stay too many at home, under a rule that
    counts them or binds residents of some countries. `countries`: that of each option."""
    home = student.residence_country
    for told in reading.residence:
        asked = told["parameters"]
        if asked["countries"] and home not in asked["countries"]:
            continue
        named = asked["periods"]
        at_home = [
            s for s in student.visited if s.country == home and (not named or s.period in named)
        ]
        if len(at_home) + 1 > asked["at_most"]:
            yield from (
                (o, told["sentence"]) for o, country in countries.items() if country == home
            )

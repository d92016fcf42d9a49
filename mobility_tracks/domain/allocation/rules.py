"""From a version's rules to what binds students of a round together, and what people must check.

What the rules say of one student is judged by the checker (`judging.py`). A fact that nobody has
here (languages, funding, credits earned) is not guessed: the rule's sentence goes to `unchecked`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from mobility_tracks.domain.allocation.scene import Scene
from mobility_tracks.placement import Group, Overflow

Told = Mapping[str, Any]
Parameters = Mapping[str, Any]


@dataclass
class Reading:
    """`opens_with`: least to open, by offering. `told`: sentences of the rules that the plan keeps
    for all students together; `unchecked`: of those that nothing here settles."""

    groups: list[Group] = field(default_factory=list)
    overflows: list[Overflow] = field(default_factory=list)
    opens_with: dict[str, int] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)


def read_rules(scene: Scene) -> Reading:
    """Every rule of the version about students together that concerns what the scene offers."""
    reading = Reading()
    for told in scene.rules:
        reader = _READERS.get(told["kind"])
        if reader is None or not _concerns(told, scene):
            continue
        is_kept = not told["only_for"] and reader(told, scene, reading)
        (reading.told if is_kept else reading.unchecked).append(told["sentence"])
    return reading


def unchecked_in(scene: Scene, reading: Reading, unsettled: Collection[str]) -> list[str]:
    """Sentences that the office sees beside the plan, each once, in the order of the version.
    `unsettled`: ids of rules that could not be judged."""
    keys = {id_.partition("#")[0] for id_ in unsettled}
    open_ = (t["sentence"] for t in scene.rules if t["key"] in keys and _concerns(t, scene))
    return list(dict.fromkeys([*open_, *reading.unchecked]))


def _concerns(told: Told, scene: Scene) -> bool:
    """Not one of another period, nor of an offering that is not on offer."""
    asked = told["parameters"]
    if told["of"]:
        return told["of"] in scene.through
    named = asked.get("periods") or asked.get("before") or asked.get("period")
    if not named:
        return True
    return not scene.periods.keys().isdisjoint([named] if isinstance(named, str) else named)


def _balance(told: Told, scene: Scene, reading: Reading) -> bool:
    """Between the offerings of the period: of tracks, all that pass one count there."""
    asked = told["parameters"]
    offered = scene.periods.get(asked["period"], ())
    parts = [scene.through[o] for o in offered if not asked["offerings"] or o in asked["offerings"]]
    if len(parts) > 1:
        group = Group(
            id=told["key"],
            options=tuple(chain(*parts)),
            tolerance=asked["tolerance"],
            parts=tuple(parts) if any(len(part) > 1 for part in parts) else (),
            sentence=told["sentence"],
            source=told["source"],
        )
        reading.groups.append(group)
    return True


def _enough_students(told: Told, scene: Scene, reading: Reading) -> bool:
    if told["of"] not in scene.limits:
        return False
    reading.opens_with[told["of"]] = told["parameters"]["at_least"]
    return True


def _when_full(told: Told, scene: Scene, reading: Reading) -> bool:
    """Where the round has the seats of all that must be full first."""
    before = told["parameters"]["offerings"]
    if not told["of"] or any(code not in scene.limits for code in before):
        return False
    overflow = Overflow(
        id=told["key"],
        options=scene.through[told["of"]],
        after=tuple(scene.limits[code] for code in before),
        sentence=told["sentence"],
        source=told["source"],
    )
    reading.overflows.append(overflow)
    return True


_READERS: Mapping[str, Callable[[Told, Scene, Reading], bool]] = {
    "balance": _balance,
    "enough_students": _enough_students,
    "when_full": _when_full,
}

"""From a version's rules to what binds students of a round together, and what people must check.

What the rules say of one student is judged by the checker (`judging.py`). A fact that nobody has
here (languages, funding, credits earned) is not guessed: the rule's sentence goes to `unchecked`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from mobility_tracks.domain.allocation.scene import Scene
from mobility_tracks.placement import Group

Told = Mapping[str, Any]
Parameters = Mapping[str, Any]


@dataclass
class Reading:
    """`opens_with`: least to open, by option. `unchecked`: sentences of rules about students
    together that nothing here settles."""

    groups: list[Group] = field(default_factory=list)
    opens_with: dict[str, int] = field(default_factory=dict)
    unchecked: list[str] = field(default_factory=list)


def read_rules(scene: Scene) -> Reading:
    """Every rule of the version about students together that concerns the scene's period."""
    reading = Reading()
    for told in scene.rules:
        reader = _READERS.get(told["kind"])
        if reader is None or not _concerns(told, scene):
            continue
        if told["only_for"] or not reader(told, scene, reading):
            reading.unchecked.append(told["sentence"])
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
        return told["of"] in scene.offered
    named = asked.get("periods") or asked.get("before") or asked.get("period") or scene.period.code
    return scene.period.code in ([named] if isinstance(named, str) else named)


def _balance(told: Told, scene: Scene, reading: Reading) -> bool:
    asked = told["parameters"]
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
    "balance": _balance,
    "enough_students": _enough_students,
}

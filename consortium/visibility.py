"""The language in which an app's `visibility.py` says who reads what, in which stage. Pure.

A table is data: the stages of a subject, groups of its data, and for each audience which groups it
reads in which states, under which condition, and by what rule. `policies.py` takes it as Q and
`walls.py` as SQL, so neither wall can differ from what the page “Who sees what” and
docs/visibility.md print; tests/contracts/test_visibility.py tries every cell at each wall alone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.functional import Promise

from consortium.actor import Wall


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the page: states that every audience is treated alike in."""

    key: str
    label: Promise
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Data that is opened and closed together: model label -> its fields, as words in a row."""

    key: str
    label: Promise
    fields: Mapping[str, str]

    def of(self, model: str) -> frozenset[str]:
        return frozenset(self.fields.get(model, "").split())


@dataclass(frozen=True, slots=True)
class Sight:
    """One audience reads some groups in some states.

    condition: what else must hold, in words. rule: where it comes from. set_field: a column that
    must not be empty beside the state; what was never sent has none. relation: by which of several
    ties people of the audience read it, as `host` or `sender`; empty where there is one. action: of
    the policies, where it is not `view`.
    """

    walls: tuple[Wall, ...]
    groups: frozenset[str]
    states: frozenset[str]
    condition: Promise
    rule: str
    set_field: str = ""
    relation: str = ""
    action: str = "view"


@dataclass(frozen=True)
class Table:
    """subject: what has the stages, by the states in its `state_field`."""

    subject: str
    title: Promise
    stages: tuple[Stage, ...]
    groups: tuple[Group, ...]
    sights: tuple[Sight, ...]
    state_field: str = "state"

    @cached_property
    def _by_cell(self) -> Mapping[tuple[Wall, str, str], Sight]:
        found: dict[tuple[Wall, str, str], Sight] = {}
        for sight in self.sights:
            for wall, group in ((wall, group) for wall in sight.walls for group in sight.groups):
                cell = (wall, group, sight.relation)
                if cell in found:
                    raise ValueError(f"{cell} stands twice in the table of the {self.subject}.")
                found[cell] = sight
        return found

    def sight(self, wall: Wall, group: str, relation: str = "") -> Sight | None:
        """What opens `group` to an audience by one tie, None where nothing ever does."""
        return self._by_cell.get((wall, group, relation))

    def opens(self, wall: Wall, group: str) -> bool:
        """Whether an audience ever reads `group`, by whatever tie."""
        return any(wall in sight.walls and group in sight.groups for sight in self.sights)

    def relations(self, wall: Wall) -> tuple[str, ...]:
        """The ties by which people of an audience read anything; one empty word for none."""
        found = dict.fromkeys(each.relation for each in self.sights if wall in each.walls)
        return tuple(found) or ("",)

    def reads(self, wall: Wall, group: str, state: str, relation: str = "") -> bool:
        sight = self.sight(wall, group, relation)
        return sight is not None and state in sight.states

    def readers(self) -> Iterator[Wall]:
        """Audiences that read anything of this subject, in the order of the walls."""
        yield from (wall for wall in Wall if any(wall in sight.walls for sight in self.sights))

    def group(self, key: str) -> Group:
        return next(each for each in self.groups if each.key == key)

    def q(self, wall: Wall, group: str, path: str = "", *, relation: str = "") -> Q:
        """The first wall's condition; `path` leads from the model to the subject."""
        sight = self._must(wall, group, relation)
        rows = Q(**{f"{path}{self.state_field}__in": sorted(sight.states)})
        return rows & Q(**{f"{path}{sight.set_field}__isnull": False}) if sight.set_field else rows

    def sql(self, wall: Wall, group: str, prefix: str = "", *, relation: str = "") -> str:
        """The second wall's condition on the subject's own row, whose columns go by `prefix`."""
        sight = self._must(wall, group, relation)
        states = ",".join(sorted(sight.states))
        rows = f"{prefix}{self.state_field} = ANY ('{{{states}}}'::text[])"
        return f"{rows} AND {prefix}{sight.set_field} IS NOT NULL" if sight.set_field else rows

    def alike(self, wall: Wall, group: str, other: str, *, relation: str = "") -> bool:
        """Whether two groups are open to an audience in the same rows."""
        one, two = self.sight(wall, group, relation), self.sight(wall, other, relation)
        return (one and (one.states, one.set_field)) == (two and (two.states, two.set_field))

    def closed(self, model: str) -> Mapping[Wall, tuple[str, ...]]:
        """Fields of a model that an audience which reads others of it never reads."""
        return {wall: fields for wall in Wall if (fields := self._closed(wall, model))}

    def _closed(self, wall: Wall, model: str) -> tuple[str, ...]:
        opened, shut = set[str](), set[str]()
        for group in self.groups:
            (opened if self.opens(wall, group.key) else shut).update(group.of(model))
        return tuple(sorted(shut - opened)) if opened else ()

    def _must(self, wall: Wall, group: str, relation: str) -> Sight:
        sight = self.sight(wall, group, relation)
        if sight is None:
            raise LookupError(f"Nothing opens {group!r} of a {self.subject} to {wall.value}.")
        return sight


def frozen(words: str) -> frozenset[str]:
    """Groups or states, written as words in a row."""
    return frozenset(words.split())


def stage(key: str, label: Promise, states: str) -> Stage:
    return Stage(key, label, frozen(states))


def cells(table: Table, wall: Wall) -> Iterator[tuple[Sight, list[Group]]]:
    """An audience's sights, each with its groups in the table's order."""
    for sight in table.sights:
        if wall in sight.walls:
            yield sight, [group for group in table.groups if group.key in sight.groups]


def never(table: Table, wall: Wall) -> list[Group]:
    """What an audience reads at no stage."""
    return [group for group in table.groups if not table.opens(wall, group.key)]


def runs(stages: Iterable[Stage], states: frozenset[str]) -> Iterator[tuple[list[Stage], bool]]:
    """Neighbouring stages with the same answer: (stages, whether they are readable)."""
    run: list[Stage] = []
    before = False
    for each in stages:
        now = each.states <= states
        if run and now != before:
            yield run, before
            run = []
        run.append(each)
        before = now
    if run:
        yield run, before

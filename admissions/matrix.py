"""The tables of visibility joined with the data register: what a page or a resource shows. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from admissions import states
from admissions.visibility import DOSSIERS
from consortium.actor import Wall
from consortium.register import DataClass, register
from consortium.visibility import Group, Sight, Stage, Table, cells, never, runs
from mobility_tracks.visibility import STUDENTS

TABLES = (DOSSIERS, STUDENTS)


@dataclass(frozen=True, slots=True)
class Line:
    """Groups that an audience reads alike. sight: None for what it never reads.

    runs: neighbouring stages with the same answer, and that answer.
    """

    table: Table
    wall: Wall
    groups: tuple[Group, ...]
    classes: tuple[DataClass, ...]
    sight: Sight | None
    runs: tuple[tuple[tuple[Stage, ...], bool], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What another stage would open or close to an audience, by one rule of the table."""

    stage: Stage
    wall: Wall
    sight: Sight
    groups: tuple[Group, ...]
    opens: bool


def lines(wall: Wall | None = None, kind: DataClass | None = None) -> Iterator[Line]:
    """Every audience's lines, or those of one; of every data class, or of one."""
    for table in TABLES:
        for each in (wall,) if wall else Wall:
            for sight, groups in cells(table, each):
                yield from _line(table, each, groups, kind, sight)
            yield from _line(table, each, never(table, each), kind, None)


def _line(
    table: Table, wall: Wall, groups: list[Group], kind: DataClass | None, sight: Sight | None
) -> Iterator[Line]:
    kept = tuple(group for group in groups if kind is None or kind in classes(group))
    if kept:
        there = {each for group in kept for each in classes(group)}
        yield Line(
            table=table,
            wall=wall,
            groups=kept,
            classes=tuple(each for each in DataClass if each in there),
            sight=sight,
            runs=tuple(
                (tuple(stages), open_)
                for stages, open_ in runs(table.stages, sight.states if sight else frozenset())
            ),
        )


def classes(group: Group) -> frozenset[DataClass]:
    """The data classes of a group's fields, from the register."""
    entries = register()
    return frozenset(
        kind
        for model in group.fields
        for name, kind in entries[model].fields()
        if name in group.of(model)
    )


def readable(wall: Wall, state: str, *, sent: bool = True) -> tuple[Group, ...]:
    """What an audience may read of a dossier in a state, once it was sent or never.

    Of audiences who read by one tie alone; what partners read hangs on whose student it is.
    """
    return tuple(
        group
        for group in DOSSIERS.groups
        if (sight := DOSSIERS.sight(wall, group.key)) and opens(sight, state, sent=sent)
    )


def opens(sight: Sight, state: str, *, sent: bool = True) -> bool:
    """Whether a rule of the table opens its groups of a dossier in a state."""
    return state in sight.states and (sent or not sight.set_field)


def changes(state: str, *, sent: bool = True) -> Iterator[Change]:
    """What each stage that a dossier can go to from here would open and close, to whom."""
    for stage in following(state):
        reached = min(_targets(state) & stage.states)
        sent_then = sent or reached == "submitted"
        for wall in DOSSIERS.readers():
            for sight, groups in cells(DOSSIERS, wall):
                then = opens(sight, reached, sent=sent_then)
                if then != opens(sight, state, sent=sent):
                    yield Change(stage, wall, sight, tuple(groups), then)


def following(state: str) -> list[Stage]:
    """The stages that a dossier can go to from here."""
    there = _targets(state)
    return [each for each in DOSSIERS.stages if each.states & there and state not in each.states]


def _targets(state: str) -> set[str]:
    return {target for sources, target in states.DOSSIER.moves.values() if state in sources}

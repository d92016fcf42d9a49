"""Pages of docs/ that are made from the code's own tables, so that they cannot differ from it."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from consortium.actor import Wall
from consortium.lifecycle import Lifecycle
from consortium.policy import Policy
from consortium.register import DataClass, register
from consortium.roles import DELEGABLE, GRANTS, OF_ONE_CALL, RIGHTS, Container, Role
from consortium.rowsecurity import registry
from consortium.visibility import Table
from consortium.visibility import cells as cells_of

HOUSE = ("consortium", "partners", "mobility_tracks", "admissions")
MADE = "<!-- Made by `make docs` from the code; edit the tables, not this page. -->\n"


def pages() -> dict[str, str]:
    """File name below docs/ -> its text."""
    return {
        "states.md": states(),
        "permissions.md": permissions(),
        "data.md": data(),
        "visibility.md": visibility(),
    }


def _modules(name: str) -> Iterator[ModuleType]:
    for app in HOUSE:
        try:
            yield import_module(f"{app}.{name}")
        except ModuleNotFoundError:
            continue


def lifecycles() -> list[Lifecycle]:
    return [
        value
        for module in _modules("states")
        for value in vars(module).values()
        if isinstance(value, Lifecycle)
    ]


def tables() -> list[Table]:
    return [
        value
        for module in _modules("visibility")
        for value in vars(module).values()
        if isinstance(value, Table)
    ]


def policies() -> list[Policy]:
    return [
        value
        for module in _modules("policies")
        for value in vars(module).values()
        if isinstance(value, Policy)
    ]


def states() -> str:
    """A picture and a table per lifecycle."""
    parts = ["# States\n", MADE]
    for table in lifecycles():
        parts.append(f"\n## {table.subject.capitalize()}\n\n```mermaid\nstateDiagram-v2")
        parts.append(f"    [*] --> {table.initial}")
        parts += [
            f"    {source} --> {target}: {event}"
            for event, (sources, target) in table.moves.items()
            for source in sorted(sources)
        ]
        parts.append("```\n\n| event | from | to |\n|---|---|---|")
        parts += [
            f"| {event} | {', '.join(sorted(sources))} | {target} |"
            for event, (sources, target) in table.moves.items()
        ]
    return "\n".join(parts) + "\n"


def permissions() -> str:
    """Role -> rights, then model -> action -> who, then table -> database role -> rows."""
    parts = ["# Who may do what\n", MADE, "\n## Roles\n"]
    parts.append("| on | right | " + " | ".join(str(role.label) for role in Role) + " |")
    parts.append("|---" * (len(Role) + 2) + "|")
    for container in (Container.CONSORTIUM, Container.PARTY):
        for right, words in RIGHTS[container].items():
            held = [right in GRANTS[role].get(container, ()) for role in Role]
            cells = ["yes" if each else "" for each in held]
            parts.append(f"| {container} | `{right}` {words} | " + " | ".join(cells) + " |")
    parts += _by_hand()
    parts.append("\n## First wall: policies\n")
    parts.append("Nobody else; another consortium never; hidden and missing answer alike.\n")
    parts.append("| what | action | through which door | which rows |\n|---|---|---|---|")
    for policy in policies():
        for action, clauses in policy.actions.items():
            for words in dict.fromkeys(clause.words for clause in clauses):
                behind = {w for clause in clauses if clause.words == words for w in clause.walls}
                walls = [wall for wall in Wall if wall in behind]
                doors = "every door" if len(walls) == len(Wall) else ", ".join(walls)
                parts.append(f"| {policy.subject} | {action} | {doors} | {words} |")
    return "\n".join(parts + _second_wall()) + "\n"


def _by_hand() -> list[str]:
    """What is given container by container: to the committee of one call, and by partners."""
    parts = ["\nGiven for one container only:\n", "| on | right | by whom |", "|---|---|---|"]
    for container, rights in OF_ONE_CALL.items():
        whom = "the office, to the committee of one call"
        parts += [f"| {container} | `{right}` | {whom} |" for right in sorted(rights)]
    for container, rights in DELEGABLE.items():
        whom = "a partner, to a department or a person of its own"
        parts += [f"| {container} | `{right}` | {whom} |" for right in sorted(rights)]
    return parts


def _second_wall() -> list[str]:
    parts = ["\n## Second wall: row security\n"]
    parts.append("A role that is not named may not touch the table at all.\n")
    parts.append("| table | database role | may | columns |\n|---|---|---|---|")
    for model, wall in registry():
        for role, opening in wall.openings.items():
            columns = ", ".join(opening.columns or opening.updates) or "all"
            columns += f" but {', '.join(opening.closed)}" if opening.closed else ""
            parts.append(
                f"| {model._meta.db_table} | {role.role} | {opening.commands.lower()} | {columns} |"
            )
    return parts


def data() -> str:
    """The data register as two tables: what is held and why, then who may read it."""
    parts = ["# Data register\n", MADE]
    parts.append("\n## What is held\n")
    parts.append("| what | purpose | ground | kept | " + " | ".join(DataClass) + " |")
    parts.append("|---" * (4 + len(DataClass)) + "|")
    entries = register()
    for label, entry in entries.items():
        kinds = [", ".join(getattr(entry, kind.value).split()) for kind in DataClass]
        cells = (label, entry.purpose, entry.ground, entry.retention, *kinds)
        parts.append("| " + " | ".join(cells) + " |")
    parts.append("\n## Who may read it\n")
    parts.append(
        "Database roles, by audience; which rows, and in which stage, is in visibility.md and"
        " permissions.md. `login` is the application before it knows who asks: accounts alone."
        " Equal to what the database lets each role select (itinera.E004).\n"
    )
    parts.append("| what | readers |\n|---|---|")
    parts += [f"| {label} | {entry.told()} |" for label, entry in entries.items()]
    return "\n".join(parts) + "\n"


def visibility() -> str:
    """Who reads what in which stage: a table per subject, a line for what an audience reads alike."""
    parts = ["# Who sees what\n", MADE]
    for table in tables():
        heads = " | ".join(str(stage.label) for stage in table.stages)
        parts.append(f"\n## {table.title}\n\n| who | what | {heads} | condition | rule |")
        parts.append("|---" * (4 + len(table.stages)) + "|")
        for wall in Wall:
            for sight, groups in cells_of(table, wall):
                what = ", ".join(str(group.label) for group in groups)
                cells = ["yes" if stage.states <= sight.states else "" for stage in table.stages]
                row = (wall.value, what, *cells, str(sight.condition), sight.rule)
                parts.append("| " + " | ".join(row) + " |")
        blind = [wall.value for wall in Wall if wall not in set(table.readers())]
        parts.append(f"\nNothing of it, at any stage: {', '.join(blind)}.")
        parts.append("\n| data | fields |\n|---|---|")
        for group in table.groups:
            fields = "; ".join(f"{model}: {names}" for model, names in group.fields.items())
            parts.append(f"| {group.label} | {fields} |")
    return "\n".join(parts) + "\n"

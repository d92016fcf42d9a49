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

HOUSE = ("consortium", "partners", "mobility_tracks", "admissions")
MADE = "<!-- Made by `make docs` from the code; edit the tables, not this page. -->\n"


def pages() -> dict[str, str]:
    """File name below docs/ -> its text."""
    return {"states.md": states(), "permissions.md": permissions(), "data.md": data()}


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
            parts.append(
                f"| {model._meta.db_table} | {role.role} | {opening.commands.lower()} | {columns} |"
            )
    return parts


def data() -> str:
    """The data register as a table."""
    parts = ["# Data register\n", MADE]
    parts.append("\n| what | purpose | kept | " + " | ".join(DataClass) + " |")
    parts.append("|---" * (3 + len(DataClass)) + "|")
    for label, entry in register().items():
        kinds = [", ".join(getattr(entry, kind.value).split()) for kind in DataClass]
        parts.append(
            f"| {label} | {entry.purpose} | {entry.retention} | " + " | ".join(kinds) + " |"
        )
    return "\n".join(parts) + "\n"

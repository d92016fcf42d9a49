"""The one engine for states. The tables are data in each app's `states.py`.

Who may is the policy's business, when is the calendar's, what follows is the act's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from consortium import journal
from consortium.actor import Actor
from consortium.errors import WrongState
from consortium.many import insert_many
from consortium.models.journal import Transition

if TYPE_CHECKING:
    from consortium.models.tenant import TenantModel


@dataclass(frozen=True)
class Lifecycle:
    """subject: what has these states. moves: event -> (states it may start from, state it leads to)."""

    subject: str
    initial: str
    moves: Mapping[str, tuple[frozenset[str], str]]

    @property
    def states(self) -> list[str]:
        """Every state in the order in which the table first names it."""
        seen = dict.fromkeys([self.initial])
        for sources, target in self.moves.values():
            seen.update(dict.fromkeys([*sorted(sources), target]))
        return list(seen)

    def allows(self, state: str, event: str) -> bool:
        return state in self.moves[event][0]


def advance(
    row: "TenantModel",
    event: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Transition:
    """Move a locked `row` by `event`; writes its state, a Transition and a journal row.

    Needs: the caller's transaction holds the row's lock (`.locked`). Raises WrongState, with
    nothing written, when the row's state is not a source of the event.
    """
    target = _target(row, event)
    transition = Transition(
        subject_id=str(row.pk),
        source=row.state,
        **_move(row, event, target, actor=actor, at=at, reason=reason),
    )
    row.state = target
    row.save(update_fields=["state"])  # type: ignore[misc]  # each subclass with states has it
    transition.save(force_insert=True)
    act = f"{row.lifecycle.subject}.{event}"
    journal.record(act, row, actor=actor, at=at, reason=reason, facts=facts)
    return transition


def advance_all(
    rows: Sequence["TenantModel"],
    event: str,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """`advance` for many locked rows of one model and consortium, in three statements in all.

    All or nothing: raises WrongState, with nothing written, when one of them is in a wrong state.
    """
    if not rows:
        return
    (target,) = {_target(row, event) for row in rows}  # an event leads to one state
    ids, sources = [row.pk for row in rows], [row.state for row in rows]
    table = type(rows[0])._default_manager.filter(pk__any_of=ids)
    table.update(state=target)  # type: ignore[misc]  # each subclass with states has it
    for row in rows:
        row.state = target
    insert_many(
        Transition,
        shared=_move(rows[0], event, target, actor=actor, at=at, reason=reason),
        own={"subject_id": list(map(str, ids)), "source": sources},
    )
    act = f"{rows[0].lifecycle.subject}.{event}"
    journal.record_all(act, rows, actor=actor, at=at, reason=reason, facts=facts)


def _target(row: "TenantModel", event: str) -> str:
    table: Lifecycle = row.lifecycle
    sources, target = table.moves[event]
    if row.state not in sources:
        raise WrongState(
            f"“{event.replace('_', ' ')}” is possible only while the {table.subject} is "
            f"{' or '.join(sorted(s.replace('_', ' ') for s in sources))}.",
            fact=f"It is {row.state.replace('_', ' ')}.",
            next_step="Reload the page to see where it stands.",
        )
    return target


def _move(
    row: "TenantModel", event: str, target: str, *, actor: Actor, at: datetime, reason: str
) -> dict[str, Any]:
    """All of a transition but which row it is of and where that stood."""
    return {
        "consortium_id": row.consortium_id,
        "subject": row.lifecycle.subject,
        "event": event,
        "target": target,
        "by_id": actor.user_id,
        "by_name": actor.name,
        "at": at,
        "reason": reason,
    }

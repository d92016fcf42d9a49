"""The one engine for states. The tables are data in each app's `states.py`.

Who may is the policy's business, when is the calendar's, what follows is the act's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from consortium import journal
from consortium.actor import Actor
from consortium.errors import WrongState
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
    table: Lifecycle = row.lifecycle
    sources, target = table.moves[event]
    if row.state not in sources:
        raise WrongState(
            f"“{event.replace('_', ' ')}” is possible only while the {table.subject} is "
            f"{' or '.join(sorted(s.replace('_', ' ') for s in sources))}.",
            fact=f"It is {row.state.replace('_', ' ')}.",
            next_step="Reload the page to see where it stands.",
        )
    source, row.state = row.state, target
    row.save(update_fields=["state"])  # type: ignore[misc]  # each subclass with states has it
    transition = Transition.objects.create(
        consortium_id=row.consortium_id,
        subject=table.subject,
        subject_id=str(row.pk),
        event=event,
        source=source,
        target=target,
        by_id=actor.user_id,
        by_name=actor.name,
        at=at,
        reason=reason,
    )
    journal.record(
        f"{table.subject}.{event}", row, actor=actor, at=at, reason=reason, facts=dict(facts or {})
    )
    return transition

"""What happened before the first morning, in bulk: states by the tables, with their journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consortium import journal
from consortium.actor import Actor
from consortium.journal import TenantRow
from consortium.models import JournalEntry, TenantModel, Transition


class History:
    """Collects transitions and journal rows of one consortium; `write` inserts them.

    `advance` moves an unsaved or locked row in memory only: whoever calls it saves the row.
    """

    def __init__(self) -> None:
        self._entries: list[JournalEntry] = []
        self._transitions: list[Transition] = []

    def note(
        self,
        act: str,
        row: TenantRow,
        *,
        by: Actor,
        at: datetime,
        reason: str = "",
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        made = journal.entry(act, row, actor=by, at=at, reason=reason, facts=facts)
        self._entries.append(made)

    def look(self, dossier: TenantRow, *, by: Actor, at: datetime) -> None:
        """Somebody who judges a dossier has read it before."""
        self.note("dossier.read", dossier, by=by, at=at)

    def advance(
        self, row: TenantModel, event: str, *, by: Actor, at: datetime, reason: str = ""
    ) -> None:
        """Raises LookupError for a move that the row's table of states does not have."""
        sources, target = row.lifecycle.moves[event]
        if row.state not in sources:
            raise LookupError(f"{event}: a {row.lifecycle.subject} cannot be {row.state}.")
        self._transitions.append(
            Transition(
                consortium_id=row.consortium_id,
                subject=row.lifecycle.subject,
                subject_id=str(row.pk),
                event=event,
                source=row.state,
                target=target,
                by_id=by.user_id,
                by_name=by.name,
                at=at,
                reason=reason,
            )
        )
        row.state = target
        self.note(f"{row.lifecycle.subject}.{event}", row, by=by, at=at, reason=reason)

    def write(self) -> None:
        """Insert what was collected, oldest first: in the context of the consortium, its rows written."""
        JournalEntry.objects.bulk_create(sorted(self._entries, key=_at), batch_size=1000)
        Transition.objects.bulk_create(sorted(self._transitions, key=_at), batch_size=1000)
        self._entries, self._transitions = [], []


def _at(row: JournalEntry | Transition) -> datetime:
    return row.at

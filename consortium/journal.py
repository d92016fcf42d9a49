"""The journal: who did what, for whom, when and why; written in the act's own transaction.

For whom, the database fills in from the subject (consortium/rowsecurity_journal.py). A look at
somebody's file is an entry like any other, whose act ends in `.read`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol

import structlog
from django.db.models.options import Options
from django.utils.translation import gettext as _

from consortium.actor import Actor, Wall
from consortium.errors import NotAllowed
from consortium.many import columns_of, insert_many
from consortium.models.journal import READ, JournalEntry

# Through these doors a person comes on behalf of the parties that they work for.
_FOR_PARTIES = frozenset({Wall.PARTNER, Wall.DELEGATE, Wall.REVIEWER})


class TenantRow(Protocol):
    """Any saved row that carries the tenant column."""

    consortium_id: int
    pk: Any
    _meta: ClassVar["Options[Any]"]


def record(
    act: str,
    subject: TenantRow,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """Append one entry. `facts` holds counts, states and ids: never personal text."""
    made = entry(act, subject, actor=actor, at=at, reason=reason, facts=facts)
    made.save(force_insert=True)
    return made


def note(
    subject: str, act: str, *, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None
) -> JournalEntry:
    """Append an entry about something of the consortium's that is no single row of it."""
    _check_may_write(actor)
    made = _entry(act, subject, "", actor=actor, at=at, facts=dict(facts or {}))
    made.consortium_id = actor.tenant
    made.save(force_insert=True)
    return made


def record_all(
    act: str,
    subjects: Sequence[TenantRow],
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry per subject, in one statement. They are rows of one model and consortium."""
    if not subjects:
        return
    made = entry(act, subjects[0], actor=actor, at=at, reason=reason, facts=facts)
    shared = columns_of(made)
    del shared["id"], shared["subject_id"]
    insert_many(
        JournalEntry, shared=shared, own={"subject_id": [str(each.pk) for each in subjects]}
    )


def read(
    kind: str,
    subjects: Iterable[TenantRow],
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Append that each subject, a `kind` of thing, was looked at: in the look's own transaction.

    Whoever shows a file calls this before it is shown, so that a look that cannot be written down
    does not happen. Who looks through another's eyes (domain/viewing.py) is who looked, and came
    through the office. `facts` say under what it was shown. Which looks count is the domain's to say
    (admissions/domain/looks.py).
    """
    JournalEntry.objects.bulk_create(
        _look(f"{kind}{READ}", subject, actor=actor, at=at, facts=facts) for subject in subjects
    )


def _look(
    act: str,
    subject: TenantRow,
    *,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None,
) -> JournalEntry:
    label, told = subject._meta.label_lower, dict(facts or {})
    made = _entry(act, label, str(subject.pk), actor=actor, at=at, facts=told)
    made.consortium_id = subject.consortium_id
    if actor.only_looks:
        made.by_id, made.by_name, made.by_parties = actor.viewer_id, actor.viewer_name, []
        made.wall = Wall.STAFF.value
        made.facts = {**told, "as": actor.user_id}
    return made


def entry(
    act: str,
    subject: TenantRow,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> JournalEntry:
    """An entry that is not written yet. Raises NotAllowed for who looks through another's eyes."""
    _check_may_write(actor)
    made = _entry(
        act,
        subject._meta.label_lower,
        str(subject.pk),
        actor=actor,
        at=at,
        reason=reason,
        facts=dict(facts or {}),
    )
    made.consortium_id = subject.consortium_id
    return made


def _check_may_write(actor: Actor) -> None:
    if actor.only_looks:
        raise NotAllowed(
            _("Who looks as somebody else changes nothing."),
            fact=_("You look as %(name)s.") % {"name": actor.name},
            next_step=_("Stop looking, and do it as yourself."),
        )


def _entry(
    act: str, subject: str, subject_id: str, *, actor: Actor, at: datetime, **more: Any
) -> JournalEntry:
    return JournalEntry(
        act=act,
        subject=subject,
        subject_id=subject_id,
        by_id=actor.user_id,
        by_name=actor.name,
        by_parties=sorted(actor.parties) if actor.wall in _FOR_PARTIES else [],
        wall=actor.wall.value,
        at=at,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
        **more,
    )

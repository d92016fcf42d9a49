"""The journal: who did what, to which thing, when and why; written in the act's own transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Protocol

import structlog
from django.db.models.options import Options
from django.utils.translation import gettext as _

from consortium.actor import Actor
from consortium.errors import NotAllowed
from consortium.models.journal import JournalEntry


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
    entry = _entry(act, subject, actor=actor, at=at, reason=reason, facts=facts)
    entry.save(force_insert=True)
    return entry


def _check_may_write(actor: Actor) -> None:
    if actor.only_looks:
        raise NotAllowed(
            _("Who looks as somebody else changes nothing."),
            fact=_("You look as %(name)s.") % {"name": actor.name},
            next_step=_("Stop looking, and do it as yourself."),
        )


def note(
    subject: str, act: str, *, actor: Actor, at: datetime, facts: Mapping[str, Any] | None = None
) -> JournalEntry:
    """Append an entry about something of the consortium's that is no single row of it."""
    _check_may_write(actor)
    return JournalEntry.objects.create(
        consortium_id=actor.tenant,
        act=act,
        subject=subject,
        by_name=actor.name,
        wall=actor.wall.value,
        at=at,
        facts=dict(facts or {}),
    )


def record_all(
    act: str,
    subjects: Iterable[TenantRow],
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry per subject, in one statement."""
    JournalEntry.objects.bulk_create(
        _entry(act, subject, actor=actor, at=at, reason=reason, facts=facts) for subject in subjects
    )


def _entry(
    act: str,
    subject: TenantRow,
    *,
    actor: Actor,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any] | None,
) -> JournalEntry:
    _check_may_write(actor)
    return JournalEntry(
        consortium_id=subject.consortium_id,
        act=act,
        subject=subject._meta.label_lower,
        subject_id=str(subject.pk),
        by_id=actor.user_id,
        by_name=actor.name,
        wall=actor.wall.value,
        at=at,
        reason=reason,
        facts=dict(facts or {}),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
    )

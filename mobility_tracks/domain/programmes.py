"""Load a programme file: the consortium, its partners, versions, tracks and intakes.

The act is idempotent: a second load of the same file writes nothing, not even a journal row.
What the file has no field of ours for stays in the file: PIC codes, former names, validity of
partnerships, shared hosts of an offering, remarks for the editors.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict
from consortium.models import Consortium
from mobility_tracks.domain.loading.partners import (
    load_consortium,
    load_institutions,
    load_partnerships,
)
from mobility_tracks.domain.loading.rows import Ledger
from mobility_tracks.domain.loading.versions import load_version
from mobility_tracks.domain.publication import publish_version
from mobility_tracks.programme import Document

__all__ = ["Loaded", "load_programme", "publish_version"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """`changes`: a sentence for each thing created or changed, none when nothing was.

    After a dry run `consortium` may be a row that the database does not have.
    """

    changes: list[str]
    consortium: Consortium


def load_programme(document: Document, *, at: datetime, dry_run: bool = False) -> Loaded:
    """Bring the rows to what the file says, in one transaction; a dry run rolls it back.

    The consortium is made as the operator, everything in it as the product itself. Raises Conflict
    with every sentence at once when facts of a shared organisation differ, when the structure of a
    published version with an intake would change, or when a version would go back in its states;
    Invalid for what no row can hold.
    """
    ledger = Ledger()
    with transaction.atomic():
        consortium = load_consortium(document, ledger)
        actor = Actor.system(consortium.pk, _("Programme file"))
        with acting(actor):
            _load(document, consortium, actor=actor, at=at, ledger=ledger)
        if dry_run:
            transaction.set_rollback(True)
    return Loaded(ledger.changes, consortium)


def _load(
    document: Document, consortium: Consortium, *, actor: Actor, at: datetime, ledger: Ledger
) -> None:
    institutions = load_institutions(document, ledger)
    _refuse(ledger)
    hosts = load_partnerships(document, consortium, institutions, actor=actor, at=at, ledger=ledger)
    versions = [
        load_version(document, version, hosts, actor=actor, at=at, ledger=ledger)
        for version in document.versions
    ]
    _refuse(ledger)
    if ledger.changes and versions:
        facts = {"changes": len(ledger.changes)}
        journal.record("programme.load", versions[-1], actor=actor, at=at, facts=facts)


def _refuse(ledger: Ledger) -> None:
    if ledger.refusals:
        raise Conflict(
            _("This file contradicts what stands, and nothing of it was loaded."),
            fact=" ".join(ledger.refusals),
            next_step=_(
                "Correct the file; if the programme itself changes, describe it as a new version"
                " that continues this one."
            ),
        )

"""Looks at somebody's file: written down before the file is shown, and told to the person afterwards.

A look is a page of a dossier, a document or a letter that somebody else than the person opens, through
whatever door, and a review that is shown to another partner. Lists of dossiers are no looks: they
show a line, never what was written. One function per kind; each needs the context (`acting`) in
which the file is shown, so that look and entry are one transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from admissions.models import (
    Document,
    Dossier,
    NeedsCase,
    Passport,
    ReferenceLetter,
    Review,
)
from consortium import journal
from consortium.actor import Actor, Wall
from consortium.models import JournalEntry, Party
from consortium.models.journal import READ

# Under what something is shown: an agreement between partners, with its version.
Facts = Mapping[str, object]


def at_dossier(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """Write down that the dossier is shown in full; one's own is not looked at."""
    if dossier.applicant_id != actor.reader_id:
        journal.read("dossier", [dossier], actor=actor, at=at)


def at_document(document: Document, *, actor: Actor, at: datetime) -> None:
    """Write down that the file is handed out; one's own is not looked at."""
    # Not the dossier whole: parts of it are closed to its owner and to reviewers.
    owners = Document.objects.filter(pk=document.pk).values_list("dossier__applicant_id")
    if (actor.reader_id,) not in owners:
        journal.read("document", [document], actor=actor, at=at)


def at_paper(document: Document, *, actor: Actor, at: datetime, facts: Facts) -> None:
    """Write down that a partner is handed the file: by agreement, or because it sends the student.

    Partners cannot read dossiers, so that it is never asked whose it is.
    """
    journal.read("document", [document], actor=actor, at=at, facts=facts)


def at_letters(
    letters: Sequence[ReferenceLetter],
    *,
    actor: Actor,
    at: datetime,
    facts: Facts = MappingProxyType({}),
) -> None:
    """Write down that letters are shown. There is no own one: applicants never read them."""
    journal.read("letter", letters, actor=actor, at=at, facts=facts)


def at_reviews(reviews: Sequence[Review], *, actor: Actor, at: datetime, facts: Facts) -> None:
    """Write down that a partner is shown what another partner's reviewers wrote."""
    journal.read("review", reviews, actor=actor, at=at, facts=facts)


_VAULT = {NeedsCase._meta.label_lower: "needs", Passport._meta.label_lower: "passport"}


@dataclass(frozen=True, slots=True)
class Look:
    """One look as the person whose file it was is told of it.

    name: empty for a reviewer, who is known by role and institution alone. kind: dossier, document,
    letter or review; needs or passport, where the vault was opened. title: which document.
    """

    at: datetime
    door: Wall
    name: str
    institutions: tuple[str, ...]
    kind: str
    title: str = ""


def told(entries: Iterable[JournalEntry], *, actor: Actor) -> list[Look]:
    """Entries, reached through `for_actor` and `looks`, in the applicant's words. Two queries."""
    rows = list(entries)
    parties = {party for row in rows for party in row.by_parties}
    seen = Party.objects.for_actor(actor, "view").filter(pk__in=parties)
    names = dict(seen.values_list("pk", "name"))
    papers = {row.subject_id for row in rows if row.subject == Document._meta.label_lower}
    own = Document.objects.for_actor(actor, "view").filter(pk__in=papers)
    titles = {str(pk): title for pk, title in own.values_list("pk", "requirement__title")}
    return [
        Look(
            at=row.at,
            door=Wall(row.wall),
            name=row.told_name,
            institutions=tuple(names[party] for party in row.by_parties if party in names),
            kind=_VAULT.get(row.subject, row.act.removesuffix(READ)),
            title=titles.get(row.subject_id, ""),
        )
        for row in rows
    ]

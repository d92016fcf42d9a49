"""Drafts: begun from a version or from nothing, published, discarded."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Incomplete, Invalid, NotAllowed, WrongState
from mobility_tracks.domain.documents import Plain, keep, kept_for
from mobility_tracks.domain.loading.words import digest
from mobility_tracks.domain.publication import publish_version
from mobility_tracks.domain.workshop.edits import written
from mobility_tracks.domain.workshop.reading import Bench, judged
from mobility_tracks.models import ProgrammeDocument, ProgrammeVersion
from mobility_tracks.programme import editing
from mobility_tracks.programme.scalars import UnfitError, fit_text
from mobility_tracks.programme.words import KEY_PATTERN, Text

_OWN = ("state", "continues", "from_year", "first_class", "last_class", "title")


def begin_draft(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    title: str,
    from_year: int,
    source_id: object | None = None,
) -> ProgrammeVersion:
    """A copy of the source's document under a new key, or an empty one of two semesters.

    Needs `manage_programmes`. Raises Invalid for a key or a title that a file could not hold,
    Conflict for a key that is taken, NotFound for a source without a document. What is offered to
    single intakes of the source is offered to all intakes of the copy.
    """
    _check_words(code, title)
    with acting(actor):
        if not actor.may("manage_programmes"):
            raise NotAllowed(_("Programme versions are made by who manages programmes."))
        source: ProgrammeVersion | None = None
        if source_id is not None:
            source = ProgrammeVersion.objects.reach(actor, "view", pk=source_id)
        _check_free(code, actor)
        body = _copied(kept_for(source)) if source else _empty(from_year)
        own: Plain = {"title": title, "state": "planned", "from_year": from_year}
        own |= {"continues": source.code} if source else {}
        body = editing.put(body, (), {**_scalars(body), **own})
        version = ProgrammeVersion.objects.create(
            consortium_id=actor.tenant,
            code=code,
            title=title,
            from_year=from_year,
            ects=body["ects"],
            language=body["languages"][0],
            texts=source.texts if source else {},
            document_hash=digest(body),
        )
        keep(version, body, {}, at=at)
        written(judged(version, kept_for(version)), at=at)
        journal.record("programme.begin", version, actor=actor, at=at, facts={"code": code})
    return version


def _check_words(code: str, title: str) -> None:
    found = {}
    for name, value, shape in (
        ("code", code, Text(KEY_PATTERN, "small letters, digits and hyphens", 60)),
        ("title", title, Text()),
    ):
        try:
            fit_text(shape, value)
        except UnfitError as unfit:
            found[name] = f"{unfit.message} ({unfit.expected})"
    if found:
        raise Invalid(_("A version has a key and a title."), fields=found)


def _check_free(code: str, actor: Actor) -> None:
    if ProgrammeVersion.objects.for_actor(actor, "view").filter(code=code).exists():
        raise Conflict(
            _("Each version of a programme has its own key."),
            fact=_("%(code)s is taken.") % {"code": code},
            fields={"code": _("Choose another key.")},
        )


def _copied(kept: ProgrammeDocument) -> Plain:
    body: Plain = {name: each for name, each in kept.body.items() if name not in _OWN}
    for key in kept.intakes:
        body = editing.unnamed(body, "intakes", key)
    return body


def _scalars(body: Plain) -> dict[str, Any]:
    return {name: each for name, each in body.items() if name not in editing.PARTS}


def _empty(year: int) -> Plain:
    """Two semesters of 30 credits: little enough to change, and sound from the first moment."""
    return {
        "ects": 60,
        "months": 12,
        "languages": ["en"],
        "periods": {
            "s1": _semester("Semester 1", "Y-09-15", "Y+1-01-31"),
            "s2": _semester("Semester 2", "Y+1-02-15", "Y+1-06-30"),
        },
        "from_year": year,
    }


def _semester(name: str, starts: str, ends: str) -> Plain:
    return {"name": name, "kind": "semester", "ects": 30, "starts": starts, "ends": ends}


def publish_draft(version_id: object, *, seen: str, actor: Actor, at: datetime) -> ProgrammeVersion:
    """Show the draft to everybody; its first intake freezes it.

    Needs `manage_programmes`. Raises Incomplete while the document is unsound or the checker finds
    a rule or a track that nobody can keep, Conflict where the draft changed since `seen`,
    WrongState unless it is a draft.
    """
    with acting(actor):
        version = ProgrammeVersion.objects.locked(actor, "manage", version_id)
        bench = judged(version, kept_for(version))
        _check_fit(bench, seen)
        kept = bench.kept
        kept.body = editing.put(kept.body, (), {**_scalars(kept.body), "state": "current"})
        written(judged(version, kept), at=at)
        return publish_version(version.pk, actor=actor, at=at)


def _check_fit(bench: Bench, seen: str) -> None:
    if seen != bench.version.document_hash:
        raise Conflict(
            _("What is published is what was looked at."),
            fact=_("The draft was changed since this page was opened."),
            next_step=_("Look at it again, then publish."),
        )
    against = [*map(str, bench.problems), *bench.faults]
    if against:
        raise Incomplete(
            _("A version is published when it is sound and somebody can study by it."),
            fact=" ".join(against),
            next_step=_("Mend this in the workshop first."),
        )


def discard_draft(version_id: object, *, actor: Actor, at: datetime, reason: str) -> None:
    """Remove a draft with everything in it; the journal keeps its key and the reason.

    Needs `manage_programmes`. Raises WrongState unless it is a draft, Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid(
            _("What is thrown away has a reason."), fields={"reason": _("Say it in a sentence.")}
        )
    with acting(actor):
        version = ProgrammeVersion.objects.locked(actor, "manage", version_id)
        if version.state != "draft":
            raise WrongState(
                _("Only a draft is thrown away."),
                fact=_("%(title)s is %(state)s.")
                % {"title": version.title, "state": version.state},
            )
        facts = {"code": version.code}
        journal.record("programme.discard", version, actor=actor, at=at, reason=reason, facts=facts)
        version.delete()

"""What a referee does with a request: open it, give the letter, or decline.

The actor holds a link and no account; its database role reads one request and the letters on it.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from admissions import messages, sieve
from admissions.models import ReferenceLetter, ReferenceRequest
from admissions.section_values import WrongValue, plain_text
from admissions.storing import given_name, stored_files
from admissions.windows import told
from consortium import lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Invalid, WindowClosed, WrongState

LONGEST_LETTER = 20_000
ANSWERABLE = frozenset({"opened", "received"})


def open_request(*, actor: Actor, at: datetime, email: str) -> ReferenceRequest:
    """Open the request of the link that `actor` holds, by typing the address it was sent to.

    A visit alone changes nothing: mail scanners follow links (quality.md C2). Raises Invalid for
    another address, NotFound for a link that is dead, WindowClosed after the deadline.
    """
    with acting(actor):
        request = _locked(actor)
        if email.strip().casefold() != request.referee_email.casefold():
            raise Invalid(
                _("A request opens with the address it was sent to."),
                fact=_("This is another address."),
                next_step=_("Type the address at which you received the mail."),
                fields={"email": _("This is not the address the request was sent to.")},
            )
        _check_due(request, at)
        if request.state == "sent":
            lifecycle.advance(request, "open", actor=actor, at=at)
        elif request.state not in ANSWERABLE:
            raise _answered(request)
    return request


def give(
    *, actor: Actor, at: datetime, text: str = "", upload: "UploadedFile[Any] | None" = None
) -> ReferenceLetter:
    """Hand the letter in, as text with its paragraphs or as a PDF; until the deadline the last counts.

    Writes the letter (the one before becomes `replaced`), the request's state, a receipt to the
    referee and, the first time, word to the applicant, who never reads it (quality.md C3). The same
    letter twice is one letter. Raises Invalid, NotFound, WindowClosed, WrongState unless the request
    was opened.
    """
    content = _content(text, upload)
    with acting(actor):
        _check_answerable(_reach(actor), at)
    if upload is not None:
        limit = settings.DOCUMENT_MAX_BYTES
        inspected = sieve.inspect(upload, formats=("pdf",), max_bytes=limit)
        facts = {"size": inspected.size, "sha256": inspected.sha256}
    else:
        written = content.encode()
        facts = {"size": len(written), "sha256": sha256(written).hexdigest()}
    with stored_files() as kept, acting(actor):
        request = _locked(actor)
        _check_answerable(request, at)
        current = ReferenceLetter.objects.filter(request=request, replaced_at__isnull=True)
        same = current.filter(sha256=facts["sha256"]).first()
        if same is not None:
            return same
        current.update(replaced_at=at)
        letter = ReferenceLetter(
            consortium_id=request.consortium_id,
            request=request,
            dossier_id=request.dossier_id,
            text=content,
            received_at=at,
            **facts,
        )
        if upload is not None:
            letter.name = given_name(upload.name)
            letter.file.save("", upload, save=False)
            kept.append(letter.file)
        letter.save(force_insert=True)
        _receive(request, letter, actor, at)
    return letter


def _receive(
    request: ReferenceRequest, letter: ReferenceLetter, actor: Actor, at: datetime
) -> None:
    lifecycle.advance(request, "receive", actor=actor, at=at, facts={"size": letter.size})
    request.received_at = at
    request.save(update_fields=["received_at"])
    messages.reference_receipt(request, letter, at=at)
    with acting(Actor.system(actor.tenant)):
        told_of = ReferenceRequest.objects.select_related("dossier__consortium")
        messages.letter_arrived(told_of.get(pk=request.pk), at=at)


def decline(*, actor: Actor, at: datetime, reason: str) -> ReferenceRequest:
    """Say that no letter will come. The reason stays with the office; the applicant is told to look."""
    with acting(actor):
        request = _locked(actor)
        _check_due(request, at)
        lifecycle.advance(request, "decline", actor=actor, at=at, reason=reason.strip()[:2000])
        with acting(Actor.system(actor.tenant)):
            told_of = ReferenceRequest.objects.select_related("dossier__consortium")
            messages.reference_declined(told_of.get(pk=request.pk), at=at)
    return request


def _reach(actor: Actor) -> ReferenceRequest:
    return ReferenceRequest.objects.reach(actor, "answer", token_digest=actor.token)


def _locked(actor: Actor) -> ReferenceRequest:
    rows = ReferenceRequest.objects.select_related("consortium")
    return rows.locked(actor, "answer", _reach(actor).pk)


def _check_answerable(request: ReferenceRequest, at: datetime) -> None:
    _check_due(request, at)
    if request.state == "sent":
        raise WrongState(
            _("A request is opened before it is answered."),
            fact=_("This one has not been opened."),
            next_step=_("Type the address at which you received the mail."),
        )
    if request.state not in ANSWERABLE:
        raise _answered(request)


def _answered(request: ReferenceRequest) -> WrongState:
    return WrongState(
        _("A request is answered once."),
        fact=_("This one is %(state)s.") % {"state": request.state},
        next_step=_("Write to the consortium office if this is a mistake."),
    )


def _check_due(request: ReferenceRequest, at: datetime) -> None:
    if at >= request.due_at:
        raise WindowClosed(
            _("Letters are given before their deadline."),
            fact=_("It was %(when)s.") % {"when": told(request.due_at, request.zone)},
            next_step=_("Write to the consortium office; it may take a late letter."),
        )


def _content(text: str, upload: "UploadedFile[Any] | None") -> str:
    try:
        content = plain_text(text)
    except WrongValue as refusal:
        raise Invalid(_("A letter is text or a PDF."), fields={"text": str(refusal)}) from None
    if bool(content) == (upload is not None):
        message = _("Write the letter or choose a PDF, one of the two.")
        raise Invalid(_("A letter is text or a PDF."), fields={"text": message})
    if len(content) > LONGEST_LETTER:
        message = _("At most %(longest)d characters; this has %(count)d.") % {
            "longest": LONGEST_LETTER,
            "count": len(content),
        }
        raise Invalid(_("A letter has an end."), fields={"text": message})
    return content

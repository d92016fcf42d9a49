"""References: the applicant asks, the referee answers through a link.

This module holds the asking and the link; the answers are in `reference_answers.py` and are
offered here too, so that callers know one place.
"""

import secrets
from datetime import datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admissions import messages, names
from admissions.domain.dossier_facts import STANDING
from admissions.domain.dossiers import account_email
from admissions.domain.reference_answers import decline, give, open_request
from admissions.models import Dossier, ReferenceRequest
from admissions.section_values import WrongValue, plain_text
from admissions.visibility import DOSSIER, DOSSIERS
from admissions.windows import told
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.errors import Conflict, Incomplete, Invalid, NotAllowed, WindowClosed, WrongState

__all__ = [
    "actor_for_link",
    "decline",
    "digest",
    "give",
    "open_request",
    "replace",
    "request",
    "resend",
]

TOKEN_BYTES = 32
MOST_REMINDERS = 5
MOST_REQUESTS = 12
OPEN_DOSSIER = frozenset({"draft", "submitted"})


def digest(token: str) -> str:
    """What is stored of a link: its SHA-256, in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def actor_for_link(consortium_id: int, token: str = "", *, token_digest: str = "") -> Actor:
    """Who presents a link: the token as it stands in the mail, or the digest kept in a session.

    A digest is never taken where a token is expected: who reads the table could not use it as one.
    """
    presented = digest(token) if token else token_digest
    return Actor(wall=Wall.REFEREE, consortium_id=consortium_id, name="referee", token=presented)


def request(
    dossier_id: object, *, actor: Actor, at: datetime, name: str, email: str, institution: str
) -> ReferenceRequest:
    """Ask somebody for a letter on the own dossier, at once: the link leaves by mail.

    Writes the request with copies of what the referee may know, its first transition and the mail.
    Raises Invalid (no such address, or the applicant's own: quality.md C3), Conflict (the same
    person twice, or as many as the call asks for), Incomplete without a name of the applicant's,
    WindowClosed after the deadline of letters, WrongState once the dossier is decided on.
    """
    words = _words(name, email, institution)
    with acting(actor):
        dossier = _locked_dossier(actor, dossier_id)
        _check_can_ask(dossier, at)
        return _ask(dossier, words, actor, at)


def resend(
    request_id: object, *, actor: Actor, at: datetime, email: str | None = None
) -> ReferenceRequest:
    """Send a new link, to a corrected address if one is given; the old link dies.

    The applicant, or the office without changing the address. Raises Conflict after so many
    reminders, WindowClosed after the deadline, WrongState for what was answered or replaced.
    """
    corrected = None if email is None else _email(email)
    with acting(actor):
        found = _locked_request(actor, request_id)
        if corrected is not None and actor.wall is not Wall.APPLICANT:
            raise NotAllowed(_("Only the applicant may change a referee's address."))
        _check_due(found.due_at, found.zone, at)
        _check_reminders(found)
        if corrected is not None:
            _check_is_somebody_else(found.dossier, corrected)
            _check_is_new(found.dossier, corrected, but=found)
            found.referee_email = corrected
        found.reminders += 1
        _send(found, actor, at)
    return found


def replace(
    request_id: object, *, actor: Actor, at: datetime, name: str, email: str, institution: str
) -> ReferenceRequest:
    """Ask somebody else instead: the old request is `replaced`, its link dies; returns the new one.

    A letter that has arrived is not replaced (WrongState).
    """
    words = _words(name, email, institution)
    with acting(actor):
        found = ReferenceRequest.objects.reach(actor, "edit", pk=request_id)
        dossier = _locked_dossier(actor, found.dossier_id)
        _check_can_ask(dossier, at)
        old = ReferenceRequest.objects.locked(actor, "edit", request_id)
        lifecycle.advance(old, "replace", actor=actor, at=at)
        old.token_digest = digest(_new_token())
        old.save(update_fields=["token_digest"])
        return _ask(dossier, words, actor, at)


def _ask(
    dossier: Dossier, words: tuple[str, str, str], actor: Actor, at: datetime
) -> ReferenceRequest:
    name, email, institution = words
    _check_is_somebody_else(dossier, email)
    _check_is_new(dossier, email)
    _check_count(dossier)
    made = ReferenceRequest(
        consortium_id=dossier.consortium_id,
        dossier=dossier,
        referee_name=name,
        referee_email=email,
        referee_institution=institution,
        applicant_name=dossier.name,
        call_title=dossier.call.title,
        due_at=dossier.call.closes_at,
        zone=dossier.call.zone,
        token_digest=digest(_new_token()),
        created_at=at,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise _asked_already(email) from None
    journal.record("reference.request", made, actor=actor, at=at)
    _send(made, actor, at)
    return made


def _send(row: ReferenceRequest, actor: Actor, at: datetime) -> None:
    token = _new_token()
    row.token_digest = digest(token)
    row.sent_at = at
    lifecycle.advance(row, "send", actor=actor, at=at, facts={"reminders": row.reminders})
    row.save(update_fields=["token_digest", "sent_at", "reminders", "referee_email"])
    messages.reference_request(row, token=token, at=at)


def _new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def _locked_dossier(actor: Actor, dossier_id: object) -> Dossier:
    rows = Dossier.objects.select_related("call__consortium")
    return rows.locked(actor, "ask_referee", dossier_id)


def _locked_request(actor: Actor, request_id: object) -> ReferenceRequest:
    action = "edit" if actor.wall is Wall.APPLICANT else "chase"
    rows = ReferenceRequest.objects.select_related("dossier", "consortium")
    # The applicant's role may not select these of the dossier; nobody needs them here.
    rows = rows.defer(*(f"dossier__{name}" for name in DOSSIERS.closed(DOSSIER)[Wall.APPLICANT]))
    return rows.locked(actor, action, request_id)


def _check_can_ask(dossier: Dossier, at: datetime) -> None:
    if dossier.state not in OPEN_DOSSIER:
        raise WrongState(
            _("Referees are named before the dossier is decided on."),
            fact=_("Yours is %(state)s.") % {"state": dossier.state.replace("_", " ")},
            next_step=_("Write to the consortium office if a letter is missing."),
        )
    _check_due(dossier.call.closes_at, dossier.call.zone, at)
    if not dossier.name:
        raise Incomplete(
            _("A referee must see who asks."),
            fact=_("Your dossier has no name yet."),
            next_step=_("Write your name in the section “Who you are” first."),
            fields={"identity.given_names": _("This is needed.")},
        )


def _check_due(due_at: datetime, zone: str, at: datetime) -> None:
    if at >= due_at:
        raise WindowClosed(
            _("Letters are asked for and given before their deadline."),
            fact=_("It was %(when)s.") % {"when": told(due_at, zone)},
            next_step=_("Write to the consortium office."),
        )


def _check_reminders(found: ReferenceRequest) -> None:
    if found.reminders >= MOST_REMINDERS:
        raise Conflict(
            _("A referee is reminded at most %(most)d times.") % {"most": MOST_REMINDERS},
            fact=_("This one has been."),
            next_step=_("Write to them yourself, or name somebody else."),
        )


def _check_is_somebody_else(dossier: Dossier, email: str) -> None:
    """Equal addresses, whatever the case; aliases of providers are not guessed at."""
    own = {dossier.email.casefold(), account_email(dossier.applicant_id).casefold()}
    if email.casefold() in own:
        raise Invalid(
            _("Nobody is their own referee."),
            fact=_("This is your own address."),
            next_step=_("Name a teacher or employer with their address."),
            fields={"email": _("This is your own address.")},
        )


def _check_is_new(dossier: Dossier, email: str, but: ReferenceRequest | None = None) -> None:
    standing = ReferenceRequest.objects.filter(dossier=dossier).exclude(state="replaced")
    others = standing.exclude(pk=but.pk) if but else standing
    if others.filter(referee_email__iexact=email).exists():
        raise _asked_already(email)


def _asked_already(email: str) -> Conflict:
    return Conflict(
        _("A referee is asked once."),
        fact=_("You have asked %(email)s already.") % {"email": email},
        next_step=_("Send the request again, or name somebody else."),
        fields={"email": _("You have asked this person already.")},
    )


def _check_count(dossier: Dossier) -> None:
    needed = dossier.call.references_needed
    requests = ReferenceRequest.objects.filter(dossier=dossier)
    if requests.filter(state__in=STANDING).count() >= needed:
        raise Conflict(
            ngettext(
                "The call asks for %(needed)d letter.",
                "The call asks for %(needed)d letters.",
                needed,
            )
            % {"needed": needed},
            fact=_("You have named as many referees."),
            next_step=_("To ask somebody else, replace one whose letter has not arrived."),
        )
    if requests.count() >= MOST_REQUESTS:
        raise Conflict(
            _("A dossier asks at most %(most)d people, with those replaced.")
            % {"most": MOST_REQUESTS},
            next_step=_("Write to the consortium office."),
        )


def _words(name: str, email: str, institution: str) -> tuple[str, str, str]:
    wrong: dict[str, str] = {}
    lines = {"name": name, "institution": institution}
    for field, value in lines.items():
        try:
            lines[field] = names.normal(plain_text(value))
        except WrongValue as refusal:
            wrong[field] = str(refusal)
        if len(lines[field]) > 200:
            wrong[field] = _("At most %(longest)d characters.") % {"longest": 200}
    if not lines["name"]:
        wrong["name"] = _("Write the referee's name.")
    try:
        address = _email(email)
    except Invalid as refusal:
        wrong |= refusal.fields
    if wrong:
        raise Invalid(_("A referee has a name and an e-mail address."), fields=wrong)
    return lines["name"], address, lines["institution"]


def _email(text: str) -> str:
    try:
        address = names.normal(plain_text(text))
        validate_email(address)
    except (ValidationError, WrongValue):
        message = _("Write an e-mail address, as in name@example.org.")
        raise Invalid(_("A referee is reached by e-mail."), fields={"email": message}) from None
    return address

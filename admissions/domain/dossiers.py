"""Start, write, submit, reopen and withdraw a dossier."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from admissions import messages, names, section_values
from admissions.domain import needs
from admissions.domain.dossier_facts import COLUMNS, gathered
from admissions.models import Call, Dossier, ReferenceRequest, TrackPreference
from admissions.reference_number import new_reference
from admissions.sections import SECTIONS, Section, problems
from admissions.windows import require_open, told
from consortium import journal, lifecycle
from consortium.access import acting, as_login
from consortium.actor import Actor
from consortium.errors import Conflict, Incomplete, Invalid, NotAllowed, NotFound, WrongState
from consortium.models import User
from mobility_tracks.models import Track

TRIES = 5


def start(call_id: object, *, actor: Actor, at: datetime) -> Dossier:
    """Begin a dossier for an open call; the address is copied from the account.

    Raises WindowClosed outside the call's window, Conflict when the person has one already (one
    per person and call: domain.md 6.5, invariant 2); a withdrawn one does not count.
    """
    if actor.user_id is None:
        raise NotFound
    with acting(actor):
        call = _call_to_apply_to(actor, call_id)
        require_open(call, at)
        dossier = _insert(call, actor.user_id, at)
        journal.record("dossier.start", dossier, actor=actor, at=at)
    return dossier


def _call_to_apply_to(actor: Actor, call_id: object) -> Call:
    """The call; also a closed one that the person may read, so that the deadline can be told."""
    calls = Call.objects.select_related("consortium", "intake")
    try:
        return calls.reach(actor, "apply", pk=call_id)
    except NotAllowed:
        call = calls.reach(actor, "view", pk=call_id)
        if call.state == "open":
            raise
        return call


def _insert(call: Call, person: int, at: datetime) -> Dossier:
    routes = [route["code"] for route in call.routes]
    for _attempt in range(TRIES):
        dossier = Dossier(
            consortium_id=call.consortium_id,
            call=call,
            applicant_id=person,
            reference=new_reference(),
            email=account_email(person),
            route=routes[0] if len(routes) == 1 else "",
            started_at=at,
            saved_at=at,
        )
        try:
            with transaction.atomic():
                dossier.save(force_insert=True)
        except IntegrityError as collision:
            if "dossier_reference" not in str(collision):
                raise _second_dossier(call, person) from None
        else:
            return dossier
    raise RuntimeError("No free reference number was found.")


def _second_dossier(call: Call, person: int) -> Conflict:
    mine = Dossier.objects.filter(call=call, applicant_id=person)
    reference = mine.exclude(state="withdrawn").values_list("reference", flat=True).first()
    return Conflict(
        _("A person has one dossier in a call."),
        fact=_("Yours is %(reference)s.") % {"reference": reference or ""},
        next_step=_("Continue with that one, or withdraw it first."),
    )


def account_email(person: int) -> str:
    """The address with which the person signs in."""
    with as_login():
        return User.objects.get(pk=person).email


def save_section(
    dossier_id: object, *, actor: Actor, at: datetime, section: str, values: Mapping[str, Any]
) -> Dossier:
    """Write what was typed into one section of the own draft; a part of it may be given.

    A draft may be incomplete; a wrong value refuses the whole section. Writes the columns,
    `saved_at` and, with the name, the sort key and the copy that referees read. Raises Invalid with
    a message for each field, WindowClosed, WrongState.
    """
    page = _page(section)
    with acting(actor):
        dossier = locked_draft(actor, dossier_id, at)
        routes = tuple(route["code"] for route in dossier.call.routes)
        columns, wrong = section_values.read(page, values, at=at, routes=routes)
        known = {name: getattr(dossier, name) for name in COLUMNS}
        if not wrong:
            wrong = section_values.together(known | columns, at=at)
        if wrong:
            raise Invalid(
                _("Nothing of this section was saved, because some of it cannot be right."),
                next_step=_("Correct what is marked and save again."),
                fields=wrong,
            )
        _write(dossier, columns, at)
        facts = {"section": section, "fields": sorted(columns)}
        journal.record("dossier.save", dossier, actor=actor, at=at, facts=facts)
    return dossier


def _page(code: str) -> Section:
    page = SECTIONS.get(code)
    if page is None or not page.fields:
        raise Invalid(
            _("A dossier is written section by section."),
            fact=_("“%(code)s” is no section with fields.") % {"code": code},
            next_step=_("Choose one of: %(codes)s.")
            % {"codes": ", ".join(each.code for each in SECTIONS.values() if each.fields)},
        )
    return page


def _write(dossier: Dossier, columns: Mapping[str, Any], at: datetime) -> None:
    before = dossier.name
    for name, value in columns.items():
        setattr(dossier, name, value)
    dossier.saved_at = at
    dossier.sort_name = names.sort_name(dossier.latin_name, dossier.name)
    dossier.save(update_fields=[*columns, "saved_at", "sort_name"])
    if dossier.name != before:
        requests = ReferenceRequest.objects.filter(dossier=dossier)
        requests.update(applicant_name=dossier.name)


def rank_tracks(
    dossier_id: object, *, actor: Actor, at: datetime, tracks: Sequence[str]
) -> Dossier:
    """Replace the order of wishes by `tracks`, codes with the most wanted first; may be empty.

    Raises Invalid for a code that the programme does not have, or one that stands twice.
    """
    with acting(actor):
        dossier = locked_draft(actor, dossier_id, at)
        offered = {
            track.code: track
            for track in Track.objects.for_actor(actor).filter(
                version__intakes=dossier.call.intake_id
            )
        }
        _check_wishes(tracks, offered)
        TrackPreference.objects.filter(dossier=dossier).delete()
        TrackPreference.objects.bulk_create(
            TrackPreference(
                consortium_id=dossier.consortium_id, dossier=dossier, track=offered[code], rank=rank
            )
            for rank, code in enumerate(tracks, start=1)
        )
        _write(dossier, {}, at)
        facts = {"tracks": len(tracks)}
        journal.record("dossier.rank_tracks", dossier, actor=actor, at=at, facts=facts)
    return dossier


def _check_wishes(tracks: Sequence[str], offered: Mapping[str, Track]) -> None:
    unknown = [code for code in tracks if code not in offered]
    if not unknown and len(set(tracks)) == len(tracks):
        return
    message = (
        _("The programme has no track “%(code)s”.") % {"code": str(unknown[0])[:40]}
        if unknown
        else _("A track can stand at one place only.")
    )
    raise Invalid(
        _("Your order of tracks names each of the programme's tracks once at most."),
        fact=message,
        next_step=_("Correct the order and save again."),
        fields={"tracks": message},
    )


def submit(dossier_id: object, *, actor: Actor, at: datetime) -> Dossier:
    """Hand the own dossier in; `at` is when the request arrived. Mails a receipt.

    A dossier that was handed in already is returned as it is, so that a second click changes
    nothing (quality.md R4). Raises WindowClosed from the deadline on, Incomplete with every gap:
    `fields` maps "section.field" to a sentence.
    """
    with acting(actor):
        dossier = _locked(actor, "submit", dossier_id)
        if dossier.submitted_at and dossier.state != "withdrawn":
            return dossier
        if dossier.state == "draft":
            require_open(dossier.call, at, route=dossier.route)
            _check_complete(dossier)
        dossier.submitted_at = at
        lifecycle.advance(dossier, "submit", actor=actor, at=at)
        dossier.save(update_fields=["submitted_at"])
        needs.hand_in(dossier, actor=actor, at=at)
        messages.receipt(dossier, at=at)
    return dossier


def _check_complete(dossier: Dossier) -> None:
    gaps = problems(gathered(dossier))
    if gaps:
        raise Incomplete(
            _("A dossier is submitted when nothing is missing."),
            fact=_("Missing or to be corrected: %(count)d.") % {"count": len(gaps)},
            next_step=_("What you entered is kept. Complete what is listed, then submit again."),
            fields={f"{gap.section}.{gap.field}": str(gap.message) for gap in gaps},
        )


def reopen(dossier_id: object, *, actor: Actor, at: datetime) -> Dossier:
    """Turn the own submitted dossier into a draft again, until the deadline.

    From then on it counts only if it is submitted again; the receipt of before stays in the journal.
    """
    with acting(actor):
        dossier = _locked(actor, "submit", dossier_id)
        if dossier.state == "submitted":
            require_open(dossier.call, at)
        facts = {"submitted_at": dossier.submitted_at.isoformat() if dossier.submitted_at else ""}
        lifecycle.advance(dossier, "reopen", actor=actor, at=at, facts=facts)
        dossier.submitted_at = None
        dossier.save(update_fields=["submitted_at"])
    return dossier


def withdraw(dossier_id: object, *, actor: Actor, at: datetime, reason: str = "") -> Dossier:
    """Take the own dossier back, at any time before a decision; nothing brings it back."""
    with acting(actor):
        dossier = _locked(actor, "withdraw", dossier_id)
        lifecycle.advance(dossier, "withdraw", actor=actor, at=at, reason=reason)
        needs.let_go(dossier, actor=actor, at=at)
    return dossier


def _locked(actor: Actor, action: str, dossier_id: object) -> Dossier:
    rows = Dossier.objects.select_related("call__consortium", "consortium")
    return rows.locked(actor, action, dossier_id)


def locked_draft(actor: Actor, dossier_id: object, at: datetime) -> Dossier:
    """The own draft, locked, within the call's window. Raises WrongState for what is no draft."""
    try:
        dossier = _locked(actor, "edit", dossier_id)
    except NotAllowed:
        raise _no_draft(Dossier.objects.reach(actor, "submit", pk=dossier_id)) from None
    require_open(dossier.call, at)
    return dossier


def reachable_draft(actor: Actor, dossier_id: object, at: datetime) -> Dossier:
    """As `locked_draft`, without the lock: a look before work that takes time."""
    rows = Dossier.objects.select_related("call__consortium")
    dossier = rows.reach(actor, "submit", pk=dossier_id)
    if dossier.state != "draft":
        raise _no_draft(dossier)
    require_open(dossier.call, at)
    return dossier


def _no_draft(dossier: Dossier) -> WrongState:
    if dossier.state == "submitted" and dossier.submitted_at:
        when = told(dossier.submitted_at, dossier.call.zone)
        fact = _("Yours was submitted on %(when)s.") % {"when": when}
        next_step = _("Reopen it to change it; this is possible until the deadline.")
    else:
        fact = _("Yours is %(state)s.") % {"state": dossier.state.replace("_", " ")}
        next_step = _("Write to the consortium office if something in it is wrong.")
    return WrongState(_("Only a draft can be changed."), fact=fact, next_step=next_step)

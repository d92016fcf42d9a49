"""Individual needs, as the applicant asks: optional, kept apart, without bearing on the selection."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from admissions import messages
from admissions.models import Document, Dossier, NeedsCase
from admissions.models.document import DocumentQuerySet
from admissions.section_values import Asked, WrongValue, to_answer, to_essay
from admissions.storing import discard
from admissions.vault_policies import UNASKED
from admissions.windows import require_open
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Invalid, NotAllowed, WrongState
from consortium.models import opened, put

YES, NO = "1", "0"
RULED = ("approved", "reported")


@dataclass(frozen=True, slots=True)
class Needs:
    """What somebody answered: whether support is asked for, what, and why in their own words."""

    asks: bool
    wanted: str = ""
    health: str = ""


def answer(
    dossier_id: object,
    *,
    actor: Actor,
    at: datetime,
    asks: Any,
    wanted: Any = "",
    health: Any = "",
) -> NeedsCase:
    """Write the answer on the own dossier: in a draft it is noted, afterwards it asks at once.

    `no` takes back what was asked and leaves no text behind. Writes the case and, where something
    is asked anew, a mail to the inclusion officers. Raises Invalid by field, WindowClosed in a draft
    after the deadline, WrongState once a step was approved, or for `yes` once the dossier has ended.
    """
    needs = _read(asks, wanted, health, at)
    with acting(actor):
        dossier = locked_dossier(actor, dossier_id, at, asking=needs.asks)
        case = _case(dossier, at)
        check_unruled(case)
        was = case.state
        put(
            case,
            asks=YES if needs.asks else NO,
            wanted=needs.wanted,
            health=needs.health,
            evidence_note="",
            reason="",
        )
        _copy(case, dossier)
        case.saved_at = at
        case.save()
        journal.record("needs.save", case, actor=actor, at=at)
        if needs.asks and (was == "refused" or (was in UNASKED and dossier.state != "draft")):
            _request(case, actor=actor, at=at)
        elif not needs.asks and was not in UNASKED:
            lifecycle.advance(case, "withdraw", actor=actor, at=at)
        if not needs.asks:
            forget(Document.objects.evidence(case.dossier_id), at=at)
    return case


def own(dossier: Dossier, *, actor: Actor) -> tuple[NeedsCase, Needs, str] | None:
    """The case, the answer, and the reason of the ruling; None where nothing was answered yet.

    One's own is no look. `dossier` was reached by `actor` before.
    """
    with acting(actor):
        case = NeedsCase.objects.for_actor(actor, "edit").filter(dossier=dossier).first()
        if case is None:
            return None
        needs = Needs(opened(case, "asks") == YES, opened(case, "wanted"), opened(case, "health"))
        return case, needs, opened(case, "reason")


def hand_in(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """What was noted in a draft is asked with its submission. Needs the submission's context."""
    case = _existing(dossier)
    if case is None or opened(case, "asks") != YES or case.state in RULED:
        return
    _copy(case, dossier)
    case.save(update_fields=["reference", "person_name", "person_email", "call_title"])
    if case.state in UNASKED:
        _request(case, actor=actor, at=at)


def let_go(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """Who withdraws a dossier leaves nothing in the vault. Needs the withdrawal's context."""
    case = _existing(dossier)
    if case is None or case.state in RULED:
        return
    put(case, asks=NO, wanted="", health="", evidence_note="", reason="")
    case.save(update_fields=["asks", "wanted", "health", "evidence_note", "reason"])
    if case.state not in UNASKED:
        lifecycle.advance(case, "withdraw", actor=actor, at=at)
    forget(Document.objects.evidence(dossier.pk), at=at)


def locked_dossier(actor: Actor, dossier_id: object, at: datetime, *, asking: bool) -> Dossier:
    """The own dossier, locked. Raises WrongState, WindowClosed where one may not ask (any more).

    Taking back is always possible.
    """
    rows = Dossier.objects.select_related("call__consortium")
    if not asking:
        return rows.locked(actor, "withdraw", dossier_id)
    try:
        dossier = rows.locked(actor, "ask_support", dossier_id)
    except NotAllowed:
        raise WrongState(
            _("Support is asked for while the dossier takes part."),
            fact=_("This one has ended."),
            next_step=_("Write to the consortium office if that cannot be right."),
        ) from None
    if dossier.state == "draft":
        require_open(dossier.call, at)
    return dossier


def check_unruled(case: NeedsCase) -> None:
    """Raises WrongState where a step was approved: it is paid by what was asked then."""
    if case.state in RULED:
        raise WrongState(
            _("What was asked for stays as it is once a step is approved."),
            fact=_("Yours is approved."),
            next_step=_("Write to the inclusion officer if your situation changes."),
        )


def forget(documents: DocumentQuerySet, *, at: datetime) -> None:
    """Close evidence, and take its bytes away once the act has committed."""
    for document in documents.select_for_update(of=("self",), no_key=True):
        document.replaced_at = at
        document.save(update_fields=["replaced_at"])
        discard(document.file)


def _existing(dossier: Dossier) -> NeedsCase | None:
    rows = NeedsCase.objects.filter(dossier=dossier)
    return rows.select_for_update(of=("self",), no_key=True).first()


def _case(dossier: Dossier, at: datetime) -> NeedsCase:
    found = _existing(dossier)
    return found or NeedsCase(consortium_id=dossier.consortium_id, dossier=dossier, saved_at=at)


def _copy(case: NeedsCase, dossier: Dossier) -> None:
    case.reference = dossier.reference
    case.person_name = dossier.name[:200]
    case.person_email = dossier.email
    case.call_title = dossier.call.title


def _request(case: NeedsCase, *, actor: Actor, at: datetime) -> None:
    case.requested_at = at
    case.save(update_fields=["requested_at"])
    lifecycle.advance(case, "request", actor=actor, at=at)
    if Document.objects.evidence(case.dossier_id).exists():
        lifecycle.advance(case, "hold_evidence", actor=actor, at=at)
    messages.needs_waiting(case, at=at)


def _read(asks: Any, wanted: Any, health: Any, at: datetime) -> Needs:
    asked = Asked(at.astimezone(UTC).date(), ())
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, value, reader in (
        ("asks", asks, to_answer),
        ("wanted", wanted, to_essay),
        ("health", health, to_essay),
    ):
        try:
            values[name] = reader(value, asked)
        except WrongValue as refusal:
            wrong[name] = str(refusal)
    if values.get("asks", False) is None:
        wrong["asks"] = _("Answer yes or no, or leave this page without saving.")
    if values.get("asks") and not values.get("wanted", "?"):
        wrong["wanted"] = _("Say what would help you.")
    if wrong:
        raise Invalid(
            _("Nothing was saved, because some of it cannot be right."),
            next_step=_("Correct what is marked and save again."),
            fields=wrong,
        )
    return Needs(**values) if values["asks"] else Needs(asks=False)

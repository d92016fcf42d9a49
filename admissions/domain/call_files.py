"""Bring the calls of a consortium to what its programme file says.

Tracks never know calls, so this side of the file is read here. What a call has no place for stays
in the file and is told as left out: nothing is dropped in silence.
"""

from dataclasses import dataclass, field, fields
from datetime import datetime

from django.utils.translation import gettext as _

from admissions.domain.call_reading import Reading, spec_from
from admissions.domain.call_spec import spec_of
from admissions.domain.calls import CallSpec, draft_call, redraft
from admissions.models import Call
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Invalid
from consortium.models import Consortium
from mobility_tracks.models import Intake
from mobility_tracks.programme import Document
from mobility_tracks.programme.admission import Call as Told


@dataclass(frozen=True, slots=True)
class LoadedCalls:
    """Sentences: what was created or changed, and what of the file calls have no place for."""

    changes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def load_calls(document: Document, *, consortium: Consortium, at: datetime) -> LoadedCalls:
    """Draft the file's calls, or redraft those that are drafts still; opening them is an act.

    Needs the versions and intakes of the same file in place (load_programme comes first). Safe to
    repeat. Raises Invalid for what no row can hold and Conflict where a call that has been opened
    would change; in both, `fields` maps key paths of the file to a sentence.
    """
    actor = Actor.system(consortium.pk, _("Programme file"))
    loaded = LoadedCalls()
    for told in document.calls:
        reading = spec_from(document, told)
        if reading.problems:
            raise Invalid(
                _("This file says what a call cannot hold, and nothing of it was loaded."),
                next_step=_("Correct the file and load it again."),
                fields=reading.problems,
            )
        _load(document, told, reading, actor=actor, at=at, loaded=loaded)
        loaded.left_out.extend(reading.left_out)
    return loaded


def _load(
    document: Document,
    told: Told,
    reading: Reading,
    *,
    actor: Actor,
    at: datetime,
    loaded: LoadedCalls,
) -> None:
    with acting(actor):
        call = Call.objects.for_actor(actor, "manage").filter(slug=told.key).first()
        standing = spec_of(call) if call else None
        try:
            intake = _intake(document, told, actor)
            if call is None:
                draft_call(intake, actor=actor, at=at, spec=reading.spec)
                loaded.changes.append(_("Call %(code)s is drafted.") % {"code": told.key})
            elif differing := _differing(standing, reading.spec, call, intake):
                _check_is_draft(call, intake, differing)
                redraft(call.pk, actor=actor, at=at, spec=reading.spec)
                loaded.changes.append(
                    _("Call %(code)s, still a draft, changes: %(what)s.")
                    % {"code": told.key, "what": ", ".join(differing)}
                )
        except Invalid as refusal:
            named = {f"calls.{told.key}.{key}": why for key, why in refusal.fields.items()}
            raise Invalid(refusal.rule, next_step=refusal.next_step, fields=named) from None


def _intake(document: Document, told: Told, actor: Actor) -> Intake:
    described = next(each for each in document.intakes if each.key == told.intake)
    intakes = Intake.objects.for_actor(actor).filter(version__code=described.version)
    found = intakes.filter(year=described.first_year).first()
    if found is None:
        raise Invalid(
            _("A call invites to an intake that is open."),
            fields={"intake": _("This intake is not open; expected one of a published version.")},
        )
    return found


def _differing(
    standing: CallSpec | None, wanted: CallSpec, call: Call, intake: Intake
) -> list[str]:
    names = [
        each.name
        for each in fields(CallSpec)
        if getattr(standing, each.name) != getattr(wanted, each.name)
    ]
    return names + (["intake"] if call.intake_id != intake.pk else [])


def _check_is_draft(call: Call, intake: Intake, differing: list[str]) -> None:
    if call.state == "draft" and call.intake_id == intake.pk:
        return
    raise Conflict(
        _("What a call asks for is frozen when it opens, and its intake from the beginning."),
        fact=_("Call %(code)s is %(state)s and would change: %(what)s.")
        % {"code": call.slug, "state": call.state, "what": ", ".join(differing)},
        next_step=_(
            "Write into the file what stands; to change a deadline, extend it. For other rules,"
            " describe a new call."
        ),
        fields={
            f"calls.{call.slug}": _("This call is %(state)s: %(what)s cannot change.")
            % {"state": call.state, "what": ", ".join(differing)}
        },
    )

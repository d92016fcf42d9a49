"""Rule on the eligibility of a dossier: a person decides, formal rule by formal rule."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from admissions import messages
from admissions.models import Dossier, EligibilityCheck, EligibilityRule
from consortium import journal, lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Incomplete, Invalid, WrongState

RULED = frozenset({"submitted", "eligible", "ineligible"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Whether one rule is met. The applicant reads `remark`; without one nothing is refused."""

    met: bool
    remark: str = ""


def rule(
    dossier_id: object,
    *,
    actor: Actor,
    at: datetime,
    findings: Mapping[str, Finding],
    reason: str = "",
) -> EligibilityCheck:
    """Rule on every formal rule of the call; eligible is who meets them all (domain.md 3.4, 5).

    Writes an EligibilityCheck, moves the dossier, tells the applicant that there is news. The same
    ruling sent twice stands once. Raises Incomplete for a rule left open, Invalid for an unknown
    rule, a rule not met without a remark or an overturned ruling without a reason, WrongState
    before submission and once reviewers have the dossier.
    """
    findings = {code: Finding(each.met, each.remark.strip()) for code, each in findings.items()}
    with acting(actor):
        dossier = Dossier.objects.locked(actor, "rule", dossier_id)
        _check_state(dossier)
        _check_findings(dossier, actor, findings)
        latest = EligibilityCheck.objects.filter(dossier=dossier).order_by("-ruled_at", "-pk")
        last = latest.first()
        if last is not None and last.findings == _stored(findings):
            return last
        eligible = all(each.met for each in findings.values())
        _check_reason(last, eligible=eligible, reason=reason)
        check = _write(dossier, findings, reason, actor=actor, at=at, eligible=eligible)
        _move(dossier, check, actor=actor, at=at)
        messages.eligibility_news(check, at=at)
    return check


def _write(
    dossier: Dossier,
    findings: Mapping[str, Finding],
    reason: str,
    *,
    actor: Actor,
    at: datetime,
    eligible: bool,
) -> EligibilityCheck:
    return EligibilityCheck.objects.create(
        consortium_id=dossier.consortium_id,
        dossier=dossier,
        eligible=eligible,
        findings=_stored(findings),
        reason=reason.strip(),
        ruled_by=actor.name,
        ruled_at=at,
    )


def _move(dossier: Dossier, check: EligibilityCheck, *, actor: Actor, at: datetime) -> None:
    facts = {
        "check": str(check.pk),
        "not_met": sorted(code for code, each in check.findings.items() if not each["met"]),
    }
    event = "find_eligible" if check.eligible else "find_ineligible"
    if dossier.lifecycle.allows(dossier.state, event):
        lifecycle.advance(dossier, event, actor=actor, at=at, reason=check.reason, facts=facts)
    else:
        act = "dossier.confirm_eligibility"
        journal.record(act, dossier, actor=actor, at=at, reason=check.reason, facts=facts)


def _stored(findings: Mapping[str, Finding]) -> dict[str, dict[str, bool | str]]:
    return {code: asdict(each) for code, each in findings.items()}


def _check_state(dossier: Dossier) -> None:
    if dossier.state not in RULED:
        raise WrongState(
            _("Eligibility is ruled on after submission and before the review."),
            fact=_("The dossier is %(state)s.") % {"state": dossier.state.replace("_", " ")},
            next_step=_("Reload the page to see where it stands."),
        )


def _check_findings(dossier: Dossier, actor: Actor, findings: Mapping[str, Finding]) -> None:
    rules = EligibilityRule.objects.for_actor(actor, "view").filter(call_id=dossier.call_id)
    codes = set(rules.values_list("code", flat=True))
    if unknown := sorted(findings.keys() - codes):
        raise Invalid(
            _("A ruling speaks of the rules of the call and of no others."),
            fact=_("Not among them: %(codes)s.") % {"codes": ", ".join(unknown)},
            fields=dict.fromkeys(unknown, _("The call has no such rule.")),
        )
    if missing := sorted(codes - findings.keys()):
        raise Incomplete(
            _("Every rule of the call is ruled on."),
            fact=_("Still open: %(codes)s.") % {"codes": ", ".join(missing)},
            next_step=_("Say for each whether it is met."),
            fields=dict.fromkeys(missing, _("Say whether it is met.")),
        )
    bare = sorted(code for code, each in findings.items() if not each.met and not each.remark)
    if bare:
        raise Invalid(
            _("A rule that is not met needs a remark: the applicant reads it."),
            fields=dict.fromkeys(bare, _("Say why it is not met.")),
        )


def _check_reason(last: EligibilityCheck | None, *, eligible: bool, reason: str) -> None:
    if last is not None and last.eligible != eligible and not reason.strip():
        raise Invalid(
            _("A ruling that overturns an earlier one needs a reason."),
            fact=_("It was ruled on %(day)s by %(name)s.")
            % {"day": f"{last.ruled_at:%Y-%m-%d}", "name": last.ruled_by},
            fields={"reason": _("Say what changed.")},
        )

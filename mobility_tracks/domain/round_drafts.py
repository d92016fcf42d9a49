"""Draft an allocation round: for whom, for when, among which seats, by which procedure."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Invalid, NotAllowed
from mobility_tracks.models import AllocationRound, Intake, Offering, Period, RoundSeats
from mobility_tracks.programme.scalars import vocabulary

MOST_SEATS = 32_767
LONGEST_SEED = 40
LONGEST_BASIS = 200


def draft_round(
    intake_id: object,
    *,
    actor: Actor,
    at: datetime,
    period: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    zone: str,
    policy: str,
    seed: str,
    seats: Mapping[str, tuple[int, int]],
    merit_basis: str = "",
) -> AllocationRound:
    """Write a round as a draft that only the office sees.

    Needs `run_rounds`. `seats`: least and most by offering code; an offering left out is not in the
    round. `merit_basis`: what merit is, in words for students; for the policy that respects it, and
    for no other. Writes the round, its seats and a journal row. Raises Invalid with every field to
    blame.
    """
    fields = _faults(title, opens_at, closes_at, zone, policy, seed, seats)
    fields |= _basis_faults(policy, merit_basis.strip())
    if fields:
        raise Invalid(_("A round says for what, until when and by which procedure."), fields=fields)
    if not actor.may("run_rounds"):
        raise NotAllowed(_("Only who runs rounds may draft one."))
    with acting(actor):
        intake = Intake.objects.reach(actor, "view", pk=intake_id)
        offerings = _offerings(intake, period, seats)
        round_ = AllocationRound.objects.create(
            consortium_id=actor.tenant,
            intake=intake,
            period_id=next(iter(offerings.values())).period_id,
            title=title.strip(),
            opens_at=opens_at,
            closes_at=closes_at,
            zone=zone,
            policy=policy,
            merit_basis=merit_basis.strip(),
            seed=seed.strip(),
        )
        RoundSeats.objects.bulk_create(
            RoundSeats(
                consortium_id=actor.tenant,
                round=round_,
                offering=offerings[code],
                least=least,
                most=most,
            )
            for code, (least, most) in seats.items()
        )
        facts = {"offerings": len(seats), "policy": policy}
        journal.record("round.draft", round_, actor=actor, at=at, facts=facts)
    return round_


def _faults(
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    zone: str,
    policy: str,
    seed: str,
    seats: Mapping[str, tuple[int, int]],
) -> dict[str, str]:
    found = {}
    if not 0 < len(title.strip()) <= 200:
        found["title"] = _("Give a title of at most 200 characters.")
    if opens_at.tzinfo is None or closes_at.tzinfo is None:
        found["opens_at"] = _("Say in which zone the times are.")
    elif opens_at >= closes_at:
        found["closes_at"] = _("The deadline comes after the opening.")
    if zone not in vocabulary("zone"):
        found["zone"] = _("Choose a time zone, such as Europe/Paris.")
    if policy not in AllocationRound.Policy.values:
        found["policy"] = _("Choose one of the published procedures.")
    if not 0 < len(seed.strip()) <= LONGEST_SEED:
        found["seed"] = _("Give a seed of at most %(n)d characters.") % {"n": LONGEST_SEED}
    bad = [code for code, (least, most) in seats.items() if not 0 <= least <= most <= MOST_SEATS]
    if bad or not seats:
        found["seats"] = (
            _("%(codes)s: the least number of seats is at most the most.")
            % {"codes": ", ".join(bad)}
            if bad
            else _("Say which hosts take part, with their seats.")
        )
    return found


def _basis_faults(policy: str, basis: str) -> dict[str, str]:
    is_by_merit = policy == AllocationRound.Policy.MERIT_RESPECTED
    if is_by_merit and not 0 < len(basis) <= LONGEST_BASIS:
        told = _("Say what merit is, in at most %(n)d characters: students read it.")
        return {"merit_basis": told % {"n": LONGEST_BASIS}}
    if basis and not is_by_merit:
        return {"merit_basis": _("Only the procedure that respects merit has one: leave it empty.")}
    return {}


def _offerings(
    intake: Intake, period: str, seats: Mapping[str, tuple[int, int]]
) -> dict[str, Offering]:
    found = Period.objects.filter(version_id=intake.version_id, code=period).first()
    if found is None:
        raise Invalid(
            _("A round is for a period of the intake's version."),
            fact=_("There is no period %(code)s in it.") % {"code": period},
            fields={"period": _("Choose a period.")},
        )
    there = {row.code: row for row in Offering.objects.filter(period=found, code__in=list(seats))}
    foreign = [code for code in seats if code not in there]
    if foreign:
        raise Invalid(
            _("A round gives the seats of its own period."),
            fact=_("%(codes)s is not offered in %(period)s.")
            % {"codes": ", ".join(foreign), "period": found.title},
            fields={"seats": _("Choose among the period's hosts.")},
        )
    return there

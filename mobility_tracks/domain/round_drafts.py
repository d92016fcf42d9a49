"""Draft an allocation round: for whom, for when, among which seats, by which procedure.

A draft is the office's alone: it may be changed and thrown away until it opens.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext as _

from consortium import journal
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Invalid, NotAllowed, WrongState
from mobility_tracks.domain.allocation.choices import settled_by
from mobility_tracks.domain.round_terms import Terms, check_terms
from mobility_tracks.models import AllocationRound, Intake, Offering, Period, RoundSeats, Track


def draft_round(
    intake_id: object, *, actor: Actor, at: datetime, period: str, **terms: Unpack[Terms]
) -> AllocationRound:
    """Write a round as a draft that only the office sees.

    Needs `run_rounds`. `period`: the code of the one whose hosts are chosen; empty for a round in
    which whole tracks are. Writes the round, its seats and a journal row. Raises Invalid with every
    field to blame.
    """
    check_terms(terms)
    if not actor.may("run_rounds"):
        raise NotAllowed(_("Only who runs rounds may draft one."))
    with acting(actor):
        intake = Intake.objects.reach(actor, "view", pk=intake_id)
        found = _period(intake, period) if period else None
        round_ = AllocationRound(consortium_id=actor.tenant, intake=intake, period=found)
        _write(round_, terms)
        facts = {"choices": len(terms["seats"]), "policy": terms["policy"]}
        journal.record("round.draft", round_, actor=actor, at=at, facts=facts)
    return round_


def redraft_round(
    round_id: object, *, actor: Actor, at: datetime, **terms: Unpack[Terms]
) -> AllocationRound:
    """Change a draft; intake and period stay. Needs `run_rounds`. Raises Invalid as drafting does,
    WrongState once the round has opened."""
    check_terms(terms)
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "run", round_id)
        check_draft(round_)
        RoundSeats.objects.filter(round=round_).delete()
        _write(round_, terms)
        facts = {"choices": len(terms["seats"]), "policy": terms["policy"]}
        journal.record("round.redraft", round_, actor=actor, at=at, facts=facts)
    return round_


def discard_round(round_id: object, *, actor: Actor, at: datetime) -> None:
    """Throw a draft away. Needs `run_rounds`. Raises WrongState once the round has opened."""
    with acting(actor):
        round_ = AllocationRound.objects.locked(actor, "run", round_id)
        check_draft(round_)
        facts = {"title": round_.title}
        journal.record("round.discard", round_, actor=actor, at=at, facts=facts)
        round_.delete()


def check_draft(round_: AllocationRound) -> None:
    """Raises WrongState once the round has opened."""
    if round_.state != "draft":
        raise WrongState(
            _("A round changes until it opens; then procedure, seats and seed are frozen."),
            fact=_("This one is %(state)s.") % {"state": round_.state},
            next_step=_("After the decision, ask what if, and adopt the answer."),
        )


def _write(round_: AllocationRound, terms: Terms) -> None:
    """Raises Invalid, with nothing written, for what the round's programme does not have."""
    rows = list(_seats(round_, terms))
    for name in ("title", "opens_at", "closes_at", "zone", "policy"):
        setattr(round_, name, terms[name])
    round_.title = round_.title.strip()
    round_.merit_basis = terms.get("merit_basis", "").strip()
    round_.seed = terms["seed"].strip()
    round_.save()
    RoundSeats.objects.bulk_create(rows)


def _seats(round_: AllocationRound, terms: Terms) -> Iterator[RoundSeats]:
    tracks, offerings = {}, {}
    if round_.period is None:
        tracks = _tracks(round_.intake, terms)
        offerings = _on_way(tracks, terms)
    else:
        offerings = _offerings(round_.period, terms)
    for code, (least, most) in {**terms.get("rooms", {}), **terms["seats"]}.items():
        yield RoundSeats(
            consortium_id=round_.consortium_id,
            round=round_,
            track=tracks.get(code),
            offering=None if code in tracks else offerings[code],
            least=least,
            most=most,
        )


def _period(intake: Intake, code: str) -> Period:
    found = Period.objects.filter(version_id=intake.version_id, code=code).first()
    if found is None:
        raise Invalid(
            _("A round is for a period of the intake's version."),
            fact=_("There is no period %(code)s in it.") % {"code": code},
            fields={"period": _("Choose a period.")},
        )
    return found


def _offerings(period: Period, terms: Terms) -> dict[str, Offering]:
    if terms.get("rooms"):
        raise Invalid(
            _("Only a round for whole tracks counts seats of hosts on their way."),
            fact=_("This one is for %(period)s.") % {"period": period.title},
            fields={"seats": _("Give the hosts of the period their seats, and no others.")},
        )
    asked = list(terms["seats"])
    there = {row.code: row for row in Offering.objects.filter(period=period, code__in=asked)}
    foreign = [code for code in asked if code not in there]
    if foreign:
        raise Invalid(
            _("A round gives the seats of its own period."),
            fact=_("%(codes)s is not offered in %(period)s.")
            % {"codes": ", ".join(foreign), "period": period.title},
            fields={"seats": _("Choose among the period's hosts.")},
        )
    return there


def _tracks(intake: Intake, terms: Terms) -> dict[str, Track]:
    rows = Track.objects.filter(version_id=intake.version_id, code__in=list(terms["seats"]))
    there = {row.code: row for row in rows}
    foreign = [code for code in terms["seats"] if code not in there]
    if foreign:
        raise Invalid(
            _("A round for tracks offers those of the intake's version."),
            fact=_("%(codes)s is none of them.") % {"codes": ", ".join(foreign)},
            fields={"seats": _("Choose among the tracks of the version.")},
        )
    return there


def _on_way(tracks: dict[str, Track], terms: Terms) -> dict[str, Offering]:
    """The offerings whose seats are counted. Each track must lead somewhere, and they along one."""
    settled = settled_by(tracks.values())
    open_ = [track.title for code, track in tracks.items() if not settled.get(code)]
    if open_:
        raise Invalid(
            _("A track on offer settles where one semester at least is spent."),
            fact=_("All hosts of %(tracks)s are chosen later.") % {"tracks": ", ".join(open_)},
            next_step=_("Draft a round for each of the periods instead."),
            fields={"seats": _("Leave these tracks out.")},
        )
    same = [code for code in terms.get("rooms", {}) if code in tracks]
    if same:
        raise Invalid(
            _("Each track and each host that a round counts has a key of its own."),
            fact=_("%(codes)s is a track and an offering.") % {"codes": ", ".join(same)},
            next_step=_("Leave the seats of this host uncounted, or rename one in a new version."),
            fields={"seats": _("Leave these hosts out.")},
        )
    passed = {offering.code: offering for stays in settled.values() for offering in stays}
    foreign = [code for code in terms.get("rooms", {}) if code not in passed]
    if foreign:
        raise Invalid(
            _("Seats are counted where a track on offer leads."),
            fact=_("No track of this round settles %(codes)s.") % {"codes": ", ".join(foreign)},
            fields={"seats": _("Leave these hosts out, or offer a track that passes them.")},
        )
    return passed

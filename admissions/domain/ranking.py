"""Compute a ranking from submitted reviews, approve it, and show that it can be computed again."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from admissions import messages, ranking
from admissions.domain.ranking_inputs import (
    check_reviewed,
    inputs_of,
    places_of,
    restored,
    reviews_of,
    stored,
)
from admissions.models import Assignment, Call, Dossier, RankedDossier, RankingRun
from admissions.windows import told
from consortium import lifecycle
from consortium.access import acting
from consortium.actor import Actor
from consortium.errors import Conflict, Incomplete, Invalid, WindowClosed

ELIGIBLE = ("eligible", "under_review", "ranked")
LONGEST_SEED = 40
EVENTS = {
    RankedDossier.List.MAIN: "select",
    RankedDossier.List.RESERVE: "hold_in_reserve",
    RankedDossier.List.NOT_SELECTED: "pass_over",
}


def compute(call_id: object, *, actor: Actor, at: datetime, seed: str | None = None) -> RankingRun:
    """Rank the call's eligible dossiers as a pure function of their submitted reviews.

    Writes inputs, fingerprint and places, locks the reviews, gives each dossier its score and
    position, supersedes a run that nobody approved. Raises Incomplete naming the dossiers that lack
    reviews, Conflict once a ranking of the call is approved, Invalid for a seed that is too long.
    """
    _check_seed(seed)
    with acting(actor):
        call = Call.objects.locked(actor, "rank", call_id)
        _supersede(call, actor, at)
        _check_unapproved(call)
        dossiers = _eligible(call, actor)
        reviews = reviews_of(call, dossiers)
        check_reviewed(call, dossiers, reviews)
        inputs = inputs_of(call, dossiers, reviews, seed or _published_seed(call))
        result = _ranked(inputs)
        run = RankingRun.objects.create(
            consortium_id=call.consortium_id,
            call=call,
            inputs=stored(inputs),
            fingerprint=ranking.fingerprint(inputs),
            seed=inputs.seed,
            computed_at=at,
            computed_by=actor.name,
        )
        _write_places(run, result, dossiers)
        _lock(reviews, run, actor, at)
        facts = {"run": str(run.pk), "fingerprint": run.fingerprint, "seed": run.seed}
        lifecycle.advance_all(dossiers, "rank", actor=actor, at=at, facts=facts)
    return run


def approve(run_id: object, *, actor: Actor, at: datetime) -> RankingRun:
    """Sign a ranking: its lists become decisions, and every applicant is told that there is news.

    Moves dossiers to selected, reserve or not selected. Raises WindowClosed before the deadline of
    the call, Conflict when the dossiers in question are no longer those that were ranked,
    WrongState for a superseded run.
    """
    with acting(actor):
        run = RankingRun.objects.locked(actor, "approve", run_id)
        facts = {"fingerprint": run.fingerprint}
        lifecycle.advance(run, "approve", actor=actor, at=at, facts=facts)
        run.approved_at, run.approved_by = at, actor.name
        run.save(update_fields=["approved_at", "approved_by"])
        _check_deadline(run.call, at)
        dossiers = _still_the_same(run, actor)
        listed = dict(run.places.values_list("dossier_id", "list"))
        for each, event in EVENTS.items():
            chosen = [dossier for dossier in dossiers if listed[dossier.pk] == each]
            facts = {"run": str(run.pk)}
            lifecycle.advance_all(chosen, event, actor=actor, at=at, facts=facts)
        for dossier in dossiers:
            messages.result_news(dossier, at=at)
    return run


def replay(run_id: object, *, actor: Actor) -> bool:
    """Compute a run again from its stored inputs; whether inputs and places are the same bytes."""
    with acting(actor):
        run = RankingRun.objects.reach(actor, "view", pk=run_id)
        rows = run.places.order_by("position").values(
            "position", "score", "tied", "list", "explanation", reference=F("dossier__reference")
        )
        there = [dict(row) for row in rows]
    inputs = restored(run.inputs)
    if sha256(inputs).hexdigest() != run.fingerprint:
        return False
    return there == places_of(_ranked(ranking.read(inputs)))


def _check_seed(seed: str | None) -> None:
    if seed and len(seed) > LONGEST_SEED:
        raise Invalid(
            _("A seed has at most %(most)d characters.") % {"most": LONGEST_SEED},
            fields={"seed": _("Give a shorter one.")},
        )


def _published_seed(call: Call) -> str:
    """What was frozen when the call opened: nobody could choose it, and no second throw differs."""
    return (call.frozen_hash or str(call.pk))[:LONGEST_SEED]


def _ranked(inputs: ranking.Inputs) -> ranking.Ranking:
    try:
        return ranking.rank(inputs)
    except ranking.RankingRefused as refused:
        raise Incomplete(
            _("A ranking needs complete reviews and weights that add up."),
            fact=" ".join(refused.faults[:3]),
        ) from refused


def _eligible(call: Call, actor: Actor) -> list[Dossier]:
    rows = Dossier.objects.for_actor(actor, "rank").filter(call=call, state__in=ELIGIBLE)
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _check_unapproved(call: Call) -> None:
    approved = call.rankings.filter(state="approved").first()
    if approved is not None:
        raise Conflict(
            _("A call has one approved ranking, and that is final."),
            fact=_("It was approved on %(day)s by %(name)s.")
            % {"day": f"{approved.approved_at:%Y-%m-%d}", "name": approved.approved_by},
        )


def _supersede(call: Call, actor: Actor, at: datetime) -> None:
    older = call.rankings.filter(state="computed").select_for_update(no_key=True)
    lifecycle.advance_all(list(older), "supersede", actor=actor, at=at)


def _write_places(run: RankingRun, result: ranking.Ranking, dossiers: Sequence[Dossier]) -> None:
    by_reference = {dossier.reference: dossier for dossier in dossiers}
    places = []
    for place in places_of(result):
        dossier = by_reference[place.pop("reference")]
        dossier.position, dossier.score = place["position"], place["score"]
        places.append(
            RankedDossier(consortium_id=run.consortium_id, run=run, dossier=dossier, **place)
        )
    RankedDossier.objects.bulk_create(places)
    Dossier.objects.bulk_update(dossiers, ["position", "score"], batch_size=500)


def _lock(reviews: Sequence[Assignment], run: RankingRun, actor: Actor, at: datetime) -> None:
    fresh = [row for row in reviews if row.state == "submitted"]
    lifecycle.advance_all(fresh, "lock", actor=actor, at=at, facts={"run": str(run.pk)})


def _check_deadline(call: Call, at: datetime) -> None:
    if at < call.closes_at:
        raise WindowClosed(
            _("A ranking is approved after the deadline of its call."),
            fact=_("The deadline is %(when)s.") % {"when": told(call.closes_at, call.zone)},
            next_step=_("Wait until then, and compute it again."),
        )


def _still_the_same(run: RankingRun, actor: Actor) -> list[Dossier]:
    """The ranked dossiers, locked. Whoever was withdrawn or forgotten would stand on a wrong list."""
    rows: QuerySet[Dossier] = Dossier.objects.for_actor(actor, "decide").filter(call=run.call)
    rows = rows.filter(state__in=("submitted", *ELIGIBLE)).select_for_update(
        no_key=True, of=("self",)
    )
    dossiers = list(rows.order_by("pk"))
    ranked = set(run.places.values_list("dossier_id", flat=True))
    changed = ranked ^ {dossier.pk for dossier in dossiers}
    if changed:
        references = Dossier.objects.filter(pk__in=changed).order_by("reference")
        named = ", ".join(references.values_list("reference", flat=True)[:10])
        raise Conflict(
            _("A ranking is approved while it holds exactly the dossiers in question."),
            fact=_("Withdrawn or not ranked: %(named)s (%(count)d in all).")
            % {"named": named, "count": len(changed)},
            next_step=_("Rule on what is open and compute the ranking again."),
        )
    return dossiers

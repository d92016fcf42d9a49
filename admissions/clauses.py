"""Clauses of policies that follow the table in `visibility.py`: for the office, reviewers, finance."""

from django.apps import apps
from django.db.models import Q

from admissions.visibility import DOSSIERS
from consortium.actor import Actor, Wall
from consortium.policy import OFFICE, Clause, desk, office


def sent(
    group: str, right: str, path: str = "", *, call: str = "", rows: Q | None = None
) -> Clause:
    """People of the office, for what the table opens to each kind of them.

    path: from the model to the dossier. rows: which rows of the model, beside the dossier's state.
    """
    sights = {
        wall: DOSSIERS.q(wall, group, path) & (rows or Q())
        for wall in OFFICE
        if DOSSIERS.sight(wall, group)
    }

    def opened(actor: Actor) -> Q | None:
        seen = sights.get(actor.wall)
        return None if seen is None else office(right, seen, call=call).rows(actor)

    return Clause(OFFICE, opened, f"{right}: once sent")


def assigned(group: str, path: str, words: str) -> Clause:
    """Reviewers, for dossiers that are theirs to judge; `path` leads from the model to the dossier."""
    states = DOSSIERS.q(Wall.REVIEWER, group, f"{path}__" if path else "")

    def opened(actor: Actor) -> Q | None:
        parties = actor.parties_with("review_dossiers")
        if not parties or actor.user_id is None:
            return None
        mine = apps.get_model("admissions.Assignment")._default_manager.filter(
            reviewer_id=actor.user_id, party__in=parties
        )
        given = mine.exclude(state="conflicted").values("dossier_id")
        return Q(**{f"{path or 'pk'}__in": given}) & states

    return Clause(frozenset({Wall.REVIEWER}), opened, f"{words}, until the ranking is approved")


def funded(group: str, words: str, path: str = "", rows: Q | None = None) -> Clause:
    """The finance officer, for what the table opens of places that were taken."""
    taken = DOSSIERS.q(Wall.FINANCE, group, path)
    return desk(Wall.FINANCE, "view_funding", words, taken & (rows or Q()))

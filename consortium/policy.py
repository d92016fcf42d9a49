"""The language in which `policies.py` says who may do what with a model's rows.

A policy is a table: action -> clauses. A clause names a wall, what the actor must hold, and which
rows that opens. Clauses are joined by OR; a policy is a pure function `(actor, action) -> Q`.
Tables are printed to docs/permissions.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q

from consortium.actor import Actor, Wall

NO_ROW = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of a policy. `rows` returns None where the actor lacks what the line asks for."""

    walls: frozenset[Wall]
    rows: Callable[[Actor], Q | None]
    words: str


@dataclass(frozen=True)
class Policy:
    """Callable `(actor, action) -> Q`. Raises LookupError for an action that no line names.

    closed: fields that an audience never loads, whatever rows are open to it.
    """

    subject: str
    actions: Mapping[str, tuple[Clause, ...]]
    closed: Mapping[Wall, tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, actor: Actor, action: str) -> Q:
        if action not in self.actions:
            raise LookupError(f"The policy of {self.subject} knows no action {action!r}.")
        if actor.is_system:
            return Q()
        opened = NO_ROW
        for clause in self.actions[action]:
            rows = clause.rows(actor) if actor.wall in clause.walls else None
            if rows is not None:
                opened = rows if opened is NO_ROW else opened | rows
        return opened


OFFICE = frozenset({Wall.STAFF, Wall.OBSERVER, Wall.COMMITTEE})


def office(right: str, rows: Q | None = None, words: str = "", *, call: str = "") -> Clause:
    """People of the consortium office who hold `right` on the consortium.

    call: path to the call of a row; who holds the right on calls alone reaches the rows of those.
    """

    def opened(actor: Actor) -> Q | None:
        if actor.may(right):
            return rows or Q()
        calls = actor.containers_with(right) if call else []
        return Q(**{f"{call}__in": calls}) & (rows or Q()) if calls else None

    return Clause(OFFICE, opened, f"{right}{': ' + words if words else ''}")


def desk(wall: Wall, right: str, words: str, rows: Q | None = None) -> Clause:
    """Holders of `right` on the consortium behind one door alone: finance, inclusion, or staff."""
    return Clause(
        frozenset({wall}),
        lambda actor: (rows or Q()) if actor.may(right) else None,
        f"{right}: {words}",
    )


def partner(right: str, path: str, words: str, rows: Q | None = None) -> Clause:
    """People of a partner, for rows whose `path` is a party on which they hold `right`."""

    def opened(actor: Actor) -> Q | None:
        parties = actor.parties_with(right)
        return Q(**{f"{path}__in": parties}) & (rows or Q()) if parties else None

    return Clause(frozenset({Wall.PARTNER}), opened, f"{right}: {words}")


# Somebody can hold one thing for the whole of a partner and another as handed on to them.
HANDED = frozenset({Wall.PARTNER, Wall.DELEGATE})


def _handed(actor: Actor, right: str, party: str, paths: Sequence[str], rows: Q) -> Q | None:
    held = actor.containers_with(right)
    if not held:
        return None
    inside = reduce(or_, (Q(**{f"{path}__in": held}) for path in paths))
    return inside & Q(**{f"{party}__in": sorted(actor.parties)}) & rows


def delegate(right: str, party: str, paths: Sequence[str], words: str, rows: Q) -> Clause:
    """People to whom a partner handed `right` on some tracks or offerings.

    party: path to the partner of a row. paths: paths to the tracks and offerings that open it.
    """

    def opened(actor: Actor) -> Q | None:
        return _handed(actor, right, party, paths, rows)

    return Clause(HANDED, opened, f"{right} as handed on: {words}")


def delegate_through(
    right: str, label: str, link: str, party: str, paths: Sequence[str], rows: Q, words: str
) -> Clause:
    """As `delegate`, over rows of another model that point here by `link`."""

    def opened(actor: Actor) -> Q | None:
        handed = _handed(actor, right, party, paths, rows)
        if handed is None:
            return None
        pointing = apps.get_model(label)._default_manager.filter(handed)
        return Q(pk__in=pointing.values(link))

    return Clause(HANDED, opened, f"{right} as handed on: {words}")


def partner_through(right: str, label: str, link: str, path: str, rows: Q, words: str) -> Clause:
    """As `partner`, over rows of another model that point here by `link`: a subquery, not a join."""

    def opened(actor: Actor) -> Q | None:
        parties = actor.parties_with(right)
        if not parties:
            return None
        pointing = apps.get_model(label)._default_manager.filter(rows, **{f"{path}__in": parties})
        return Q(pk__in=pointing.values(link))

    return Clause(frozenset({Wall.PARTNER}), opened, f"{right}: {words}")


def own(wall: Wall, path: str, words: str, rows: Q | None = None) -> Clause:
    """The person themselves, for rows whose `path` is their user id."""

    def opened(actor: Actor) -> Q | None:
        return None if actor.user_id is None else Q(**{path: actor.user_id}) & (rows or Q())

    return Clause(frozenset({wall}), opened, words)


def private(wall: Wall, path: str, words: str, told: Q) -> Clause:
    """As `own`; who looks through the person's eyes reads only what the person has `told`."""

    def opened(actor: Actor) -> Q | None:
        if actor.user_id is None:
            return None
        return Q(**{path: actor.user_id}) & (told if actor.only_looks else Q())

    return Clause(frozenset({wall}), opened, words)


def bearer(path: str, words: str) -> Clause:
    """Whoever presents the link whose digest stands in `path`."""

    def opened(actor: Actor) -> Q | None:
        return Q(**{path: actor.token}) if actor.token else None

    return Clause(frozenset({Wall.REFEREE}), opened, words)


def less(clause: Clause, taken: Callable[[Actor], Q], words: str) -> Clause:
    """As `clause`, without the rows that `taken` names for the actor."""

    def opened(actor: Actor) -> Q | None:
        rows = clause.rows(actor)
        return None if rows is None else rows & ~taken(actor)

    return Clause(clause.walls, opened, f"{clause.words}, {words}")


def in_person(clause: Clause) -> Clause:
    """As `clause`, but not for who looks through the person's eyes."""
    return Clause(
        clause.walls,
        lambda actor: None if actor.only_looks else clause.rows(actor),
        f"{clause.words}, in person",
    )


def everyone(words: str, rows: Q | None = None, *walls: Wall) -> Clause:
    """A clause for every wall (or for `walls`): public facts of a consortium."""
    return Clause(frozenset(walls or Wall), lambda _: rows or Q(), words)

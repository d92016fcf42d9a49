"""The second wall's door: under which database role, in which consortium and as whom rows are touched.

The login role owns nothing and inherits nothing: without this context every tenant table answers
"permission denied". `acting` opens a transaction whose first statement sets role and facts for
that transaction alone; a context within another one puts back what was set before it.
Measured cost of the context: docs/performance.md.
"""

import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple

from django.db import connection, transaction

from consortium.actor import Actor, Wall

_SET = (
    "SELECT set_config('role', %s, true), set_config('itinera.consortium', %s, true),"
    " set_config('itinera.user', %s, true), set_config('itinera.parties', %s, true),"
    " set_config('itinera.hosts', %s, true), set_config('itinera.containers', %s, true),"
    " set_config('itinera.token', %s, true), set_config('itinera.at', %s, true),"
    " set_config('itinera.viewer', %s, true)"
)


class _Facts(NamedTuple):
    """In the order of `_SET`."""

    role: str = "none"
    consortium: str = ""
    user: str = ""
    parties: str = "{}"
    hosts: str = "{}"
    containers: str = "{}"
    token: str = ""
    at: str = ""
    viewer: str = ""

    def apply(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_SET, self)


class _Stack(threading.local):
    def __init__(self) -> None:
        self.facts: list[_Facts] = []


_stack = _Stack()
_LOGIN = _Facts()


# For which parties somebody is at work: reviewers for those they review for, others as hosts.
_AT_WORK = {Wall.REVIEWER: "review_dossiers"}


def _facts(actor: Actor) -> _Facts:
    return _Facts(
        role=actor.wall.role,
        consortium="" if actor.consortium_id is None else str(actor.consortium_id),
        user="" if actor.user_id is None else str(actor.user_id),
        parties=_array(sorted(actor.parties)),
        hosts=_array(actor.parties_with(_AT_WORK.get(actor.wall, "host_students"))),
        containers=_array(sorted(actor.container_rights)),
        token=actor.token,
        at="" if actor.at is None else actor.at.isoformat(),
        viewer="" if actor.viewer_id is None else str(actor.viewer_id),
    )


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join(map(str, values)) + "}"


@contextmanager
def _wearing(facts: _Facts) -> Iterator[None]:
    outer = _stack.facts[-1] if _stack.facts else _LOGIN
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        facts.apply()
        _stack.facts.append(facts)
        try:
            yield
        finally:
            _stack.facts.pop()
        # Settings end with their transaction, and a failed block's with its savepoint: what is left
        # to restore is a context that succeeds within a transaction that goes on.
        if is_nested and not connection.needs_rollback:
            outer.apply()


def acting(actor: Actor) -> AbstractContextManager[None]:
    """Touch tenant rows as `actor`: one transaction (or savepoint), one role, one consortium."""
    return _wearing(_facts(actor))


def as_login() -> AbstractContextManager[None]:
    """Touch account tables (people, sessions) from within an `acting` block."""
    return _wearing(_LOGIN)

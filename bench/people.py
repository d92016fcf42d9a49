"""Who measures: the office's coordinator and two reviewers, one who reads many, one who reads few."""

from dataclasses import dataclass

from bench.filling import reviewer
from bench.ground import AT, Ground
from bench.sizes import SPARSE
from consortium.access import as_login
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from consortium.domain.memberships import Post, account_for, appoint
from consortium.models import User
from consortium.roles import Role


@dataclass(frozen=True, slots=True)
class People:
    coordinator: User
    dense: User
    sparse: User


def appointed(ground: Ground) -> People:
    """Appoint them by the act of the house, after the filling made the reviewers' accounts."""
    coordinator = account_for("coordinator@bench.example", "Coordinator")
    appoint(
        coordinator, actor=ground.system, at=AT, post=Post(Role.COORDINATOR), name="Coordinator"
    )
    return People(coordinator, _reviewer(ground, 0), _reviewer(ground, SPARSE))


def _reviewer(ground: Ground, number: int) -> User:
    with as_login():
        user = User.objects.get(pk=reviewer(ground, number))
    appoint(
        user, actor=ground.system, at=AT, post=Post(Role.REVIEWER, ground.party), name="Reviewer"
    )
    return user


def acting_as(user: User, ground: Ground, wall: Wall) -> Actor:
    return actor_for(user, ground.consortium, wall, at=AT)

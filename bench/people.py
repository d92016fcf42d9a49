"""Who measures: the office's coordinator and two reviewers, one who reads many, one who reads few."""

from dataclasses import dataclass

from admissions.models import Call
from bench.filling import reviewer
from bench.ground import AT, Ground
from bench.sizes import SPARSE
from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from consortium.domain.memberships import Post, account_for, appoint
from consortium.models import Consortium, Party, User
from consortium.roles import Role


@dataclass(frozen=True, slots=True)
class People:
    coordinator: User
    dense: User
    sparse: User


def appointed(ground: Ground) -> People:
    """Appoint them by the act of the house, after the filling made the reviewers' accounts."""
    return People(coordinator_of(ground), _reviewer(ground, 0), _reviewer(ground, SPARSE))


def coordinator_of(ground: Ground) -> User:
    coordinator = account_for("coordinator@bench.example", "Coordinator")
    appoint(
        coordinator, actor=ground.system, at=AT, post=Post(Role.COORDINATOR), name="Coordinator"
    )
    return coordinator


def neighbour(ground: Ground, number: int) -> Ground:
    """Another consortium that the filling made, by its number from 1."""
    consortium = Consortium.objects.get(slug=f"bench-{number}")
    system = Actor.system(consortium.pk)
    with acting(system):
        call = Call.objects.for_actor(system).get(slug=ground.call.slug)
        party = Party.objects.for_actor(system).get(code=ground.party.code)
    return Ground(consortium, call, party, ground.draft)


def _reviewer(ground: Ground, number: int) -> User:
    with as_login():
        user = User.objects.get(pk=reviewer(ground, number))
    appoint(
        user, actor=ground.system, at=AT, post=Post(Role.REVIEWER, ground.party), name="Reviewer"
    )
    return user


def acting_as(user: User, ground: Ground, wall: Wall) -> Actor:
    return actor_for(user, ground.consortium, wall, at=AT)

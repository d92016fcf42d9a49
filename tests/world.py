"""Two consortia with every role, built once per test database.

Two of everything, and one institution in both, so that a leak has something to leak: texts of the
first consortium hold the word `verdigris`, of the second `heliotrope`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from consortium.access import acting, as_login
from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from consortium.domain.memberships import OneCall, Post, account_for, appoint
from consortium.models import Consortium, Delegation, Membership, Party, User
from consortium.roles import Role
from mobility_tracks.domain.delegation import What, hand_on
from partners.domain.partnerships import Station, admit
from partners.models import Institution, Partnership

NOON = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)
MARKERS = {"emat": "verdigris", "arts": "heliotrope"}
STATIONS = (
    ("ami", "AMI", "FR", "coordinator"),
    ("waw", "WAW", "PL", "full"),
    ("lju", "LJU", "SI", "full"),
    ("lab", "LAB", "US", "associated"),
)


def build() -> None:
    """Write the world; called once, committed."""
    for slug, marker in MARKERS.items():
        with acting(Actor(wall=Wall.OPERATOR)):
            consortium = Consortium.objects.create(
                slug=slug, name=f"{slug} {marker}", title=marker, zone="Europe/Paris"
            )
        _people(consortium, _partners(consortium, marker), marker)
    account_for("amina@example.org", "Amina")
    account_for("bela@example.org", "Bela")
    account_for("stranger@example.org", "Stranger")
    account_for("stranger2@example.org", "Operator")


def _partners(consortium: Consortium, marker: str) -> dict[str, Partnership]:
    system = Actor.system(consortium.pk)
    made = {}
    for position, (key, code, country, kind) in enumerate(STATIONS):
        shared = key in {"ami", "lju"}
        with acting(system):
            institution, _ = Institution.objects.get_or_create(
                key=key if shared else f"{key}-{consortium.slug}",
                defaults={
                    "name": f"University {code}" if shared else f"University {code} {marker}",
                    "kind": "university",
                    "country": country,
                },
            )
        made[code] = admit(
            institution,
            actor=system,
            at=NOON,
            consortium=consortium,
            kind=Partnership.Kind(kind),
            station=Station(code=code, colour=position + 1, position=position),
            awards_degree=kind != "associated",
        )
    return made


def _people(consortium: Consortium, partners: dict[str, Partnership], marker: str) -> None:
    system = Actor.system(consortium.pk)
    for role in (
        *(Role.COORDINATOR, Role.OFFICER, Role.COMMITTEE),
        *(Role.FINANCE, Role.INCLUSION, Role.OBSERVER),
    ):
        user = account_for(f"{role.value}@{consortium.slug}.example")
        name = f"{role.value} {marker}"
        until = NOON + timedelta(days=300) if role is Role.OBSERVER else None
        appoint(user, actor=system, at=NOON, post=Post(role), name=name, until=until)
    # Appointed for a call, where a test has one: see `World.one_call`.
    account_for(f"one-call@{consortium.slug}.example")
    for role in (Role.REVIEWER, Role.PARTNER, Role.DELEGATE):
        for code in ("WAW", "LJU"):
            user = account_for(f"{role.value}-{code.lower()}@{consortium.slug}.example")
            with acting(system):
                party = Party.objects.get(pk=partners[code].pk)
            name = f"{role.value} {code} {marker}"
            appoint(user, actor=system, at=NOON, post=Post(role, party), name=name)


@dataclass
class World:
    """Reads the world back. Consortia by slug, people by consortium and relation."""

    @cached_property
    def consortia(self) -> dict[str, Consortium]:
        return {c.slug: c for c in Consortium.objects.all()}

    def system(self, slug: str = "emat") -> Actor:
        return Actor.system(self.consortia[slug].pk)

    def user(self, email: str) -> User:
        with as_login():
            return User.objects.get(email=email)

    def staff(self, role: Role = Role.COORDINATOR, slug: str = "emat") -> Actor:
        return self._actor(f"{role.value}@{slug}.example", slug, Wall.STAFF)

    def inclusion(self, slug: str = "emat") -> Actor:
        return self._actor(f"inclusion@{slug}.example", slug, Wall.INCLUSION)

    def reviewer(self, code: str = "lju", slug: str = "emat") -> Actor:
        return self._actor(f"reviewer-{code}@{slug}.example", slug, Wall.REVIEWER)

    def partner(self, code: str = "lju", slug: str = "emat") -> Actor:
        return self._actor(f"partner-{code}@{slug}.example", slug, Wall.PARTNER)

    def delegate(self, code: str = "lju", slug: str = "emat") -> Actor:
        """Holds nothing until something is handed on: see `hand_on`."""
        return self._actor(f"delegate-{code}@{slug}.example", slug, Wall.PARTNER)

    def finance(self, slug: str = "emat") -> Actor:
        return self._actor(f"finance@{slug}.example", slug, Wall.FINANCE)

    def one_call(self, call: OneCall, slug: str = "emat") -> Actor:
        """The committee of this call alone; appointed by the first who asks."""
        email, coordinator = f"one-call@{slug}.example", self.staff(slug=slug)
        actor = self._actor(email, slug, Wall.STAFF)
        if actor.wall is Wall.COMMITTEE:
            return actor
        post = Post(Role.COMMITTEE, call=call)
        name = f"one call {MARKERS[slug]}"
        appoint(self.user(email), actor=coordinator, at=NOON, post=post, name=name)
        return self._actor(email, slug, Wall.STAFF)

    def hand_on(self, what: What, code: str = "lju", slug: str = "emat") -> Delegation:
        """To the partner's delegate."""
        partner, delegate = self.partner(code, slug), self.user(f"delegate-{code}@{slug}.example")
        with acting(self.system(slug)):
            member = Membership.objects.select_related("party").get(user_id=delegate.pk)
        return hand_on(
            member.party.pk, actor=partner, at=NOON, what=what, to=member, reason="They run it"
        )

    def applicant(self, name: str = "amina", slug: str = "emat") -> Actor:
        return self._actor(f"{name}@example.org", slug, Wall.APPLICANT)

    def public(self, slug: str = "emat") -> Actor:
        return Actor.public(self.consortia[slug].pk)

    def partnership(self, code: str, slug: str = "emat") -> Partnership:
        with acting(self.system(slug)):
            return Partnership.objects.select_related("institution").get(
                consortium=self.consortia[slug], code=code
            )

    def _actor(self, email: str, slug: str, wall: Wall) -> Actor:
        return actor_for(self.user(email), self.consortia[slug], wall, at=NOON)

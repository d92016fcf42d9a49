"""Who crawls, and which markers are theirs to read."""

from collections.abc import Callable
from dataclasses import dataclass

from consortium.actor import Actor, Wall
from consortium.domain.actors import actor_for
from tests.contracts.canaries.planting import PUBLIC, Home
from tests.world import NOON, World

# A round's title, seats and dates are told to everybody in the consortium once it is open.
TOLD = PUBLIC | {"AllocationRound", "RoundSeats"}
OWN = frozenset(
    [
        "Dossier",
        "TrackPreference",
        "Document",
        "ReferenceRequest",
        "Offer",
        "EligibilityCheck",
        "Enrolment",
        "Placement",
        "Preference",
        "Passport",
        "NeedsCase",
        "Evidence",
    ]
)
# What the office of a consortium reads of its own: everything but what is kept apart.
APART = frozenset(["Passport", "NeedsCase", "Evidence"])
VAULT = frozenset(["NeedsCase", "Evidence"])
REVIEWED = frozenset(
    [
        "Dossier",
        "TrackPreference",
        "Document",
        "ReferenceRequest",
        "ReferenceLetter",
        "Assignment",
        "Review",
        "Score",
        "Membership",
    ]
)
HOSTED = frozenset(
    [
        "Enrolment",
        "Placement",
        "Membership",
        "Department",
        "Delegation",
        "SharingAgreement",
        "TransferBasis",
    ]
)


@dataclass(frozen=True, slots=True)
class Persona:
    """email: empty for nobody. door: whose rows are read where no page stands in between."""

    email: str
    slug: str
    door: Wall
    mine: Callable[[Home], bool]
    operator: bool = False

    def may_read(self, home: Home) -> bool:
        return home.model in TOLD or self.mine(home)

    def actor(self, world: World) -> Actor:
        consortium = world.consortia[self.slug]
        if self.operator:
            return Actor(wall=Wall.OPERATOR, user_id=world.user(self.email).pk)
        if not self.email:
            return Actor.public(consortium.pk)
        return actor_for(world.user(self.email), consortium, self.door, at=NOON)


def _of(models: frozenset[str], slug: str, station: str) -> Callable[[Home], bool]:
    return lambda home: (home.slug, home.station) == (slug, station) and home.model in models


def _office(slug: str, *also: str) -> Callable[[Home], bool]:
    """also: what of the vault is opened to them, for a reason that is written down."""
    return lambda home: home.slug == slug and home.model not in APART - set(also)


def _vault(slug: str) -> Callable[[Home], bool]:
    """And their own name, which no station tells from those of the office's other people."""
    return lambda home: (
        home.slug == slug
        and (home.model in VAULT or (home.model, home.station) == ("Membership", ""))
    )


def _nothing(home: Home) -> bool:
    return False


PEOPLE = {
    "anonymous": Persona("", "emat", Wall.PUBLIC, _nothing),
    "stranger": Persona("stranger@example.org", "emat", Wall.APPLICANT, _nothing),
    "operator": Persona("stranger2@example.org", "emat", Wall.OPERATOR, _nothing, operator=True),
    "applicant": Persona("amina@example.org", "emat", Wall.APPLICANT, _of(OWN, "emat", "lju")),
    "other applicant": Persona("bela@example.org", "emat", Wall.APPLICANT, _of(OWN, "emat", "waw")),
    "reviewer": Persona(
        "reviewer-lju@emat.example", "emat", Wall.REVIEWER, _of(REVIEWED, "emat", "lju")
    ),
    "other reviewer": Persona(
        "reviewer-waw@emat.example", "emat", Wall.REVIEWER, _of(REVIEWED, "emat", "waw")
    ),
    "partner": Persona(
        "partner-lju@emat.example", "emat", Wall.PARTNER, _of(HOSTED, "emat", "lju")
    ),
    "other partner": Persona(
        "partner-waw@emat.example", "emat", Wall.PARTNER, _of(HOSTED, "emat", "waw")
    ),
    "partner of the other consortium": Persona(
        "partner-lju@arts.example", "arts", Wall.PARTNER, _of(HOSTED, "arts", "lju")
    ),
    "committee": Persona("committee@emat.example", "emat", Wall.STAFF, _office("emat")),
    "inclusion officer": Persona("inclusion@emat.example", "emat", Wall.INCLUSION, _vault("emat")),
    "officer": Persona("officer@emat.example", "emat", Wall.STAFF, _office("emat", "Passport")),
    "coordinator": Persona(
        "coordinator@emat.example", "emat", Wall.STAFF, _office("emat", "Passport")
    ),
    "coordinator of the other consortium": Persona(
        "coordinator@arts.example", "arts", Wall.STAFF, _office("arts", "Passport")
    ),
}

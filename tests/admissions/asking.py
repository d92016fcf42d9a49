"""A person with a name who asks referees, and the referees' links."""

from datetime import timedelta

from admissions.domain import dossiers, references
from admissions.models import Dossier, ReferenceRequest
from consortium.access import acting
from consortium.actor import Actor
from tests.admissions.cases import mails, started, token_in

SECOND = timedelta(seconds=1)
PROF = "Prof.One@Uni.example"


def named_dossier(world, here, at) -> Dossier:
    """Amina's draft with her name in it."""
    values = {"given_names": "Amina", "family_name": "Diallo"}
    pk, actor = started(world, here, at).pk, world.applicant()
    return dossiers.save_section(pk, actor=actor, at=at, section="identity", values=values)


def ask(dossier, actor, at, email=PROF, name="  Prof.  One ", institution="Uni"):
    return references.request(
        dossier.pk, actor=actor, at=at, name=name, email=email, institution=institution
    )


def row(world, pk) -> ReferenceRequest:
    with acting(world.system()):
        return ReferenceRequest.objects.get(pk=pk)


def links(world) -> list[str]:
    """Tokens in the order in which they were mailed."""
    return [token_in(message) for message in mails(world, key__startswith="reference.request")]


def referee(here, token: str) -> Actor:
    return references.actor_for_link(here.consortium_id, token)


def first_referee(world, here, dossier, at) -> Actor:
    """Who was asked first and has opened the request."""
    ask(dossier, world.applicant(), at)
    actor = referee(here, links(world)[-1])
    references.open_request(actor=actor, at=at, email=PROF.lower())
    return actor

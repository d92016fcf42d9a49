"""Reading what `sections` needs to know of a dossier: a few statements, whatever it holds."""

from admissions.gaps import Facts
from admissions.models import (
    Document,
    DocumentRequirement,
    Dossier,
    ReferenceRequest,
    TrackPreference,
)
from admissions.sections import SECTIONS
from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.models import Track

STANDING = ("created", "sent", "opened", "received")
COLUMNS = tuple(name for section in SECTIONS.values() for name in section.fields)


def facts_of(dossier: Dossier, *, actor: Actor) -> Facts:
    """What is there and what the call asks for. `dossier` was reached by `actor` before."""
    with acting(actor):
        return gathered(dossier)


def gathered(dossier: Dossier) -> Facts:
    """As `facts_of`, within an open context: acts call it with the dossier locked."""
    call = dossier.call
    requirements = DocumentRequirement.objects.filter(call=call, required=True)
    documents = Document.objects.filter(dossier=dossier, replaced_at__isnull=True)
    chosen = TrackPreference.objects.filter(dossier=dossier).order_by("rank")
    states = list(
        ReferenceRequest.objects.filter(dossier=dossier, state__in=STANDING).values_list(
            "state", flat=True
        )
    )
    return Facts(
        values={name: getattr(dossier, name) for name in COLUMNS},
        routes=tuple(route["code"] for route in call.routes),
        tracks_offered=Track.objects.filter(version__intakes=call.intake_id).count(),
        tracks_chosen=tuple(chosen.values_list("track__code", flat=True)),
        requirements=dict(requirements.order_by("position").values_list("code", "title")),
        documents=frozenset(documents.values_list("requirement__code", flat=True)),
        referees_needed=call.references_needed,
        referees=len(states),
        letters=states.count("received"),
    )

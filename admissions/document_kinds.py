"""What documents are about. Which kinds an audience may open is the table's in `visibility.py`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions.visibility import DOSSIERS
from consortium.actor import Actor, Wall


class Kind(models.TextChoices):
    IDENTITY = "identity", _("Identity")
    RESIDENCE = "residence", _("Residence")
    LANGUAGE = "language", _("Language")
    TRANSCRIPT = "transcript", _("Transcript")
    DIPLOMA = "diploma", _("Diploma")
    CV = "cv", _("Curriculum vitae")
    MEDICAL = "medical", _("Medical evidence")
    OTHER = "other", _("Other")


# The table's groups of documents. Medical evidence is for the inclusion officer alone: the office is
# told to keep it away from itself (domain.md 1.4). Whoever judges merit needs no proof of who and
# where somebody is.
GROUPS: dict[str, frozenset[str]] = {
    "study_papers": frozenset({"transcript", "diploma", "language"}),
    "documents": frozenset({"cv", "other"}),
    "identity_papers": frozenset({"identity", "residence"}),
    "evidence": frozenset({"medical"}),
}
MEDICAL = GROUPS["evidence"]
PROTECTED = MEDICAL | GROUPS["identity_papers"]


def opened_to(wall: Wall) -> frozenset[str]:
    """Kinds of documents that an audience ever opens."""
    groups = (kinds for group, kinds in GROUPS.items() if DOSSIERS.opens(wall, group))
    return frozenset().union(*groups)


def closed_to(actor: Actor) -> frozenset[str]:
    """Kinds of documents that the actor may not open, whatever else they may read of a dossier."""
    closed = frozenset(Kind.values) - opened_to(actor.wall)
    if actor.wall is Wall.STAFF and not actor.may("rule_eligibility"):
        return closed | PROTECTED
    return closed

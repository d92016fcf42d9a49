"""What of a dossier is a sender's to give: which papers, which letters, which reviews.

Tracks never know dossiers; a dossier is a student's by its public reference. Each condition here
is the first wall's half of a function in sharing_sql.py.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from admissions.document_kinds import Kind
from admissions.visibility import DOSSIERS
from consortium.actor import Wall
from partners.items import Item

if TYPE_CHECKING:  # models import the policies, and these this module
    from mobility_tracks.models import Placement

# The kind of document that each item gives.
PAPERS = {
    Item.TRANSCRIPTS: Kind.TRANSCRIPT,
    Item.DIPLOMAS: Kind.DIPLOMA,
    Item.LANGUAGE: Kind.LANGUAGE,
}
_CURRENT = Q(replaced_at__isnull=True)


def item_of(kind: str) -> Item | None:
    """What documents of a kind are on the list of items; None: they are never shared."""
    return next((item for item, given in PAPERS.items() if given == kind), None)


def _studying(group: str, path: str, relation: str = "agreed") -> Q:
    """In the stages of a dossier that the table in visibility.py opens; `path`: to the dossier."""
    return DOSSIERS.q(Wall.PARTNER, group, path, relation=relation)


def papers(*items: Item, relation: str = "agreed") -> "Callable[[QuerySet[Placement]], Q]":
    """Current documents of these kinds in the dossiers of the students of placements."""
    kinds = [PAPERS[item].value for item in items]
    current = _CURRENT & _studying("study_papers", "dossier__", relation)

    def rows(placements: "QuerySet[Placement]") -> Q:
        references = placements.values("enrolment__reference")
        return current & Q(requirement__kind__in=kinds, dossier__reference__in=references)

    return rows


def letters_read(placements: "QuerySet[Placement]") -> Q:
    """Current letters in dossiers that a reviewer of the sender was given, without a conflict."""
    assignments = apps.get_model("admissions.Assignment")._default_manager
    read = assignments.exclude(state="conflicted").filter(
        dossier=OuterRef(OuterRef("dossier")), party=OuterRef("sending")
    )
    of_student = placements.filter(enrolment__reference=OuterRef("dossier__reference"))
    current = _CURRENT & _studying("letters", "dossier__")
    return current & Q(Exists(of_student.filter(Exists(read))))


def reviews_written(path: str = "") -> "Callable[[QuerySet[Placement]], Q]":
    """Submitted reviews by the sender's own reviewers; `path`: to the review, as `review__`."""

    def rows(placements: "QuerySet[Placement]") -> Q:
        theirs = placements.filter(
            enrolment__reference=OuterRef(f"{path}assignment__dossier__reference"),
            sending=OuterRef(f"{path}assignment__party"),
        )
        submitted = Q(**{f"{path}submitted_at__isnull": False})
        submitted &= _studying("reviews", f"{path}assignment__dossier__")
        return submitted & ~Q(**{f"{path}assignment__state": "conflicted"}) & Q(Exists(theirs))

    return rows


def numbers(relation: str) -> "Callable[[QuerySet[Placement]], Q]":
    """The dossiers themselves, of which nothing but the number is told."""

    def rows(placements: "QuerySet[Placement]") -> Q:
        references = placements.values("enrolment__reference")
        return _studying("number", "", relation) & Q(reference__in=references)

    return rows


def asked_for_letters(placements: "QuerySet[Placement]") -> Q:
    """Who wrote the letters that are given."""
    letters = apps.get_model("admissions.ReferenceLetter")._default_manager
    given = letters.filter(letters_read(placements)).values("request_id")
    return _studying("referees", "dossier__") & Q(pk__in=given)


def reviewing(placements: "QuerySet[Placement]") -> Q:
    """That reviewers of the sender read the dossiers of its students; never who."""
    theirs = placements.filter(
        enrolment__reference=OuterRef("dossier__reference"), sending=OuterRef("party")
    )
    given = _studying("reviewing", "dossier__") & ~Q(state="conflicted")
    return given & Q(Exists(theirs))

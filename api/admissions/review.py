"""The reviewer's assignments: declare, recuse, score."""

from typing import Any

from admissions.domain import looks, reviews
from admissions.models import Assignment, Dossier, Review
from api.admissions import bodies
from api.admissions.serializers import AssignedDossierOut, AssignmentOut, ReviewOut
from api.base import Act, Answer, Detail, Listing, ReviewerDoor, Rows, described


class OwnAssignments(ReviewerDoor, Rows):
    rows = Assignment.objects.all()
    serializer_class = AssignmentOut

    def listing(self, rows: Any) -> Any:
        return rows.in_queue(self.actor, "assigned_at", "party").select_related("party")


class Assignments(OwnAssignments, Listing):
    get = described("Own assignments")(Listing.get)


class AssignmentDetail(OwnAssignments, Detail):
    key = {"pk": "assignment"}


class AssignedDossier(ReviewerDoor, Detail):
    """The dossier of an assignment, without a conflict and until the ranking is approved."""

    rows = Dossier.objects.all()
    key = {"assignments": "assignment"}
    serializer_class = AssignedDossierOut
    leaves_trace = True

    def listing(self, rows: Any) -> Any:
        return rows.in_full(self.actor)

    def look(self, row: Any) -> None:
        looks.at_dossier(row, actor=self.actor, at=self.at)


class ReviewerAct(ReviewerDoor, Act):
    answer: Answer = AssignmentOut


class Declare(ReviewerAct):
    """Declare that there is no conflict of interest."""

    def act(self, values: dict[str, Any]) -> Assignment:
        return reviews.declare(self.kwargs["assignment"], actor=self.actor, at=self.at)


class Recuse(ReviewerAct):
    """Declare a conflict of interest; the dossier closes at once."""

    body = bodies.ReasonIn

    def act(self, values: dict[str, Any]) -> Assignment:
        return reviews.recuse(self.kwargs["assignment"], actor=self.actor, at=self.at, **values)


class SaveReview(ReviewerAct):
    """Keep a private draft."""

    body = bodies.ReviewIn
    answer = ReviewOut

    def act(self, values: dict[str, Any]) -> Review:
        return reviews.save(self.kwargs["assignment"], actor=self.actor, at=self.at, **values)


class SubmitReview(ReviewerAct):
    body = bodies.ReviewIn
    answer = ReviewOut

    def act(self, values: dict[str, Any]) -> Review:
        return reviews.submit(self.kwargs["assignment"], actor=self.actor, at=self.at, **values)

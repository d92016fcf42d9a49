"""What a partner sees of one student: by right, and by what senders agreed to. All reading is here.

`seen_of` reaches every row through the policies; it only says, beside each, on what it rests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from admissions.domain import looks
from admissions.models import Document, ReferenceLetter, Review, Score
from admissions.sharing import item_of
from consortium.access import acting
from consortium.actor import Actor
from mobility_tracks.models import Enrolment, Placement
from mobility_tracks.sharing import LIVE
from partners.items import HOST, Item
from partners.models import SharingAgreement


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, what it is on the list, and under which agreement; None: the partner sends."""

    document: Document
    item: Item | None
    under: SharingAgreement | None


@dataclass(frozen=True, slots=True)
class Letter:
    """A reference letter without its text, which is read by opening it."""

    id: UUID
    received_at: datetime
    referee_name: str
    referee_institution: str
    under: SharingAgreement | None


@dataclass(frozen=True, slots=True)
class Mark:
    criterion: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A review by one of the giver's reviewers, who stays unnamed."""

    comment: str
    submitted_at: datetime
    marks: tuple[Mark, ...]
    under: SharingAgreement | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything of one student that the actor's partner sees.

    here, sent, elsewhere: stays with the partner, those to which it sends, and others that a sender
    gives. received: agreements in force that concern this student; given: those under which a host
    of theirs sees what the partner gives.
    """

    student: Enrolment
    here: list[Placement]
    sent: list[Placement]
    elsewhere: list[Placement]
    received: list[SharingAgreement]
    given: list[SharingAgreement]
    papers: list[Paper]
    letters: list[Letter]
    judgements: list[Judgement]


def seen_of(reference: str, *, actor: Actor, at: datetime) -> Seen:
    """Nine statements, however much is shared, one of which writes down that reviews are shown.

    Needs `acting(actor)`. Raises NotFound.
    """
    rows = Enrolment.objects.select_related("intake", "track")
    student = rows.reach(actor, "view", reference=reference)
    stays = _stays(student, actor)
    mine = set(actor.parties_with(HOST))
    received, given = _agreements(student, mine, actor, at)
    here = [stay for stay in stays if stay.host_id in mine]
    sent = [stay for stay in stays if stay.host_id not in mine and stay.sending_id in mine]
    return Seen(
        student=student,
        here=here,
        sent=sent,
        elsewhere=[stay for stay in stays if stay not in here and stay not in sent],
        received=received,
        given=given,
        papers=_papers(reference, received, actor),
        letters=_letters(reference, received, actor),
        judgements=_judgements(reference, received, actor, at),
    )


def _stays(student: Enrolment, actor: Actor) -> list[Placement]:
    rows = Placement.objects.for_actor(actor, "follow").filter(enrolment=student)
    rows = rows.select_related("period", "host__institution", "sending__institution")
    return list(rows.order_by("period__position", "starts_on", "id"))


def _agreements(
    student: Enrolment, mine: set[int], actor: Actor, at: datetime
) -> tuple[list[SharingAgreement], list[SharingAgreement]]:
    """In force between the senders and hosts of the student: (received, given)."""
    live = Placement.objects.for_actor(actor, "follow").filter(LIVE, enrolment=student)
    pairs = set(live.values_list("sending_id", "host_id"))
    rows = SharingAgreement.objects.for_actor(actor, "view").in_force(at).for_listing()
    concerned = [row for row in rows if (row.giver_id, row.receiver_id) in pairs]
    received = [row for row in concerned if row.receiver_id in mine]
    return received, [row for row in concerned if row.giver_id in mine]


def _under(
    received: Iterable[SharingAgreement], item: Item | None, giver: int | None = None
) -> SharingAgreement | None:
    fitting = (row for row in received if item in row.kinds and giver in {None, row.giver_id})
    return next(fitting, None)


def _papers(reference: str, received: list[SharingAgreement], actor: Actor) -> list[Paper]:
    rows = Document.objects.for_actor(actor, "view").filter(dossier__reference=reference)
    found = rows.select_related("requirement").order_by("requirement__position", "id")
    items = [(each, item_of(each.requirement.kind)) for each in found]
    return [Paper(each, item, _under(received, item)) for each, item in items]


def _letters(reference: str, received: list[SharingAgreement], actor: Actor) -> list[Letter]:
    rows = ReferenceLetter.objects.for_actor(actor, "view").filter(dossier__reference=reference)
    facts = rows.order_by("received_at", "id").values_list(
        "id", "received_at", "request__referee_name", "request__referee_institution"
    )
    return [Letter(*each, under=_under(received, Item.LETTERS)) for each in facts]


def _judgements(
    reference: str, received: list[SharingAgreement], actor: Actor, at: datetime
) -> list[Judgement]:
    of_student = {"assignment__dossier__reference": reference}
    rows = Review.objects.for_actor(actor, "view").filter(**of_student)
    ordered = rows.order_by("submitted_at", "id").annotate(party=F("assignment__party_id"))
    reviews: list[Any] = list(ordered)
    under = {row.pk: _under(received, Item.REVIEWS, row.party) for row in reviews}
    _look_at(reviews, under, actor, at)
    marks = _marks(reviews, actor)
    return [
        Judgement(row.comment, row.submitted_at, tuple(marks[row.pk]), under[row.pk])
        for row in reviews
    ]


def _look_at(
    reviews: list[Review],
    under: Mapping[UUID, SharingAgreement | None],
    actor: Actor,
    at: datetime,
) -> None:
    """Write down that reviews are shown, by agreement; nothing where there are none."""
    for agreement in {each.pk: each for each in under.values() if each}.values():
        shown = [row for row in reviews if under[row.pk] == agreement]
        looks.at_reviews(shown, actor=actor, at=at, facts=_told(agreement))


def _marks(reviews: list[Review], actor: Actor) -> dict[UUID, list[Mark]]:
    marks: dict[UUID, list[Mark]] = {row.pk: [] for row in reviews}
    scores = Score.objects.for_actor(actor, "view").filter(review__in=list(marks))
    told = scores.order_by("criterion__position").values_list(
        "review_id", "criterion__title", "points", "criterion__max_points"
    )
    for pk, title, points, most in told:
        marks[pk].append(Mark(title, points, most))
    return marks


def open_paper(document_id: UUID, *, actor: Actor, at: datetime) -> Document:
    """Open a student's document as their host or sender: a look, with what it rests on.

    Raises NotFound when the policy shows it no longer: the walls are asked again.
    """
    with acting(actor):
        rows = Document.objects.select_related("requirement")
        document = rows.reach(actor, "view", pk=document_id)
        item = item_of(document.requirement.kind)
        facts = _facts(Document.objects.filter(pk=document.pk), item, actor, at)
        looks.at_paper(document, actor=actor, at=at, facts=facts)
    return document


def open_shared_letter(letter_id: UUID, *, actor: Actor, at: datetime) -> ReferenceLetter:
    """Open a reference letter that a sender gives: a look. Raises NotFound."""
    with acting(actor):
        letter = ReferenceLetter.objects.all().reach(actor, "view", pk=letter_id)
        rows = ReferenceLetter.objects.filter(pk=letter.pk)
        facts = _facts(rows, Item.LETTERS, actor, at)
        looks.at_letters([letter], actor=actor, at=at, facts=facts)
    return letter


def _facts(
    parts: "QuerySet[Document] | QuerySet[ReferenceLetter]",
    item: Item | None,
    actor: Actor,
    at: datetime,
) -> dict[str, object]:
    """On what it rests that a part of a dossier is shown, for the journal."""
    reference = parts.values_list("dossier__reference", flat=True).get()
    student = Enrolment.objects.all().reach(actor, "view", reference=reference)
    received, _given = _agreements(student, set(actor.parties_with(HOST)), actor, at)
    under = _under(received, item)
    return {"as": "sender"} if under is None else _told(under)


def _told(agreement: SharingAgreement) -> dict[str, object]:
    return {"agreement": str(agreement.pk), "version": agreement.version}

"""Rows in every stage, and somebody of every audience who stands as near to them as one can.

What the table calls a group of data is here a model, a row of it, and the fields. Amina studies at
Ljubljana, sent by Amiens, which agreed to give Ljubljana everything that can be given.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.db import models as dj

from admissions import models as a
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import put
from consortium.roles import Role
from mobility_tracks import models as m
from partners.items import Item
from partners.models import SharingAgreement
from tests.admission_world import OpenCall
from tests.world import NOON, World

TOKEN = "e" * 64
OF_DOSSIER = {
    "number": "reference",
    "standing": "state",
    "days": "submitted_at",
    "identity": "given_names birth_date",
    "contact": "email phone",
    "origin": "nationality",
    "education": "grade",
    "motivation": "statement",
    "wishes": "route",
    "readers": "visible_to",
    "ranking": "score position",
}
OF_REQUEST = {
    "referees": "referee_name",
    "told": "applicant_name",
    "referee_contact": "referee_email token_digest",
}


@dataclass
class Rows:
    """group -> (model, id of the row, column) for every piece of data of one subject."""

    cells: dict[str, list[tuple[type[dj.Model], Any, str]]] = field(default_factory=dict)

    def add(self, group: str, row: Any, *names: str) -> None:
        for name in names:
            self.cells.setdefault(group, []).append((type(row), row.pk, name))


def dossier(
    world: World, opened: OpenCall, state: str, relation: str = "", *, sent: bool = True
) -> Rows:
    """Amina's dossier in a state, with everything that can hang on one, be it out of its time.

    relation: with `agreed` the sender's reviewer has judged it, else Ljubljana's.
    """
    with acting(world.system()):
        _studies(world, opened, "announced")
        call = a.Call.objects.get(pk=opened.call_id)
        row = _sent_in(world, call, "AAAA-AAAA", "enrolled", sent=sent)
        rows = Rows()
        for group, fields in OF_DOSSIER.items():
            rows.add(group, row, *fields.split())
        of = {"consortium_id": opened.consortium_id, "dossier": row}
        wish = a.TrackPreference.objects.create(**of, track_id=opened.tracks["north"], rank=1)
        rows.add("wishes", wish, "rank")
        for group, slot in PAPERS.items():
            rows.add(group, _paper(of, call.requirements.get(code=slot)), "name", "file")
        _letter(rows, of)
        check = a.EligibilityCheck.objects.create(**of, eligible=True, ruled_at=NOON)
        rows.add("eligibility", check, "findings")
        run = a.RankingRun.objects.create(
            consortium_id=opened.consortium_id, call=call, inputs={}, computed_at=NOON
        )
        place = a.RankedDossier.objects.create(**of, run=run, position=1, score=1.0, list="main")
        rows.add("ranking", place, "score")
        offer = a.Offer.objects.create(**of, state="accepted", **OFFERED)
        rows.add("offer", offer, "conditions", "answer_note")
        rows.add("funding", offer, "route")
        _judged(rows, of, call, _judge(world, relation))
        # Somebody judges a dossier once, and one offer of it is alive: the same again elsewhere.
        other = _sent_in(world, _another(call), "BBBB-BBBB", state, sent=sent)
        _half_done(rows, {**of, "dossier": other}, _judge(world, relation))
    _apart(rows, world, of, call)
    with acting(world.system()):
        a.Dossier.objects.filter(pk=row.pk).update(state=state)
    return rows


PAPERS = {"documents": "photo", "study_papers": "transcript", "identity_papers": "passport"}
# What the house itself reads nothing of.
APART = frozenset({"evidence", "passport", "needs", "needs_step"})


def _apart(rows: Rows, world: World, of: Any, call: a.Call) -> None:
    """What is kept apart, by those who may write it, while the place is taken."""
    with acting(world.applicant("amina")):
        evidence = call.requirements.get(code="medical")
        passport = a.Passport(**of, saved_at=NOON)
        put(passport, number="X1", country="DZ", expires_on="2031-01-01")
        passport.save()
        case = a.NeedsCase(**of, person_name="Amina", state="requested", saved_at=NOON)
        put(case, wanted="x", health="x")
        case.save()
        rows.add("evidence", _paper(of, evidence), "name", "file")
    with acting(world.inclusion()):
        step = a.NeedsStep(**of, amount=3000, approved_at=NOON)
        step.save()
    rows.add("passport", passport, "number", "expires_on")
    rows.add("needs", case, "person_name", "wanted", "health")
    rows.add("needs_step", step, "amount")


OFFERED = {"expires_at": NOON, "prepared_at": NOON}


def _another(call: a.Call) -> a.Call:
    again = a.Call.objects.get(pk=call.pk)
    again.pk, again.slug = uuid4(), "class-1-again"
    again._state.adding = True
    again.save(force_insert=True)
    return again


def _sent_in(world: World, call: a.Call, number: str, state: str, *, sent: bool) -> a.Dossier:
    return a.Dossier.objects.create(
        consortium_id=call.consortium_id,
        call=call,
        applicant=world.user("amina@example.org"),
        reference=number,
        state=state,
        started_at=NOON,
        saved_at=NOON,
        submitted_at=NOON if sent else None,
    )


def _paper(of: Any, slot: a.DocumentRequirement) -> a.Document:
    return a.Document.objects.create(
        **of,
        requirement=slot,
        file=ContentFile(b"x", "a.pdf"),
        name="a.pdf",
        size=1,
        uploaded_at=NOON,
    )


def _letter(rows: Rows, of: Any) -> None:
    asked = a.ReferenceRequest.objects.create(
        **of,
        referee_name="Ito",
        referee_email="ito@example.net",
        applicant_name="Amina",
        due_at=NOON,
        token_digest=TOKEN,
        created_at=NOON,
    )
    for group, fields in OF_REQUEST.items():
        rows.add(group, asked, *fields.split())
    letter = a.ReferenceLetter.objects.create(**of, request=asked, text="x", received_at=NOON)
    rows.add("letters", letter, "text", "file")


def _judge(world: World, relation: str) -> dict[str, Any]:
    """A reviewer of Ljubljana; where what a sender gives is asked for, one of Amiens."""
    reviewer = world.reviewer("waw" if relation == "agreed" else "lju")
    party = world.partnership("AMI").pk if relation == "agreed" else min(reviewer.parties)
    return {"reviewer_id": reviewer.user_id, "party_id": party, "assigned_at": NOON}


def _judged(rows: Rows, of: Any, call: a.Call, judge: Any) -> None:
    """A task with a submitted review."""
    task = a.Assignment.objects.create(**of, **judge, reference="AAAA-AAAA", state="submitted")
    tenant = {"consortium_id": of["consortium_id"]}
    review = a.Review.objects.create(
        **tenant, assignment=task, comment="x", saved_at=NOON, submitted_at=NOON
    )
    score = a.Score.objects.create(
        **tenant, review=review, criterion=call.criteria.first(), points=3
    )
    rows.add("reviewers", task, "reviewer_name", "conflict_reason")
    rows.add("reviewing", task, "party")
    rows.add("reviews", review, "comment")
    rows.add("reviews", score, "points")


def _half_done(rows: Rows, of: Any, judge: Any) -> None:
    """A review that was not submitted, an offer that was not sent."""
    task = a.Assignment.objects.create(**of, **judge, reference="BBBB-BBBB", state="in_progress")
    tenant = {"consortium_id": of["consortium_id"]}
    note = a.Review.objects.create(**tenant, assignment=task, comment="x", saved_at=NOON)
    rows.add("notes", note, "comment")
    drafted = a.Offer.objects.create(**of, state="prepared", **OFFERED)
    rows.add("drafted_offer", drafted, "conditions", "route")


def student(world: World, opened: OpenCall, state: str, relation: str = "") -> Rows:
    """Amina's record with a stay at Ljubljana in a state, or with none.

    relation: with `agreed` the stay is elsewhere, and another one at Ljubljana is announced.
    """
    tenant = {"consortium_id": opened.consortium_id}
    with acting(world.system()):
        mine = "announced" if relation == "agreed" else state
        enrolment, stay = _studies(world, opened, mine)
        if relation == "agreed":
            stay = _stay(world, opened, enrolment, "s3-ami", state)
        round_ = m.AllocationRound.objects.create(
            **tenant,
            intake_id=opened.intake_id,
            period_id=opened.periods["s3"],
            title="Third",
            opens_at=NOON - timedelta(days=1),
            closes_at=NOON + timedelta(days=1),
            zone="UTC",
            seed="1",
            state="published",
            result={"places": []},
        )
        wish = m.Preference.objects.create(
            **tenant,
            enrolment=enrolment,
            round=round_,
            offering_id=opened.offerings["s3-lju"],
            rank=1,
            saved_at=NOON,
        )
        ruled_out = m.Preference.objects.create(
            **tenant,
            enrolment=enrolment,
            round=round_,
            offering_id=opened.offerings["s3-ami"],
            because="Her mother is ill.",
            saved_at=NOON,
        )
    rows = Rows()
    rows.add("name", enrolment, "person_name")
    rows.add("enrolment", enrolment, "person_email", "nationality")
    rows.add("plan", round_, "result")
    rows.add("preference", wish, "rank")
    rows.add("impossible", ruled_out, "because")
    if stay is not None:
        rows.add("placement", stay, "host", "starts_on", "reason")
    return rows


def _studies(world: World, opened: OpenCall, state: str) -> tuple[m.Enrolment, m.Placement | None]:
    tenant = {"consortium_id": opened.consortium_id}
    enrolment = m.Enrolment.objects.create(
        **tenant,
        intake_id=opened.intake_id,
        student=world.user("amina@example.org"),
        reference="AAAA-AAAA",
        person_name="Amina",
        person_email="amina@example.org",
        nationality="DZ",
        residence_country="DZ",
        state="enrolled",
        enrolled_at=NOON,
    )
    amiens, ljubljana = (world.partnership(code) for code in ("AMI", "LJU"))
    SharingAgreement.objects.create(
        **tenant,
        giver=amiens,
        receiver=ljubljana,
        proposer=amiens,
        items=Item.values,
        version=1,
        state="accepted",
        starts_at=NOON - timedelta(days=1),
        proposed_at=NOON,
    )
    return enrolment, _stay(world, opened, enrolment, "s4-lju", state)


def _stay(
    world: World, opened: OpenCall, enrolment: m.Enrolment, offering: str, state: str
) -> m.Placement | None:
    """Sent by Amiens."""
    if state == "unplaced":
        return None
    period, host = offering.split("-")
    return m.Placement.objects.create(
        consortium_id=opened.consortium_id,
        enrolment=enrolment,
        period_id=opened.periods[period],
        offering_id=opened.offerings[offering],
        host=world.partnership(host.upper()),
        sending=world.partnership("AMI"),
        state=state,
    )


def nearest(world: World, opened: OpenCall, wall: Wall, relation: str = "") -> Actor:
    """Of an audience, whoever stands nearest to Amina's rows."""
    lju = world.partner("lju")
    if wall is Wall.PARTNER and relation == "sender":
        amiens = {world.partnership("AMI").pk: lju.party_rights[min(lju.parties)]}
        return replace(lju, party_rights=amiens)
    hosting = {opened.offerings["s4-lju"]: frozenset({"host_students"})}
    nobodys = dict.fromkeys(lju.parties, frozenset())
    made: dict[Wall, Callable[[], Actor]] = {
        Wall.STAFF: world.staff,
        Wall.OBSERVER: lambda: world.staff(Role.OBSERVER),
        Wall.COMMITTEE: lambda: _committee(world, opened),
        Wall.FINANCE: world.finance,
        Wall.INCLUSION: world.inclusion,
        Wall.PARTNER: lambda: lju,
        Wall.DELEGATE: lambda: replace(lju, party_rights=nobodys, container_rights=hosting),
        Wall.REVIEWER: lambda: world.reviewer("lju"),
        Wall.APPLICANT: lambda: world.applicant("amina"),
        Wall.REFEREE: lambda: replace(world.public(), token=TOKEN),
        Wall.PERSON: lambda: replace(world.staff(), rights=frozenset()),
        Wall.PUBLIC: world.public,
        Wall.OPERATOR: lambda: replace(world.staff(), rights=frozenset()),
    }
    return replace(made[wall](), wall=wall)


def _committee(world: World, opened: OpenCall) -> Actor:
    """Of every call that there is; nothing beside them."""
    actor = world.one_call(opened.call())
    (rights,) = actor.container_rights.values()
    with acting(world.system()):
        calls: list[UUID] = list(
            a.Call.objects.filter(consortium_id=actor.tenant).values_list("pk", flat=True)
        )
    return replace(actor, container_rights=dict.fromkeys(calls, rights))


def strangers(world: World, opened: OpenCall) -> list[Actor]:
    """Of the same audiences, people to whom none of Amina's rows belongs."""
    far = {opened.offerings["s3-ami"]: frozenset({"host_students"})}
    lju = nearest(world, opened, Wall.DELEGATE)
    committee = nearest(world, opened, Wall.COMMITTEE)
    return [
        world.partner("waw"),
        world.reviewer("waw"),
        world.applicant("bela"),
        replace(lju, container_rights=far),
        replace(committee, container_rights={opened.intake_id: frozenset({"view_dossiers"})}),
        replace(nearest(world, opened, Wall.REFEREE), token="d" * 64),
        world.staff(slug="arts"),
        world.reviewer("lju", "arts"),
        world.partner("lju", "arts"),
    ]

"""Whom an act concerned: the database says it for every kind of thing, whoever wrote the entry."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext

from admissions import models as a
from admissions.domain import needs_rulings
from consortium import journal
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.models import Delegation, JournalEntry, Membership, Viewing
from consortium.rowsecurity import tenant_models
from consortium.rowsecurity_journal import concerned
from mobility_tracks import models as m
from tests.contracts.things import write


@pytest.fixture
def things(world, calls, at):
    """One row of every model that is about somebody; all about Amina or a reviewer."""
    made = write(world, at)
    tenant = {"consortium_id": world.consortia["emat"].pk}
    with acting(world.system()):
        dossier = a.Dossier.objects.get(reference="AAAA-AAAA")
        enrolment = m.Enrolment.objects.get(reference="AAAA-AAAA")
        member = Membership.objects.get(person_email="reviewer-lju@emat.example")
        a.TrackPreference.objects.create(
            **tenant, dossier=dossier, track=m.Track.objects.first(), rank=1
        )
        review = a.Review.objects.create(
            **tenant,
            assignment=a.Assignment.objects.get(pk=made.common["assignment"]),
            saved_at=at,
        )
        criterion = a.Criterion.objects.first()
        a.Score.objects.create(**tenant, review=review, criterion=criterion, points=1)
        a.EligibilityCheck.objects.create(**tenant, dossier=dossier, eligible=True, ruled_at=at)
        a.RankedDossier.objects.create(
            **tenant,
            run=a.RankingRun.objects.get(),
            dossier=dossier,
            position=1,
            score=1,
            list="main",
        )
        m.Preference.objects.create(
            **tenant,
            round=m.AllocationRound.objects.first(),
            enrolment=enrolment,
            offering=m.Offering.objects.first(),
            rank=1,
            saved_at=at,
        )
        Viewing.objects.create(
            **tenant, user_id=member.user_id, viewer_id=1, starts_at=at, ends_at=at
        )
        Delegation.objects.create(
            **tenant,
            party_id=member.party_id,
            membership=member,
            container="party",
            rights=[],
            starts_at=at,
        )
    needs_rulings.approve(made.common["case"], actor=world.inclusion(), at=at, amount=3000)
    return made


def reader(world, model):
    """Who reads rows of the model: the product itself, but for what is kept apart from it."""
    return world.inclusion() if model is a.NeedsCase else world.system()


def label(model) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", [model for model, _ in concerned()], ids=label)
def test_for_whom_and_in_which_case(world, things, at, model):
    system = world.system()
    with acting(reader(world, model)):
        row = model.objects.order_by("pk").first()
    with acting(system):
        with CaptureQueriesContext(connection) as asked:
            entry = journal.record("test.act", row, actor=system, at=at)
        assert len(asked) == 1
        expected = case_of(world, row)
    with acting(reader(world, model)):
        kept = JournalEntry.objects.get(pk=entry.pk)
        assert (kept.for_id, kept.case_id) == expected


def case_of(world, row):
    """(person, case) by the row's own references, found without the way that it names."""
    if isinstance(row, (Membership, Viewing)):
        return row.user_id, row.pk
    if isinstance(row, Delegation):
        return row.membership.user_id, row.membership_id
    if isinstance(row, a.Passport | a.NeedsCase | a.NeedsStep):
        return world.user("amina@example.org").pk, row.dossier_id
    if isinstance(row, a.Dossier):
        return row.applicant_id, row.pk
    model = a.Dossier if row._meta.app_label == "admissions" else m.Enrolment
    case = model.objects.get(reference="AAAA-AAAA")
    return world.user("amina@example.org").pk, case.pk


def test_a_role_that_may_not_see_the_person_tells_it_all_the_same(world, things, at):
    with acting(world.system()):
        request = a.ReferenceRequest.objects.get(dossier__reference="AAAA-AAAA")
    referee = Actor(wall=Wall.REFEREE, consortium_id=request.consortium_id, name="referee")
    with acting(referee):
        journal.record("reference.open", request, actor=referee, at=at)
    with acting(world.system()):
        entry = JournalEntry.objects.get(act="reference.open")
        assert entry.for_id == world.user("amina@example.org").pk


def test_another_consortiums_row_concerns_nobody_here(world, things, at):
    with acting(world.system()):
        dossier = a.Dossier.objects.get(reference="AAAA-AAAA")
    arts = world.system("arts")
    dossier.consortium_id = arts.consortium_id
    with acting(arts):
        journal.record("test.forged", dossier, actor=arts, at=at)
        entry = JournalEntry.objects.get(act="test.forged")
        assert (entry.for_id, entry.case_id) == (None, None)


def test_what_is_about_nobody_concerns_nobody(world, things, at):
    with acting(world.system()):
        journal.record("test.act", a.Call.objects.first(), actor=world.system(), at=at)
        assert JournalEntry.objects.get(act="test.act").for_id is None


def test_every_model_that_leads_to_an_account_says_whom_it_concerns():
    """Straight or through a row that does; who belongs to nobody in particular stands here."""
    about_nobody = {"consortium.JournalEntry"}
    users = get_user_model()
    leads = {model for model, _ in concerned()}
    for model in set(tenant_models()) - leads:
        if model._meta.label in about_nobody or model not in apps.get_models():
            continue
        targets = {
            field.related_model
            for field in model._meta.local_fields
            if isinstance(field, ForeignKey)
        }
        assert not targets & {users, *leads}, f"{model._meta.label} does not say whom it concerns"

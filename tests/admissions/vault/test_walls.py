"""Both walls around the vault: what each database role may touch, and what an attempt gives."""

import pytest
from django.db import connection
from django.db.utils import IntegrityError, ProgrammingError

from admissions.document_kinds import GROUPS, MEDICAL, PROTECTED, Kind, closed_to
from admissions.domain import needs_rulings
from admissions.models import Assignment, Document, Dossier, NeedsCase, NeedsStep, Passport
from consortium.access import acting
from consortium.actor import Actor, Wall
from consortium.roles import Role
from tests.world import NOON

READERS = {
    Passport: {Wall.APPLICANT, Wall.STAFF},
    NeedsCase: {Wall.APPLICANT, Wall.INCLUSION},
    NeedsStep: {Wall.APPLICANT, Wall.INCLUSION, Wall.STAFF, Wall.FINANCE},
}


@pytest.mark.parametrize("model", READERS, ids=lambda model: model.__name__)
def test_who_may_select_each_column_in_the_database(world, model):
    columns = [field.column for field in model._meta.local_fields]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r, c, has_column_privilege(r, %s, c, 'SELECT')"
            " FROM unnest(%s::text[]) AS r, unnest(%s::text[]) AS c",
            [model._meta.db_table, [wall.role for wall in Wall] + ["itinera_app"], columns],
        )
        rows = cursor.fetchall()
    allowed = {wall.role for wall in READERS[model]}
    assert {(role, column) for role, column, may in rows if may} == {
        (role, column) for role in allowed for column in columns
    }


@pytest.mark.parametrize("model", [Passport, NeedsCase], ids=lambda model: model.__name__)
@pytest.mark.parametrize("wall", list(Wall))
def test_every_other_role_is_refused_when_it_tries(world, model, wall):
    actor = Actor(wall=wall, consortium_id=world.consortia["emat"].pk, user_id=1)
    if wall in READERS[model]:
        with acting(actor):
            assert list(model.objects.all()) == []
        return
    with pytest.raises(ProgrammingError, match="permission denied"), acting(actor):
        list(model.objects.all())


@pytest.mark.parametrize("role", [wall.role for wall in Wall])
def test_no_role_may_delete_or_truncate_what_is_kept_apart(world, role):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, t, p) FROM"
            " unnest(%s::text[]) AS t, unnest(ARRAY['DELETE', 'TRUNCATE']) AS p",
            [role, [Passport._meta.db_table, NeedsCase._meta.db_table]],
        )
        assert {may for (may,) in cursor.fetchall()} == {False}


def test_the_officer_may_write_the_ruling_and_nothing_else(world):
    columns = [field.column for field in NeedsCase._meta.local_fields]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c FROM unnest(%s::text[]) AS c"
            " WHERE has_column_privilege('itinera_inclusion', 'admissions_needscase', c, 'UPDATE')",
            [columns],
        )
        assert {name for (name,) in cursor.fetchall()} == {
            *("state", "evidence_note", "reason", "ruled_at", "ruled_by")
        }


def test_an_applicant_cannot_approve_by_any_statement(desk):
    desk.held()
    with pytest.raises(ProgrammingError, match="row-level security"), acting(desk.amina):
        NeedsCase.objects.update(state="approved")
    with pytest.raises(ProgrammingError, match="permission denied"), acting(desk.amina):
        NeedsStep.objects.create(consortium_id=desk.amina.tenant, dossier_id=desk.dossier.pk)


def test_a_text_in_clear_is_refused_by_the_database_itself(desk):
    desk.held()
    clear = "UPDATE admissions_needscase SET health = 'peppermint'"
    with (
        pytest.raises(IntegrityError, match="needs_case_sealed"),
        acting(desk.amina),
        connection.cursor() as cursor,
    ):
        cursor.execute(clear)


def test_a_foreign_consortium_and_another_applicant_read_nothing(desk):
    desk.held()
    for actor in (desk.world.inclusion("arts"), desk.world.applicant("bela")):
        with acting(actor):
            assert list(NeedsCase.objects.all()) == []
            assert list(Document.objects.all()) == []


def test_finance_sees_the_step_alone(desk):
    case = desk.held()
    needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=6000)
    finance = desk.world.finance()
    with acting(finance):
        assert NeedsStep.objects.for_actor(finance, "view").get().amount == 6000
    committee = desk.world.staff(Role.COMMITTEE)
    with acting(committee):
        assert not NeedsStep.objects.for_actor(committee, "view").exists()


@pytest.mark.parametrize("state", ["not_selected", "declined", "ineligible", "withdrawn"])
def test_when_a_dossier_ends_its_case_evidence_and_step_close(desk, state):
    case = desk.held()
    needs_rulings.approve(case.pk, actor=desk.officer, at=desk.later, amount=6000)
    with acting(desk.world.system()):
        Dossier.objects.update(state=state)
        assert not NeedsStep.objects.exists()
    with acting(desk.officer):
        assert not NeedsCase.objects.exists()
        assert not Document.objects.exists()
    with acting(desk.amina):
        assert NeedsCase.objects.count() == 1
    with acting(desk.world.system()):
        Dossier.objects.update(state="enrolled")
    with acting(desk.officer):
        assert NeedsCase.objects.count() == 1


# -- documents by kind


@pytest.fixture
def papers(desk):
    """A passport, a transcript and medical evidence, in a dossier that LJU reviews."""
    desk.held()
    reviewer = desk.world.reviewer()
    with acting(desk.world.system()):
        Assignment.objects.create(
            consortium_id=reviewer.tenant,
            dossier=Dossier.objects.get(),
            reviewer_id=reviewer.user_id,
            reviewer_name=reviewer.name,
            party_id=min(reviewer.parties),
            state="in_progress",
            assigned_at=NOON,
        )
        Dossier.objects.update(state="under_review")
    return desk


WHO = {
    "officer": (lambda d: d.world.staff(Role.OFFICER), {"passport", "transcript"}),
    "coordinator": (lambda d: d.world.staff(), {"passport", "transcript"}),
    "committee": (lambda d: d.world.staff(Role.COMMITTEE), {"transcript"}),
    "observer": (lambda d: d.world.staff(Role.OBSERVER), {"transcript"}),
    "reviewer": (lambda d: d.world.reviewer(), {"transcript"}),
    "inclusion": (lambda d: d.officer, {"medical"}),
    "applicant": (lambda d: d.amina, {"passport", "transcript", "medical"}),
}


@pytest.mark.parametrize("who", WHO)
def test_documents_at_the_first_wall(papers, who):
    actor, kinds = WHO[who][0](papers), WHO[who][1]
    with acting(actor):
        seen = Document.objects.for_actor(actor, "view").filter(replaced_at__isnull=True)
        assert set(seen.values_list("requirement__code", flat=True)) == kinds


@pytest.mark.parametrize("who", WHO)
def test_documents_at_the_second_wall(papers, who):
    """The office's role has no medical evidence; who may open passports is the first wall's."""
    actor, kinds = WHO[who][0](papers), WHO[who][1]
    if actor.wall is Wall.STAFF:
        kinds = {"passport", "transcript"}
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM admissions_document AS d"
            " JOIN admissions_documentrequirement AS r ON r.id = d.requirement_id"
        )
        assert {code for (code,) in cursor.fetchall()} == kinds


def test_the_office_cannot_plant_evidence_either(papers):
    with acting(papers.amina):
        slot = Document.objects.select_related("requirement").get(requirement__kind="medical")
    with pytest.raises(ProgrammingError, match="row-level security"), acting(papers.world.system()):
        Document.objects.create(
            consortium_id=slot.consortium_id,
            dossier_id=slot.dossier_id,
            requirement_id=slot.requirement_id,
            size=1,
            uploaded_at=NOON,
            replaced_at=NOON,
        )


def test_every_kind_is_decided_for_every_wall():
    """What the table opens to nobody in an audience is closed to it; every kind is in one group."""
    assert sorted(kind for kinds in GROUPS.values() for kind in kinds) == sorted(Kind.values)
    reading = {Wall.STAFF, Wall.OBSERVER, Wall.COMMITTEE, Wall.REVIEWER}
    for wall in Wall:
        opened = set(Kind.values) - closed_to(Actor(wall=wall, consortium_id=1))
        if wall in reading:
            assert opened == set(Kind.values) - PROTECTED
        elif wall is Wall.PARTNER:
            assert opened == GROUPS["study_papers"]
        elif wall is Wall.INCLUSION:
            assert opened == MEDICAL
        else:
            assert opened == (set(Kind.values) if wall is Wall.APPLICANT else set())
